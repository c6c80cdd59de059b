using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Model;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Inference;

/// <summary>
/// The marginal covariance of a fit, cluster by cluster, and its derivatives
/// by natural parameters: entries of each D, then the residual structure's.
/// </summary>
/// <remarks>For random effects with independent residuals <see cref="VarianceSweep"/> does without these matrices.</remarks>
internal sealed class MarginalCovariance
{
    /// <summary>Larger clusters are refused: the work grows with the cube of their size.</summary>
    private const int MaximumCluster = 3000;

    private readonly LmmFit fit;
    private readonly LinearMixedData data;
    private readonly List<(int Level, int Row, int Column)> random = [];
    private readonly double[][] effects;
    private readonly ResidualDerivatives? residual;

    /// <summary>Prepares a fit.</summary>
    public MarginalCovariance(LmmFit fit)
    {
        this.fit = fit;
        data = fit.SpreadData();
        effects = new double[data.Hierarchy.Levels.Count][];
        var start = 0;
        for (var level = 0; level < effects.Length; level++)
        {
            var factor = data.Hierarchy.Levels[level].Factor;
            var q = factor.Dimension;
            for (var k = 0; k < factor.Parameters; k++)
            {
                random.Add((level, factor.Row(k), factor.Column(k)));
            }

            var lambda = new double[q * q];
            factor.Fill(fit.Theta.Slice(start, factor.Parameters), lambda);
            start += factor.Parameters;
            effects[level] = new double[q * q];
            Dense.MultiplyTranspose(lambda, lambda, q, q, q, effects[level]);
            foreach (ref var value in effects[level].AsSpan())
            {
                value *= fit.ResidualVariance;
            }
        }

        if (data.Residual is { } model)
        {
            residual = new ResidualDerivatives(model, fit.Theta[data.RandomParameters..], fit.ResidualVariance);
        }
    }

    /// <summary>The number of parameters.</summary>
    public int Parameters => random.Count + (residual?.Parameters ?? (fit.ScaleIsFixed ? 0 : 1));

    /// <summary>Every distinct covariance with its rows.</summary>
    public IEnumerable<MarginalUnit> Units()
    {
        if (data.Hierarchy.Levels.Count > 0)
        {
            var offsets = data.TopOffsets();
            for (var group = 0; group + 1 < offsets.Length; group++)
            {
                yield return Cluster(offsets[group], offsets[group + 1]);
            }
        }
        else if (residual is null)
        {
            var starts = new int[data.Rows.Rows];
            for (var i = 0; i < starts.Length; i++)
            {
                starts[i] = i * data.Rows.Width;
            }

            IReadOnlyList<double[]> derivative = fit.ScaleIsFixed ? [] : [[1.0]];
            yield return new MarginalUnit(
                1,
                [fit.ResidualVariance],
                fit.ScaleIsFixed ? [] : [0],
                derivative,
                [],
                starts.Length,
                data.Rows.Values,
                starts);
        }
        else
        {
            foreach (var unit in residual.Units())
            {
                yield return unit;
            }
        }
    }

    private MarginalUnit Cluster(int first, int last)
    {
        var n = last - first;
        if (n > MaximumCluster)
        {
            throw new InputException($"With random effects and correlated residuals together, Kenward and Roger's degrees of freedom need "
                + $"work that grows with the cube of a cluster's size, and the largest cluster has at least {n} rows.")
            {
                Hint = "Use --df satterthwaite, or leave out --residual.",
            };
        }

        var covariance = new double[n * n];
        var derivatives = new List<double[]>();
        var active = new List<int>();
        for (var k = 0; k < random.Count; k++)
        {
            var derivative = new double[n * n];
            AddRandom(first, last, random[k], derivative);
            derivatives.Add(derivative);
            active.Add(k);
            Dense.AddScaled(
                effects[random[k].Level][(random[k].Row * data.Hierarchy.Levels[random[k].Level].Dimension) + random[k].Column],
                derivative,
                covariance);
        }

        List<(int, int, double[])> second = [];
        if (residual is not null)
        {
            residual.AddBlocks(first, last, random.Count, covariance, active, derivatives, second);
        }
        else
        {
            AddIndependent(n, covariance, active, derivatives);
        }

        return new MarginalUnit(n, covariance, active, derivatives, second, 1, data.Rows.Values, [first * data.Rows.Width]);
    }

    /// <summary>Adds σ²I, whose derivative by σ² is I.</summary>
    private void AddIndependent(int n, double[] covariance, List<int> active, List<double[]> derivatives)
    {
        var identity = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            identity[i * (n + 1)] = 1;
        }

        Dense.AddScaled(fit.ResidualVariance, identity, covariance);
        if (!fit.ScaleIsFixed)
        {
            active.Add(random.Count);
            derivatives.Add(identity);
        }
    }

    /// <summary>Adds ∂(ZDZᵀ) by one entry of D: rows of one group only.</summary>
    private void AddRandom(int first, int last, (int Level, int Row, int Column) parameter, double[] derivative)
    {
        var levels = data.Hierarchy.Levels;
        var n = last - first;
        if (levels[parameter.Level].IsSpread)
        {
            AddCrossed(n, parameter.Row, parameter.Column, derivative);
            return;
        }

        var column = 0;
        for (var finer = levels.Count - 1; finer > parameter.Level; finer--)
        {
            column += levels[finer].Dimension;
        }

        var width = data.Rows.Width;
        foreach (var (start, end) in Groups(parameter.Level, first, last))
        {
            for (var i = start; i < end; i++)
            {
                var zi = data.Rows.Values.AsSpan((i * width) + column);
                for (var j = start; j < end; j++)
                {
                    var zj = data.Rows.Values.AsSpan((j * width) + column);
                    var value = zi[parameter.Row] * zj[parameter.Column];
                    value += parameter.Row == parameter.Column ? 0 : zi[parameter.Column] * zj[parameter.Row];
                    derivative[((i - first) * n) + j - first] = value;
                }
            }
        }
    }

    /// <summary>The same for a crossed term: two rows share an effect when they belong to the same group, wherever they stand.</summary>
    private void AddCrossed(int n, int row, int column, double[] derivative)
    {
        var level = data.Hierarchy.Levels[0];
        var start = 0;
        var term = level.Terms[0];
        foreach (var candidate in level.Terms)
        {
            term = candidate;
            if (row < start + candidate.Dimension)
            {
                break;
            }

            start += candidate.Dimension * candidate.GroupCount;
        }

        var order = data.Hierarchy.RowOrder;
        var width = data.Rows.Width;
        var offset = data.Hierarchy.Levels[1].Dimension;
        int Group(int i) => term.Groups[order is null ? i : order[i]];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                if (Group(i) != Group(j))
                {
                    continue;
                }

                var shift = (Group(i) * term.Dimension) + offset;
                var (zi, zj) = ((i * width) + shift, (j * width) + shift);
                var value = data.Rows.Values[zi + row] * data.Rows.Values[zj + column];
                derivative[(i * n) + j] = value + (row == column ? 0 : data.Rows.Values[zi + column] * data.Rows.Values[zj + row]);
            }
        }
    }

    private IEnumerable<(int Start, int End)> Groups(int level, int first, int last)
    {
        var offsets = data.Hierarchy.Levels[level].ChildOffsets;
        for (var finer = level + 1; finer < data.Hierarchy.Levels.Count; finer++)
        {
            var next = data.Hierarchy.Levels[finer].ChildOffsets;
            offsets = Array.ConvertAll(offsets, child => next[child]);
        }

        var at = Array.BinarySearch(offsets, first);
        for (; offsets[at] < last; at++)
        {
            yield return (offsets[at], offsets[at + 1]);
        }
    }
}
