using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Quadrature;

namespace MarginalConditional.Glmm.LargeClusters;

/// <content>Sums at all nodes.</content>
internal sealed partial class LargeClusterRows
{
    /// <summary>Nodes that are worked on together, so that they stay in the nearest cache.</summary>
    private const int NodeTile = 16;

    /// <summary>
    /// Adds at every node Σ ℓ, and for the gradient Σ ℓ′x, Σ ℓ′z and, where the dispersion is free, Σ ∂ℓ/∂log φ: quantity, then node.
    /// </summary>
    /// <param name="cluster">The rows.</param>
    /// <param name="start">The first vector.</param>
    /// <param name="end">One past the last.</param>
    /// <param name="linear">a.</param>
    /// <param name="effects">b of the nodes: effect, then node.</param>
    /// <param name="nodes">K.</param>
    /// <param name="withGradient">Whether more than Σ ℓ is wanted.</param>
    /// <param name="sums">K vectors, or K times 1 + p + q (+ 1).</param>
    public void AddNodes(
        LargeCluster cluster,
        int start,
        int end,
        ReadOnlySpan<Vector256<double>> linear,
        ReadOnlySpan<double> effects,
        int nodes,
        bool withGradient,
        Span<Vector256<double>> sums)
    {
        for (var k = 0; k < nodes; k += NodeTile)
        {
            var count = Math.Min(NodeTile, nodes - k);
            var values = sums.Slice(k, count);
            for (var i = start; i < end; i++)
            {
                PredictNodes(cluster, i, linear[i], effects, nodes, k, count);
                var predictor = eta.AsSpan(0, count);
                density.AlongNodes(cluster.Response[i], cluster.Weight[i], point.Dispersion, predictor, values, first);
                if (!withGradient)
                {
                    continue;
                }

                var slopes = first.AsSpan(0, count);
                for (var j = 0; j < p; j++)
                {
                    LaneArithmetic.AddScaled(cluster.Design[(i * p) + j], slopes, sums.Slice(((1 + j) * nodes) + k, count));
                }

                for (var a = 0; a < q; a++)
                {
                    LaneArithmetic.AddScaled(cluster.RandomDesign[(i * q) + a], slopes, sums.Slice(((1 + p + a) * nodes) + k, count));
                }

                if (density.HasFreeDispersion)
                {
                    density.DispersionAlongNodes(
                        cluster.Response[i], cluster.Weight[i], point.Dispersion, predictor, sums.Slice(((1 + p + q) * nodes) + k, count));
                }
            }
        }
    }

    /// <summary>Adds the mean over the nodes of −Σ ℓ″ddᵀ with d = ∂η/∂(β, θ), the lower triangle of (p + t)×(p + t).</summary>
    /// <param name="cluster">The rows.</param>
    /// <param name="start">The first vector.</param>
    /// <param name="end">One past the last.</param>
    /// <param name="linear">a.</param>
    /// <param name="effects">b of the nodes: effect, then node.</param>
    /// <param name="weights">p_k, p_k u_b, p_k u_b u_c: each K numbers.</param>
    /// <param name="nodes">K.</param>
    /// <param name="sums">Receives the sums.</param>
    public void AddInformation(
        LargeCluster cluster,
        int start,
        int end,
        ReadOnlySpan<Vector256<double>> linear,
        ReadOnlySpan<double> effects,
        ReadOnlySpan<double> weights,
        int nodes,
        Span<Vector256<double>> sums)
    {
        for (var i = start; i < end; i++)
        {
            means.AsSpan().Clear();
            for (var k = 0; k < nodes; k += NodeTile)
            {
                var count = Math.Min(NodeTile, nodes - k);
                PredictNodes(cluster, i, linear[i], effects, nodes, k, count);
                density.AlongNodes(
                    cluster.Response[i], cluster.Weight[i], point.Dispersion, eta.AsSpan(0, count), logs, first, second);
                for (var w = 0; w < means.Length; w++)
                {
                    means[w] -= LaneArithmetic.Dot(second.AsSpan(0, count), weights.Slice((w * nodes) + k, count));
                }
            }

            AddOuter(cluster.Design.AsSpan(i * p, p), cluster.RandomDesign.AsSpan(i * q, q), sums);
        }
    }

    private void AddOuter(ReadOnlySpan<Vector256<double>> x, ReadOnlySpan<Vector256<double>> z, Span<Vector256<double>> sums)
    {
        var order = p + covariance.ParameterCount;
        for (var j = 0; j < p; j++)
        {
            LaneArithmetic.AddScaled(means[0] * x[j], x[..(j + 1)], sums.Slice(j * order, j + 1));
        }

        for (var e = 0; e < covariance.ParameterCount; e++)
        {
            var (a, b) = (covariance.Rows[e], covariance.Columns[e]);
            LaneArithmetic.AddScaled(means[1 + b] * z[a], x, sums.Slice((p + e) * order, p));
            for (var f = 0; f <= e; f++)
            {
                sums[((p + e) * order) + p + f] += means[1 + q + (b * q) + covariance.Columns[f]] * z[a] * z[covariance.Rows[f]];
            }
        }
    }

    private void PredictNodes(
        LargeCluster cluster, int i, Vector256<double> linear, ReadOnlySpan<double> effects, int nodes, int k, int count)
    {
        var predictor = eta.AsSpan(0, count);
        predictor.Fill(linear);
        for (var a = 0; a < q; a++)
        {
            LaneArithmetic.AddScaled(cluster.RandomDesign[(i * q) + a], effects.Slice((a * nodes) + k, count), predictor);
        }
    }
}
