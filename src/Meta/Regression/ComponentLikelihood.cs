using MarginalConditional.Meta.Pooling;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Meta.Regression;

/// <summary>The likelihood of several variances of true effects, with its derivatives and expected information.</summary>
/// <remarks>
/// V = diag(v) + Σσ²ZZᵀ; with P = V⁻¹ − V⁻¹X(XᵀV⁻¹X)⁻¹XᵀV⁻¹ the derivative of the restricted log-likelihood by σ² is
/// ½(yᵀPZZᵀPy − tr PZZᵀ), and the information ½ tr(PZZᵀPWWᵀ) (Searle, Casella and McCulloch 1992, section 6.6). Everything is a sum over
/// groups of blocks' V⁻¹, V⁻¹X and Py.
/// </remarks>
internal sealed class ComponentLikelihood
{
    private readonly ScaledStudies studies;
    private readonly IReadOnlyList<int[]> groupings;
    private readonly IReadOnlyList<int[]> sets;
    private readonly bool restricted;

    /// <summary>Prepares the blocks.</summary>
    /// <param name="studies">The studies.</param>
    /// <param name="groupings">The group of each study in the canonical order, a list a component.</param>
    /// <param name="restricted">Restricted maximum likelihood, or else maximum likelihood.</param>
    public ComponentLikelihood(ScaledStudies studies, IReadOnlyList<int[]> groupings, bool restricted)
    {
        this.studies = studies;
        this.groupings = groupings;
        this.restricted = restricted;
        sets = EffectBlock.Connected(studies.Count, groupings);
    }

    /// <summary>The number of variances.</summary>
    public int Count => groupings.Count;

    /// <summary>The blocks at some variances.</summary>
    public EffectBlock[] Blocks(ReadOnlySpan<double> variances)
    {
        var components = new (int[] Groups, double Variance)[Count];
        for (var s = 0; s < components.Length; s++)
        {
            components[s] = (groupings[s], variances[s]);
        }

        return EffectBlock.Of(sets, studies.Variances, components);
    }

    /// <summary>Twice the log-likelihood, without 2π.</summary>
    public double Value(ReadOnlySpan<double> variances) => Value(BlockRegression.Of(studies, Blocks(variances)));

    /// <summary>The same with the derivatives of the log-likelihood and the expected information.</summary>
    /// <param name="variances">σ², one a component.</param>
    /// <param name="gradient">Receives the derivatives.</param>
    /// <param name="information">Receives the information, S×S.</param>
    public double Derivatives(ReadOnlySpan<double> variances, Span<double> gradient, Span<double> information)
    {
        var blocks = Blocks(variances);
        var regression = BlockRegression.Of(studies, blocks);
        var p = studies.Columns;
        double[][] absorbed = [.. Enumerable.Range(0, Count).Select(_ => new double[p * p])];
        gradient.Clear();
        information[..(Count * Count)].Clear();
        foreach (var block in blocks)
        {
            Add(new BlockSums(block, studies.Basis!, regression), regression, gradient, information, absorbed);
        }

        for (var s = 0; s < Count; s++)
        {
            if (restricted)
            {
                gradient[s] += 0.5 * Trace(regression.Covariance, absorbed[s], p);
            }

            for (var t = 0; t <= s; t++)
            {
                information[(s * Count) + t] += restricted ? 0.5 * Trace(regression.Covariance, absorbed[s], absorbed[t], p) : 0;
                information[(t * Count) + s] = information[(s * Count) + t];
            }
        }

        return Value(regression);
    }

    private double Value(BlockRegression regression) =>
        -regression.LogDeterminant - regression.Q - (restricted ? regression.LogInformation : 0);

    /// <summary>One block's share: of the gradient, of the information, and of XᵀV⁻¹ZZᵀV⁻¹X.</summary>
    private void Add(
        BlockSums sums, BlockRegression regression, Span<double> gradient, Span<double> information, double[][] absorbed)
    {
        var groups = groupings.Select(codes => Array.ConvertAll(sums.Members(codes), sums.Of)).ToArray();
        for (var s = 0; s < Count; s++)
        {
            foreach (var group in groups[s])
            {
                gradient[s] += 0.5 * ((group.Score * group.Score) - sums.Precision(group, group));
                Dense.RankOneUpdate(1, group.Weighted, group.Weighted, absorbed[s]);
            }

            for (var t = 0; t <= s; t++)
            {
                foreach (var one in groups[s])
                {
                    foreach (var other in groups[t])
                    {
                        var precision = sums.Precision(one, other);
                        var shared = restricted ? Dense.BilinearForm(regression.Covariance, one.Weighted, other.Weighted) : 0;
                        information[(s * Count) + t] += 0.5 * ((precision * precision) - (2 * precision * shared));
                    }
                }
            }
        }
    }

    private static double Trace(ReadOnlySpan<double> a, double[] b, int p)
    {
        var sum = 0.0;
        for (var i = 0; i < p; i++)
        {
            sum += Dense.Dot(a.Slice(i * p, p), b.AsSpan(i * p, p));
        }

        return sum;
    }

    private static double Trace(ReadOnlySpan<double> a, double[] b, double[] c, int p)
    {
        double[] left = new double[p * p], right = new double[p * p];
        Dense.Multiply(a, b, p, p, p, left);
        Dense.Multiply(a, c, p, p, p, right);
        var sum = 0.0;
        for (var i = 0; i < p; i++)
        {
            for (var j = 0; j < p; j++)
            {
                sum += left[(i * p) + j] * right[(j * p) + i];
            }
        }

        return sum;
    }
}
