using System.Numerics;

namespace MarginalConditional.Glmm.Likelihood;

/// <content>Louis' formula for the observed information, with the nodes held still.</content>
internal sealed partial class ClusterIntegrator
{
    private double[] nodeScores = [];
    private double[] meanScores = [];

    /// <summary>The information of the last pattern in (β, θ), added with a factor to the lower triangle; to be called after the gradient.</summary>
    /// <param name="multiplicity">How many clusters share the pattern.</param>
    /// <param name="information">m×m by row.</param>
    /// <param name="order">m.</param>
    /// <remarks>Louis (1982): Σ p_k(−∂²ℓ_k) − Σ p_k s_k s_kᵀ + s̄s̄ᵀ with s_k the complete-data score at node k.</remarks>
    public void AddInformation(double multiplicity, Span<double> information, int order)
    {
        AddCompleteInformation(multiplicity, information, order);
        NodeScores();
        SubtractScoreVariance(multiplicity, information, order);
    }

    private void AllocateInformation()
    {
        var order = p + data.Factor.ParameterCount;
        nodeScores = new double[grid.Stride * order];
        meanScores = new double[order];
    }

    // −Σ_k p_k ℓ″ d dᵀ with d = (x, z_a u_b).
    private void AddCompleteInformation(double multiplicity, Span<double> information, int order)
    {
        var terms = NodeVectors(nodeLog);
        var t = data.Factor.ParameterCount;
        Span<double> weights = stackalloc double[t];
        var weighted = NodeVectors(nodeEta);
        for (var i = 0; i < rows; i++)
        {
            var curvatures = NodeVectors(nodeSecond, i);
            var total = Vector<double>.Zero;
            for (var k = 0; k < terms.Length; k++)
            {
                weighted[k] = terms[k] * curvatures[k];
                total += weighted[k];
            }

            var x = data.Design.AsSpan((start + i) * p, p);
            var own = -multiplicity * Vector.Sum(total);
            for (var j = 0; j < p; j++)
            {
                var scaled = own * x[j];
                var line = information.Slice(j * order, j + 1);
                for (var l = 0; l < line.Length; l++)
                {
                    line[l] += scaled * x[l];
                }
            }

            for (var e = 0; e < t; e++)
            {
                var a = data.Factor.Rows[e];
                var effects = NodeVectors(nodeEffects, data.Factor.Columns[e]);
                var cross = -multiplicity * z[(a * rowStride) + i] * DotRows(weighted, effects);
                var line = information.Slice((p + e) * order, p + e + 1);
                for (var l = 0; l < p; l++)
                {
                    line[l] += cross * x[l];
                }

                for (var f = 0; f <= e; f++)
                {
                    line[p + f] -= multiplicity * z[(a * rowStride) + i] * z[(data.Factor.Rows[f] * rowStride) + i]
                        * DotProduct(weighted, effects, NodeVectors(nodeEffects, data.Factor.Columns[f]));
                }
            }
        }
    }

    private void NodeScores()
    {
        nodeScores.AsSpan(0, p * grid.Stride).Clear();
        for (var i = 0; i < rows; i++)
        {
            var x = data.Design.AsSpan((start + i) * p, p);
            var slopes = NodeVectors(nodeFirst, i);
            for (var j = 0; j < p; j++)
            {
                AddScaled(x[j], slopes, NodeVectors(nodeScores, j));
            }
        }

        for (var e = 0; e < data.Factor.ParameterCount; e++)
        {
            var slopes = NodeVectors(nodeSlopes, data.Factor.Rows[e]);
            var effects = NodeVectors(nodeEffects, data.Factor.Columns[e]);
            var scores = NodeVectors(nodeScores, p + e);
            for (var k = 0; k < scores.Length; k++)
            {
                scores[k] = slopes[k] * effects[k];
            }
        }
    }

    private void SubtractScoreVariance(double multiplicity, Span<double> information, int order)
    {
        var terms = NodeVectors(nodeLog);
        var count = p + data.Factor.ParameterCount;
        for (var j = 0; j < count; j++)
        {
            meanScores[j] = DotRows(terms, NodeVectors(nodeScores, j));
        }

        var weighted = NodeVectors(nodeEta);
        for (var j = 0; j < count; j++)
        {
            var own = NodeVectors(nodeScores, j);
            var mean = new Vector<double>(meanScores[j]);
            for (var k = 0; k < weighted.Length; k++)
            {
                weighted[k] = terms[k] * (own[k] - mean);
            }

            var line = information.Slice(j * order, j + 1);
            for (var l = 0; l <= j; l++)
            {
                line[l] -= multiplicity * DotRows(weighted, NodeVectors(nodeScores, l));
            }
        }
    }

    private static double DotProduct(ReadOnlySpan<Vector<double>> a, ReadOnlySpan<Vector<double>> b, ReadOnlySpan<Vector<double>> c)
    {
        b = b[..a.Length];
        c = c[..a.Length];
        var sum = Vector<double>.Zero;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i] * c[i];
        }

        return Vector.Sum(sum);
    }
}
