using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Rows;

namespace MarginalConditional.Compare.Averaging;

/// <summary>How much the random effects of a fit vary, and what each cluster does to that. Immutable.</summary>
/// <remarks>
/// τ² = mean over rows of zᵀDz, σ² with a random intercept alone. It is a square in the parameters θ of the factors, so that its slope
/// takes the influence of a cluster on θ to one on τ². Near 0 the slope keeps its meaning, other than the square without a cluster.
/// </remarks>
internal sealed class SpreadEstimate
{
    /// <summary>The share of τ² that has to be left without a cluster for the ratio itself to be taken.</summary>
    private const double Left = 0.01;

    private readonly double[] without;

    private SpreadEstimate(double variance, ClusterInfluence influence, double[] without, double degrees)
    {
        Variance = variance;
        Influence = influence;
        this.without = without;
        Degrees = degrees;
    }

    /// <summary>τ².</summary>
    public double Variance { get; }

    /// <summary>φ_c of τ², K×1.</summary>
    public ClusterInfluence Influence { get; }

    /// <summary>The clusters less the coefficients that are told by nothing but differences between them, 1 or more.</summary>
    public double Degrees { get; }

    /// <summary>Reads a fit.</summary>
    /// <param name="model">The fitted model.</param>
    /// <param name="parameters">ψ̂: β, then θ.</param>
    /// <param name="clusters">The clusters of its rows.</param>
    /// <param name="changes">ψ̂ − ψ₍ᵢ₎, K×m by rows; for plain influences ψ_c.</param>
    /// <param name="leavesOut">Whether the changes are those of leaving clusters out.</param>
    public static SpreadEstimate Of(
        ConditionalModel model, ReadOnlySpan<double> parameters, Clusters clusters, ReadOnlySpan<double> changes, bool leavesOut) =>
        Of(model.Design, model.Blocks, model.Design.Columns, parameters, clusters, changes, leavesOut);

    /// <summary>The same for any model with normal effects.</summary>
    /// <param name="design">The fixed design.</param>
    /// <param name="blocks">The random terms.</param>
    /// <param name="columns">The number of parameters before θ.</param>
    /// <param name="parameters">ψ̂: the fixed part, then θ.</param>
    /// <param name="clusters">The clusters of its rows.</param>
    /// <param name="changes">ψ̂ − ψ₍ᵢ₎, K×m by rows; for plain influences ψ_c.</param>
    /// <param name="leavesOut">Whether the changes are those of leaving clusters out.</param>
    public static SpreadEstimate Of(
        DesignMatrix design,
        IReadOnlyList<RandomEffectBlock> blocks,
        int columns,
        ReadOnlySpan<double> parameters,
        Clusters clusters,
        ReadOnlySpan<double> changes,
        bool leavesOut)
    {
        var (count, m) = (clusters.Count, changes.Length / clusters.Count);
        var theta = parameters[columns..];
        var mean = MeanSquares(blocks);
        var slope = new double[blocks.Sum(block => block.Parameters)];
        var variance = Square(mean, blocks, theta, slope);
        var influence = new double[count];
        var without = leavesOut ? new double[count] : [];
        var share = leavesOut ? (count - 1.0) / count : 1;
        var moved = new double[slope.Length];
        for (var c = 0; c < count; c++)
        {
            var own = changes.Slice((c * m) + columns, slope.Length);
            for (var k = 0; k < slope.Length; k++)
            {
                influence[c] += share * slope[k] * own[k];
                moved[k] = theta[k] - own[k];
            }

            if (leavesOut)
            {
                without[c] = Square(mean, blocks, moved, []);
            }
        }

        return new SpreadEstimate(variance, new ClusterInfluence(count, influence), without, Free(design, clusters));
    }

    /// <summary>An estimate that is 0 where τ² is 0, per unit of τ², and the influence of each cluster on that.</summary>
    /// <param name="estimate">Such as the step from one rung to the next.</param>
    /// <param name="influence">φ_c of it, as the influence on τ² is meant.</param>
    public (double Estimate, ClusterInfluence Influence) PerUnit(double estimate, ClusterInfluence influence)
    {
        var each = estimate / Variance;
        var own = new double[influence.Clusters];
        var share = (own.Length - 1.0) / own.Length;
        for (var c = 0; c < own.Length; c++)
        {
            // Without a cluster the ratio itself, which both parts reach 0 together; its slope where the square is all but gone.
            own[c] = without.Length > 0 && without[c] > Left * Variance
                ? share * (each - ((estimate - (influence.Values[c] / share)) / without[c]))
                : (influence.Values[c] - (each * Influence.Values[c])) / Variance;
        }

        return (each, new ClusterInfluence(own.Length, own));
    }

    private static double Free(DesignMatrix design, Clusters clusters)
    {
        var between = 0;
        for (var j = 0; j < design.Columns; j++)
        {
            between += clusters.HasConstant(design.Column(j)) ? 1 : 0;
        }

        return Math.Max(1, clusters.Count - between);
    }

    /// <summary>n⁻¹Σzzᵀ of every term, q×q by rows.</summary>
    private static double[][] MeanSquares(IReadOnlyList<RandomEffectBlock> blocks) =>
    [
        .. blocks.Select(block =>
        {
            var mean = new double[block.Dimension * block.Dimension];
            for (var i = 0; i < block.Rows; i++)
            {
                for (var a = 0; a < block.Dimension; a++)
                {
                    for (var b = 0; b < block.Dimension; b++)
                    {
                        mean[(a * block.Dimension) + b] += block.Column(a, i) * block.Column(b, i) / block.Rows;
                    }
                }
            }

            return mean;
        }),
    ];

    /// <summary>Σ tr(LᵀML) over the terms, and its slopes 2ML in the entries of L.</summary>
    private static double Square(
        double[][] means, IReadOnlyList<RandomEffectBlock> blocks, ReadOnlySpan<double> theta, Span<double> slope)
    {
        var (sum, next) = (0.0, 0);
        for (var term = 0; term < means.Length; term++)
        {
            var (block, mean) = (blocks[term], means[term]);
            var q = block.Dimension;
            for (var column = 0; column < q; column++)
            {
                var last = block.Correlated ? q - 1 : column;
                var entries = theta.Slice(next, last - column + 1);
                for (var a = 0; a < entries.Length; a++)
                {
                    var product = 0.0;
                    for (var b = 0; b < entries.Length; b++)
                    {
                        product += mean[((column + a) * q) + column + b] * entries[b];
                    }

                    sum += entries[a] * product;
                    if (!slope.IsEmpty)
                    {
                        slope[next + a] = 2 * product;
                    }
                }

                next += entries.Length;
            }
        }

        return sum;
    }
}
