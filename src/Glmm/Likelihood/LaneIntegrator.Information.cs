using System.Numerics;

namespace MarginalConditional.Glmm.Likelihood;

/// <content>Louis' formula for the observed information, with the nodes held still.</content>
internal sealed partial class LaneIntegrator
{
    private readonly Vector<double>[] meanSecond;
    private readonly Vector<double>[] meanSecondAlong;
    private readonly Vector<double>[] effectInformation;
    private readonly Vector<double>[] nodeCurvatures;
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

    private void AddNodeInformation(Vector<double> term, ReadOnlySpan<double> node)
    {
        for (var i = 0; i < rows; i++)
        {
            var weighted = term * nodeSecond[i];
            meanSecond[i] += weighted;
            for (var d = 0; d < node.Length; d++)
            {
                meanSecondAlong[(i * q) + d] += weighted * node[d];
            }
        }

        AddEffectInformation(term);
        FillNodeScores();
        var count = nodeScores.Length;
        for (var j = 0; j < count; j++)
        {
            var weighted = term * nodeScores[j];
            meanScores[j] += weighted;
            var line = scoreProducts.AsSpan(j * count, j + 1);
            for (var l = 0; l < line.Length; l++)
            {
                line[l] += weighted * nodeScores[l];
            }
        }
    }

    // Σ p_k W_ac u_b u_d with W = Σ ℓ″ zzᵀ, for entries (a, b) and (c, d) of Λ.
    private void AddEffectInformation(Vector<double> term)
    {
        for (var a = 0; a < q; a++)
        {
            for (var c = 0; c <= a; c++)
            {
                var sum = Vector<double>.Zero;
                for (var i = 0; i < rows; i++)
                {
                    sum += nodeSecond[i] * z[(i * q) + a] * z[(i * q) + c];
                }

                nodeCurvatures[(a * q) + c] = nodeCurvatures[(c * q) + a] = sum;
            }
        }

        var t = covariance.ParameterCount;
        for (var e = 0; e < t; e++)
        {
            var weighted = term * nodeEffects[covariance.Columns[e]];
            for (var f = 0; f <= e; f++)
            {
                effectInformation[(e * t) + f] += weighted * nodeEffects[covariance.Columns[f]] * nodeCurvatures[(covariance.Rows[e] * q) + covariance.Rows[f]];
            }
        }
    }

    private void FillNodeScores()
    {
        var scores = nodeScores.AsSpan(0, p);
        scores.Clear();
        var x = design.Span;
        for (var i = 0; i < rows; i++)
        {
            var slopeOfRow = nodeFirst[i];
            var row = x.Slice(i * p, p);
            for (var j = 0; j < scores.Length; j++)
            {
                scores[j] += row[j] * slopeOfRow;
            }
        }

        for (var e = 0; e < covariance.ParameterCount; e++)
        {
            nodeScores[p + e] = nodeSlopes[covariance.Rows[e]] * nodeEffects[covariance.Columns[e]];
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
