using System.Runtime.Intrinsics;
using MarginalConditional.Data.Rows;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Stacking;

/// <summary>
/// Whitens the indicators of each outcome among themselves: L⁻¹ of their covariance Σ_kl = F_k(1 − F_l), k ≤ l, in closed form.
/// </summary>
/// <remarks>
/// Given z_{k−1} the indicator z_k does not depend on those before, so L⁻¹ has two diagonals: with S = 1 − F and p_k = F_k − F_{k−1},
/// e_k = {(z_k − F_k) − c_k (z_{k−1} − F_{k−1})} / √(S_k p_k / S_{k−1}) and c_k = S_k / S_{k−1}; the first is z_1 − F_1 over √(F_1 S_1).
/// An indicator of weight 0 is determined, F being 0 or 1: that after it is the first.
/// </remarks>
internal sealed class RowWhitening
{
    private readonly CumulativeStack stack;
    private readonly Clusters clusters;
    private readonly double[] weights;

    /// <summary>Whitens the rows of a frame of indicators.</summary>
    /// <param name="stack">Where the indicators stand.</param>
    /// <param name="clusters">The clusters of the indicators.</param>
    /// <param name="weights">w of every row, or empty when all are 1.</param>
    public RowWhitening(CumulativeStack stack, Clusters clusters, double[] weights)
    {
        this.stack = stack;
        this.clusters = clusters;
        this.weights = weights;
    }

    /// <summary>Computes the diagonals for some clusters. False unless every category has a positive probability.</summary>
    /// <param name="firstCluster">The first cluster.</param>
    /// <param name="endCluster">One past the last.</param>
    /// <param name="eta">θ_k − η of their rows.</param>
    /// <param name="carry">Receives c_k, 0 in first rows.</param>
    /// <param name="precision">Receives the inverse standard deviations.</param>
    public bool Prepare(int firstCluster, int endCluster, ReadOnlySpan<double> eta, Span<double> carry, Span<double> precision)
    {
        if (!stack.Ascends(firstCluster, endCluster, eta, weights))
        {
            return false;
        }

        // The complements stand in the place of the precisions until these are known.
        var origin = clusters.Start(firstCluster);
        for (var row = 0; row < eta.Length; row++)
        {
            precision[row] = stack.Link.Complement(eta[row]);
        }

        var smallest = double.PositiveInfinity;
        for (var cluster = firstCluster; cluster < endCluster; cluster++)
        {
            var size = clusters.Size(cluster) / stack.Thresholds;
            var start = clusters.Start(cluster) - origin;
            for (var row = start + clusters.Size(cluster) - 1; row >= start; row--)
            {
                var isFirst = row < start + size || !Counts(origin + row - size);
                var (below, survived) = isFirst ? (double.NegativeInfinity, 1) : (eta[row - size], precision[row - size]);
                var variance = Counts(origin + row)
                    ? Math.Exp(stack.Link.LogInterval(below, eta[row])) * (precision[row] / survived)
                    : 1;
                carry[row] = isFirst || !Counts(origin + row) ? 0 : precision[row] / survived;
                precision[row] = 1 / Math.Sqrt(variance);
                smallest = Math.Min(smallest, variance);
            }
        }

        return smallest > 0;
    }

    /// <summary>Replaces rows of some clusters in one column by L⁻¹ times them.</summary>
    /// <param name="firstCluster">The first cluster.</param>
    /// <param name="endCluster">One past the last.</param>
    /// <param name="carry">c_k.</param>
    /// <param name="precision">The inverse standard deviations.</param>
    /// <param name="column">The rows.</param>
    public void Whiten(
        int firstCluster, int endCluster, ReadOnlySpan<double> carry, ReadOnlySpan<double> precision, Span<double> column)
    {
        var width = Vector256<double>.Count;
        var origin = clusters.Start(firstCluster);
        for (var cluster = firstCluster; cluster < endCluster; cluster++)
        {
            var start = clusters.Start(cluster) - origin;
            var size = clusters.Size(cluster) / stack.Thresholds;
            var end = start + clusters.Size(cluster);

            // Backwards, so that the row of the threshold before is still unchanged when it is read.
            for (; end - width >= start + size; end -= width)
            {
                var row = column[(end - width)..];
                var before = Vector256.Create(column[(end - width - size)..]);
                ((Vector256.Create(row) - (Vector256.Create(carry[(end - width)..]) * before))
                    * Vector256.Create(precision[(end - width)..])).CopyTo(row);
            }

            for (var row = end - 1; row >= start + size; row--)
            {
                column[row] = (column[row] - (carry[row] * column[row - size])) * precision[row];
            }

            SpanMath.Multiply(column.Slice(start, size), precision.Slice(start, size), column.Slice(start, size));
        }
    }

    private bool Counts(int row) => weights.Length == 0 || weights[row] > 0;
}
