using System.Numerics;

namespace MarginalConditional.Glmm.Quadrature;

/// <content>Louis' formula for the observed information, with the nodes held still.</content>
internal sealed partial class LaneIntegrator
{
    private readonly Vector<double>[] meanSecond;
    private readonly Vector<double>[] meanSecondAlong;
    private readonly Vector<double>[] effectInformation;
    private readonly Vector<double>[] nodeScores;
    private readonly Vector<double>[] meanScores;
    private readonly Vector<double>[] scoreProducts;

    /// <summary>The information of the block integrated last in (β, θ), added with a factor to the lower triangle.</summary>
    /// <param name="multiplicity">How many clusters share the pattern of each lane.</param>
    /// <param name="information">m×m by row.</param>
    /// <param name="order">m.</param>
    /// <remarks>Louis (1982): Σ p_k(−∂²ℓ_k) − Σ p_k s_k s_kᵀ + s̄s̄ᵀ with s_k the complete-data score at node k.</remarks>
    public void AddInformation(Vector<double> multiplicity, Span<Vector<double>> information, int order)
    {
        AddCompleteInformation(multiplicity, information, order);
        var count = meanScores.Length;
        for (var j = 0; j < count; j++)
        {
            var products = scoreProducts.AsSpan(j * count, j + 1);
            var line = information.Slice(j * order, j + 1);
            for (var l = 0; l < line.Length; l++)
            {
                line[l] -= multiplicity * (products[l] - (meanScores[j] * meanScores[l]));
            }
        }
    }

    private void ClearInformation()
    {
        meanSecond.AsSpan(0, rows).Clear();
        meanSecondAlong.AsSpan(0, rows * q).Clear();
        effectInformation.AsSpan().Clear();
        meanScores.AsSpan().Clear();
        scoreProducts.AsSpan().Clear();
    }

    private void ScaleInformation(Vector<double> scale)
    {
        Scale(meanSecond.AsSpan(0, rows), scale);
        Scale(meanSecondAlong.AsSpan(0, rows * q), scale);
        Scale(effectInformation, scale);
        Scale(meanScores, scale);
        Scale(scoreProducts, scale);
    }

    private void AddTileInformation(ReadOnlySpan<Vector<double>> weights)
    {
        var n = weights.Length;
        for (var i = 0; i < rows; i++)
        {
            var curvatures = nodeSecond.AsSpan(i * tile, n);
            meanSecond[i] += Dot(weights, curvatures);
            for (var d = 0; d < q; d++)
            {
                meanSecondAlong[(i * q) + d] += Dot(curvatures, weightedNodes.AsSpan(d * tile, n));
            }
        }

        AddEffectInformation(weights);
        FillNodeScores(n);
        var weighted = nodeEta.AsSpan(0, n);
        var count = meanScores.Length;
        for (var j = 0; j < count; j++)
        {
            Multiply(weights, nodeScores.AsSpan(j * tile, n), weighted);
            meanScores[j] += Sum(weighted);
            for (var l = 0; l <= j; l++)
            {
                scoreProducts[(j * count) + l] += Dot(weighted, nodeScores.AsSpan(l * tile, n));
            }
        }
    }

    private static void Multiply(ReadOnlySpan<Vector<double>> a, ReadOnlySpan<Vector<double>> b, Span<Vector<double>> product)
    {
        a = a[..product.Length];
        b = b[..product.Length];
        for (var k = 0; k < product.Length; k++)
        {
            product[k] = a[k] * b[k];
        }
    }

    private static void AddScaled(Vector<double> amount, ReadOnlySpan<Vector<double>> source, Span<Vector<double>> target)
    {
        source = source[..target.Length];
        for (var k = 0; k < target.Length; k++)
        {
            target[k] += amount * source[k];
        }
    }

    // Σ p_k W_ac u_b u_d with W = Σ ℓ″ zzᵀ, for entries (a, b) and (c, d) of Λ.
    private void AddEffectInformation(ReadOnlySpan<Vector<double>> weights)
    {
        var n = weights.Length;
        var curvature = nodeEta.AsSpan(0, n);
        var t = covariance.ParameterCount;
        for (var e = 0; e < t; e++)
        {
            for (var f = 0; f <= e; f++)
            {
                curvature.Clear();
                for (var i = 0; i < rows; i++)
                {
                    AddScaled(z[(i * q) + covariance.Rows[e]] * z[(i * q) + covariance.Rows[f]], nodeSecond.AsSpan(i * tile, n), curvature);
                }

                Multiply(curvature, nodeEffects.AsSpan(covariance.Columns[e] * tile, n), curvature);
                Multiply(curvature, nodeEffects.AsSpan(covariance.Columns[f] * tile, n), curvature);
                effectInformation[(e * t) + f] += Dot(weights, curvature);
            }
        }
    }

    // s_k: Σ x_j ℓ′ and Σ z_a ℓ′ u_b.
    private void FillNodeScores(int n)
    {
        var x = design.Span;
        for (var j = 0; j < p; j++)
        {
            var scores = nodeScores.AsSpan(j * tile, n);
            scores.Clear();
            for (var i = 0; i < rows; i++)
            {
                AddScaled(x[(i * p) + j], nodeFirst.AsSpan(i * tile, n), scores);
            }
        }

        for (var e = 0; e < covariance.ParameterCount; e++)
        {
            var scores = nodeScores.AsSpan((p + e) * tile, n);
            scores.Clear();
            for (var i = 0; i < rows; i++)
            {
                AddScaled(z[(i * q) + covariance.Rows[e]], nodeFirst.AsSpan(i * tile, n), scores);
            }

            Multiply(scores, nodeEffects.AsSpan(covariance.Columns[e] * tile, n), scores);
        }
    }

    // −Σ p_k ℓ″ d dᵀ with d = (x, z_a u_b).
    private void AddCompleteInformation(Vector<double> multiplicity, Span<Vector<double>> information, int order)
    {
        var x = design.Span;
        var t = covariance.ParameterCount;
        for (var i = 0; i < rows; i++)
        {
            var own = -multiplicity * meanSecond[i];
            var row = x.Slice(i * p, p);
            for (var j = 0; j < row.Length; j++)
            {
                var scaled = own * row[j];
                var line = information.Slice(j * order, j + 1);
                for (var l = 0; l < line.Length; l++)
                {
                    line[l] += scaled * row[l];
                }
            }

            for (var e = 0; e < t; e++)
            {
                // Σ p_k ℓ″ u_b = û_b Σ p_k ℓ″ + Σ_d T_bd Σ p_k ℓ″ z_d.
                var b = covariance.Columns[e];
                var mean = mode[b] * meanSecond[i];
                for (var d = b; d < q; d++)
                {
                    mean += transform[(b * q) + d] * meanSecondAlong[(i * q) + d];
                }

                var cross = -multiplicity * z[(i * q) + covariance.Rows[e]] * mean;
                var line = information.Slice((p + e) * order, p);
                for (var l = 0; l < line.Length; l++)
                {
                    line[l] += cross * row[l];
                }
            }
        }

        for (var e = 0; e < t; e++)
        {
            for (var f = 0; f <= e; f++)
            {
                information[((p + e) * order) + p + f] -= multiplicity * effectInformation[(e * t) + f];
            }
        }
    }
}
