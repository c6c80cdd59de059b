using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Lmm.Model;

/// <summary>The rows that the likelihood works on: [Z finest … Z coarsest, X̃, ỹ], each row times the root of its prior weight.</summary>
/// <remarks>
/// Z's columns are scaled, and those of correlated effects made orthogonal (see <see cref="RandomBasis"/>). X̃ = XR⁻¹ has orthogonal
/// columns of squared length n, and ỹ is the least-squares residual of the response. Both are exact reparametrizations that keep the
/// moments well conditioned, whatever the coding or the scale of the design.
/// </remarks>
internal sealed partial class WorkingRows
{
    private readonly double[] basis;
    private readonly double[] leastSquares;

    private readonly double[][] transforms;

    private WorkingRows(
        int rows,
        int fixedEffects,
        int randomEffects,
        double[] values,
        double[] basis,
        double[] leastSquares,
        double[][] transforms,
        double logWeights)
    {
        Rows = rows;
        FixedEffects = fixedEffects;
        RandomEffects = randomEffects;
        Values = values;
        this.basis = basis;
        this.leastSquares = leastSquares;
        this.transforms = transforms;
        LogWeights = logWeights;
    }

    /// <summary>n.</summary>
    public int Rows { get; }

    /// <summary>p.</summary>
    public int FixedEffects { get; }

    /// <summary>The number of columns of Z over all levels.</summary>
    public int RandomEffects { get; }

    /// <summary>The number of columns: random, fixed, and the response.</summary>
    public int Width => RandomEffects + FixedEffects + 1;

    /// <summary>n×width, row-major.</summary>
    public double[] Values { get; }

    /// <summary>Σ log w over the rows.</summary>
    public double LogWeights { get; }

    /// <summary>log|RᵀR|: what log|XᵀV⁻¹X| adds to log|X̃ᵀV⁻¹X̃|.</summary>
    public double LogBasis => Cholesky.LogDeterminant(basis, FixedEffects);

    /// <summary>T of a level, q×q: the effects of the columns as given are T times those of the columns here.</summary>
    public ReadOnlySpan<double> Transform(int level) => transforms[level];

    /// <summary>Builds the rows in the hierarchy's order.</summary>
    /// <param name="frame">The frame; its offset is taken off the response.</param>
    /// <param name="response">n values in the frame's order.</param>
    /// <param name="weights">n positive values, or empty for 1.</param>
    /// <param name="hierarchy">The nesting of the random effects.</param>
    public static WorkingRows Create(
        ModelFrame frame,
        ReadOnlySpan<double> response,
        ReadOnlySpan<double> weights,
        GroupHierarchy hierarchy)
    {
        int n = frame.Rows, p = frame.Design.Columns;
        var random = hierarchy.Levels.Sum(level => level.Dimension);
        var width = random + p + 1;
        var values = new double[n * width];
        var order = hierarchy.RowOrder;
        var column = 0;
        for (var level = hierarchy.Levels.Count - 1; level >= 0; level--)
        {
            foreach (var term in hierarchy.Levels[level].Terms)
            {
                for (var j = 0; j < term.Dimension; j++)
                {
                    Scatter(term.Column(j), order, values, column + j, width, hierarchy.Levels[level].IsSpread ? term : null);
                }

                column += term.Dimension * (hierarchy.Levels[level].IsSpread ? term.GroupCount : 1);
            }
        }

        for (var j = 0; j < p; j++)
        {
            Scatter(frame.Design.Column(j), order, values, column++, width);
        }

        var outcome = response.ToArray();
        if (frame.Offset.Length > 0)
        {
            SpanMath.Subtract(outcome, frame.Offset, outcome);
        }

        Scatter(outcome, order, values, column, width);
        var logWeights = ApplyWeights(weights, order, values, n, width);
        var transforms = RandomBasis.Apply(hierarchy, values, n, width);
        var factor = new double[p * p];
        for (var i = 0; i < p; i++)
        {
            factor[(i * p) + i] = 1;
        }

        // Twice is enough: the second pass works on columns that are orthogonal but for rounding (Yamamoto et al. 2015).
        Orthogonalize(values, n, random, p, width, factor, frame.Design.Names);
        Orthogonalize(values, n, random, p, width, factor, frame.Design.Names);
        var centre = CentreResponse(values, n, random, p, width);
        return new WorkingRows(n, p, random, values, factor, centre, transforms, logWeights);
    }

    /// <summary>Turns coefficients of X̃ (of the centred response) into those of X.</summary>
    public void ToOriginal(ReadOnlySpan<double> working, Span<double> coefficients)
    {
        SpanMath.Add(working[..FixedEffects], leastSquares, coefficients);
        BackSubstitute(coefficients);
    }

    /// <summary>Turns a vector of the space of X̃'s coefficients without shift: R⁻¹ v.</summary>
    public void BackSubstitute(Span<double> vector)
    {
        var p = FixedEffects;
        for (var i = p - 1; i >= 0; i--)
        {
            var sum = vector[i];
            for (var k = i + 1; k < p; k++)
            {
                sum -= basis[(k * p) + i] * vector[k];
            }

            vector[i] = sum / basis[(i * p) + i];
        }
    }

    /// <summary>The covariance of X's coefficients from that of X̃'s (p×p, full): R⁻¹CR⁻ᵀ.</summary>
    public void CovarianceToOriginal(ReadOnlySpan<double> working, Span<double> covariance)
    {
        var p = FixedEffects;
        var column = new double[p];
        var half = new double[p * p];
        for (var j = 0; j < p; j++)
        {
            working.Slice(j * p, p).CopyTo(column);
            BackSubstitute(column);
            column.CopyTo(half, j * p);
        }

        for (var j = 0; j < p; j++)
        {
            for (var i = 0; i < p; i++)
            {
                column[i] = half[(i * p) + j];
            }

            BackSubstitute(column);
            column.CopyTo(covariance.Slice(j * p, p));
        }
    }

    private static void Scatter(
        ReadOnlySpan<double> source,
        int[]? order,
        Span<double> values,
        int column,
        int width,
        RandomTermDesign? spread = null)
    {
        CancellationScope.Check();
        for (int i = 0, at = column; i < source.Length; i++, at += width)
        {
            var row = order is null ? i : order[i];
            values[at + (spread is null ? 0 : spread.Groups[row] * spread.Dimension)] = source[row];
        }
    }

    private static double ApplyWeights(ReadOnlySpan<double> weights, int[]? order, Span<double> values, int n, int width)
    {
        if (weights.Length == 0)
        {
            return 0;
        }

        var sum = 0.0;
        for (var i = 0; i < n; i++)
        {
            CancellationScope.Check(i);
            var weight = weights[order is null ? i : order[i]];
            if (!(weight > 0) || double.IsInfinity(weight))
            {
                throw new InputException($"A prior weight is {weight}: the weights of a linear mixed model must be positive and finite.")
                {
                    Hint = "Leave out the rows whose weight is zero.",
                };
            }

            sum += Math.Log(weight);
            var row = values.Slice(i * width, width);
            SpanMath.Multiply(row, Math.Sqrt(weight), row);
        }

        return sum;
    }
}
