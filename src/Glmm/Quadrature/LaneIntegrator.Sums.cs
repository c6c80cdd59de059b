using System.Numerics;
using MarginalConditional.Glmm.Effects;

namespace MarginalConditional.Glmm.Quadrature;

/// <content>What is summed over the nodes with the weights p_k.</content>
internal sealed partial class LaneIntegrator
{
    // By node of the tile: terms times each coordinate.
    private readonly Vector<double>[] weightedNodes;

    // Means over the nodes with weights p_k, once SumNodes is done: of z, zzᵀ, Gzᵀ with G_a = Σ z_ia ℓ′_i, and of ℓ′ of every row.
    private readonly Vector<double>[] nodeMeans;
    private readonly Vector<double>[] nodeProducts;
    private readonly Vector<double>[] slopeProducts;
    private readonly Vector<double>[] meanFirst;
    private Vector<double> total;

    /// <summary>The posterior means and standard deviations of b = Λu in the clusters integrated last.</summary>
    /// <param name="means">Receives q vectors.</param>
    /// <param name="deviations">Receives q vectors.</param>
    public void PosteriorMoments(Span<Vector<double>> means, Span<Vector<double>> deviations)
    {
        for (var a = 0; a < q; a++)
        {
            // b_a = Σ_b λ_ab û_b + Σ_d r_d z_d with r = (ΛT)_a.
            var mean = Vector<double>.Zero;
            var variance = Vector<double>.Zero;
            for (var b = a; b < q; b++)
            {
                mean += lambda[(a * q) + b] * mode[b];
            }

            for (var d = 0; d < q; d++)
            {
                var line = LineOfRoot(a, d);
                mean += line * nodeMeans[d];
                for (var c = 0; c < q; c++)
                {
                    variance += line * LineOfRoot(a, c) * (nodeProducts[(d * q) + c] - (nodeMeans[d] * nodeMeans[c]));
                }
            }

            means[a] = mean;
            deviations[a] = Vector.SquareRoot(Vector.Max(variance, Vector<double>.Zero));
        }
    }

    private Vector<double> LineOfRoot(int a, int d)
    {
        var sum = Vector<double>.Zero;
        for (var b = a; b <= d; b++)
        {
            sum += lambda[(a * q) + b] * transform[(b * q) + d];
        }

        return sum;
    }

    private void ClearSums(EvaluationNeeds needs)
    {
        total = Vector<double>.Zero;
        nodeMeans.AsSpan().Clear();
        nodeProducts.AsSpan().Clear();
        slopeProducts.AsSpan().Clear();
        meanFirst.AsSpan(0, rows).Clear();
        meanDispersion = Vector<double>.Zero;
        if (needs >= EvaluationNeeds.Information)
        {
            ClearInformation();
        }
    }

    private void ScaleSums(Vector<double> scale, EvaluationNeeds needs)
    {
        total *= scale;
        meanDispersion *= scale;
        Scale(nodeMeans, scale);
        Scale(nodeProducts, scale);
        Scale(slopeProducts, scale);
        Scale(meanFirst.AsSpan(0, rows), scale);
        if (needs >= EvaluationNeeds.Information)
        {
            ScaleInformation(scale);
        }
    }

    private static void Scale(Span<Vector<double>> values, Vector<double> scale)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] *= scale;
        }
    }

    private void AddTile(int start, ReadOnlySpan<Vector<double>> weights, EvaluationNeeds needs)
    {
        total += Sum(weights);
        for (var d = 0; d < q; d++)
        {
            var weighted = weightedNodes.AsSpan(d * tile, weights.Length);
            var coordinates = grid.Coordinates(d).Slice(start, weights.Length);
            for (var k = 0; k < weighted.Length; k++)
            {
                weighted[k] = weights[k] * coordinates[k];
            }

            nodeMeans[d] += Sum(weighted);
            for (var c = 0; c < q; c++)
            {
                nodeProducts[(d * q) + c] += Dot(weighted, grid.Coordinates(c).Slice(start, weights.Length));
            }
        }

        if (needs == EvaluationNeeds.Value)
        {
            return;
        }

        AddSlopes(weights);
        if (density.HasFreeDispersion)
        {
            meanDispersion += Dot(weights, nodeDispersion);
        }

        if (needs >= EvaluationNeeds.Information)
        {
            AddTileInformation(weights);
        }
    }

    private void AddSlopes(ReadOnlySpan<Vector<double>> weights)
    {
        for (var i = 0; i < rows; i++)
        {
            var slopes = nodeFirst.AsSpan(i * tile, weights.Length);
            meanFirst[i] += Dot(weights, slopes);
            for (var d = 0; d < q; d++)
            {
                var product = Dot(slopes, weightedNodes.AsSpan(d * tile, weights.Length));
                for (var a = 0; a < q; a++)
                {
                    slopeProducts[(a * q) + d] += z[(i * q) + a] * product;
                }
            }
        }
    }

    private static Vector<double> Sum(ReadOnlySpan<Vector<double>> values)
    {
        var sum = Vector<double>.Zero;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }

    private static Vector<double> Dot(ReadOnlySpan<Vector<double>> a, ReadOnlySpan<double> b)
    {
        b = b[..a.Length];
        var sum = Vector<double>.Zero;
        for (var k = 0; k < a.Length; k++)
        {
            sum += a[k] * b[k];
        }

        return sum;
    }

    // Two sums at a time: one would wait for its own last addition.
    private static Vector<double> Dot(ReadOnlySpan<Vector<double>> a, ReadOnlySpan<Vector<double>> b)
    {
        b = b[..a.Length];
        var even = Vector<double>.Zero;
        var odd = Vector<double>.Zero;
        var k = 0;
        for (; k + 1 < a.Length; k += 2)
        {
            even += a[k] * b[k];
            odd += a[k + 1] * b[k + 1];
        }

        return k < a.Length ? even + odd + (a[k] * b[k]) : even + odd;
    }
}
