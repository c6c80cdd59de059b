using System.Numerics;

namespace MarginalConditional.Glmm.Likelihood;

/// <content>The nodes around the modes and the weighted sums over them.</content>
internal sealed partial class LaneIntegrator
{
    private readonly Vector<double>[] transform;
    private readonly Vector<double>[] along;
    private readonly Vector<double>[] nodeEffects;
    private readonly Vector<double>[] nodeEta;
    private readonly Vector<double>[] nodeFirst;
    private readonly Vector<double>[] nodeSecond;
    private readonly Vector<double>[] nodeSlopes;

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

    // T, and how far each row's predictor moves along each coordinate of the nodes; returns log|L|.
    private Vector<double> PlaceNodes()
    {
        LaneCholesky.Root(factor, q, posteriorRoot);
        var logDeterminant = Vector<double>.Zero;
        if (adaptive)
        {
            posteriorRoot.CopyTo(transform, 0);
            for (var b = 0; b < q; b++)
            {
                logDeterminant += Vector.Log(factor[(b * q) + b]);
            }
        }
        else
        {
            mode.AsSpan().Clear();
            transform.AsSpan().Clear();
            for (var b = 0; b < q; b++)
            {
                transform[(b * q) + b] = Vector<double>.One;
            }

            FillEta();
        }

        for (var i = 0; i < rows; i++)
        {
            for (var d = 0; d < q; d++)
            {
                var sum = Vector<double>.Zero;
                for (var b = 0; b <= d; b++)
                {
                    sum += transform[(b * q) + d] * v[(i * q) + b];
                }

                along[(i * q) + d] = sum;
            }
        }

        return logDeterminant;
    }

    // The log of the weighted sum over nodes; leaves the means over them.
    private Vector<double> SumNodes(EvaluationNeeds needs)
    {
        ClearSums(needs);
        var top = new Vector<double>(double.NegativeInfinity);
        for (var k = 0; k < grid.Count; k++)
        {
            var node = grid.Point(k);
            var log = Term(k, node, needs);
            if (Vector.GreaterThanAny(log, top))
            {
                var raised = Vector.Max(log, top);
                if (k > 0)
                {
                    ScaleSums(Vector.Exp(top - raised), needs);
                }

                top = raised;
            }

            AddNode(Vector.Exp(log - top), node, needs);
        }

        var sum = total;
        ScaleSums(Vector<double>.One / sum, needs);
        return top + Vector.Log(sum);
    }

    // log w_k + h(u_k) + ½‖z_k‖², leaving the rows' derivatives at the node.
    private Vector<double> Term(int k, ReadOnlySpan<double> node, EvaluationNeeds needs)
    {
        var log = new Vector<double>(adaptive ? grid.AdjustedLogWeight(k) : grid.LogWeight(k));
        for (var b = 0; b < q; b++)
        {
            var effect = mode[b];
            for (var d = b; d < q; d++)
            {
                effect += transform[(b * q) + d] * node[d];
            }

            nodeEffects[b] = effect;
            if (adaptive)
            {
                log -= 0.5 * effect * effect;
            }
        }

        var count = rows;
        var predictor = nodeEta.AsSpan(0, count);
        if (q == 1)
        {
            var position = node[0];
            for (var i = 0; i < predictor.Length; i++)
            {
                predictor[i] = eta[i] + (along[i] * position);
            }
        }
        else
        {
            for (var i = 0; i < predictor.Length; i++)
            {
                var sum = eta[i];
                for (var d = 0; d < node.Length; d++)
                {
                    sum += along[(i * q) + d] * node[d];
                }

                predictor[i] = sum;
            }
        }

        return log + (needs >= EvaluationNeeds.Information
            ? density.AlongLanes(response.AsSpan(0, count), weight.AsSpan(0, count), point.Dispersion, predictor, nodeFirst, nodeSecond)
            : density.AlongLanes(response.AsSpan(0, count), weight.AsSpan(0, count), point.Dispersion, predictor, nodeFirst));
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

    private void AddNode(Vector<double> term, ReadOnlySpan<double> node, EvaluationNeeds needs)
    {
        total += term;
        for (var d = 0; d < node.Length; d++)
        {
            var weighted = term * node[d];
            nodeMeans[d] += weighted;
            for (var c = 0; c < node.Length; c++)
            {
                nodeProducts[(d * q) + c] += weighted * node[c];
            }
        }

        if (needs == EvaluationNeeds.Value)
        {
            return;
        }

        AddSlopes(term, node);
        if (density.HasFreeDispersion)
        {
            meanDispersion += term * density.DispersionAlongLanes(response.AsSpan(0, rows), weight.AsSpan(0, rows), point.Dispersion, nodeEta.AsSpan(0, rows));
        }

        if (needs >= EvaluationNeeds.Information)
        {
            AddNodeInformation(term, node);
        }
    }

    private void AddSlopes(Vector<double> term, ReadOnlySpan<double> node)
    {
        var means = meanFirst.AsSpan(0, rows);
        for (var i = 0; i < means.Length; i++)
        {
            means[i] += term * nodeFirst[i];
        }

        for (var a = 0; a < q; a++)
        {
            var sum = Vector<double>.Zero;
            for (var i = 0; i < rows; i++)
            {
                sum += z[(i * q) + a] * nodeFirst[i];
            }

            nodeSlopes[a] = sum;
            for (var d = 0; d < node.Length; d++)
            {
                slopeProducts[(a * q) + d] += term * sum * node[d];
            }
        }
    }
}
