using System.Numerics;
using System.Numerics.Tensors;

namespace MarginalConditional.Glmm.Likelihood;

/// <content>The nodes around the mode and the weighted sum over them.</content>
internal sealed partial class ClusterIntegrator
{
    /// <summary>The posterior mean and standard deviation of b = Λu in the pattern integrated last.</summary>
    public void PosteriorMoments(Span<double> means, Span<double> deviations)
    {
        var terms = NodeVectors(nodeLog);
        var values = NodeVectors(nodeEta);
        for (var a = 0; a < q; a++)
        {
            values.Clear();
            for (var b = a; b < q; b++)
            {
                AddScaled(lambda[(a * q) + b], NodeVectors(nodeEffects, b), values);
            }

            means[a] = DotRows(terms, values);
            var square = Vector<double>.Zero;
            var mean = new Vector<double>(means[a]);
            for (var k = 0; k < terms.Length; k++)
            {
                square += terms[k] * (values[k] - mean) * (values[k] - mean);
            }

            deviations[a] = Math.Sqrt(Vector.Sum(square));
        }
    }

    // T and the effects at every node; returns log|L|.
    private double PlaceNodes()
    {
        TriangularRoot.OfFactor(factor, q, posteriorRoot);
        if (!adaptive)
        {
            transform.AsSpan().Clear();
            for (var b = 0; b < q; b++)
            {
                transform[(b * q) + b] = 1;
                grid.Nodes(b).CopyTo(NodeVectors(nodeEffects, b));
            }

            return 0;
        }

        posteriorRoot.CopyTo(transform, 0);
        var logDeterminant = 0.0;
        for (var b = 0; b < q; b++)
        {
            logDeterminant += Math.Log(factor[(b * q) + b]);
            var effects = NodeVectors(nodeEffects, b);
            effects.Fill(new Vector<double>(mode[b]));
            for (var d = b; d < q; d++)
            {
                AddScaled(transform[(b * q) + d], grid.Nodes(d), effects);
            }
        }

        return logDeterminant;
    }

    // The log of the weighted sum over nodes; leaves the normalized terms p_k in `nodeLog` and ℓ′ (and ℓ″) of every row at every node.
    private double SumNodes(bool withSecond)
    {
        var logs = NodeVectors(nodeLog);
        (adaptive ? grid.AdjustedLogWeights : grid.LogWeights).CopyTo(logs);
        if (adaptive)
        {
            var half = new Vector<double>(0.5);
            for (var b = 0; b < q; b++)
            {
                var effects = NodeVectors(nodeEffects, b);
                for (var k = 0; k < logs.Length; k++)
                {
                    logs[k] -= half * effects[k] * effects[k];
                }
            }
        }

        Shift(mode);
        var predictor = NodeVectors(nodeEta);
        for (var i = 0; i < rows; i++)
        {
            predictor.Fill(new Vector<double>(eta[i]));
            for (var d = 0; d < q; d++)
            {
                var along = 0.0;
                for (var b = 0; b <= d; b++)
                {
                    along += transform[(b * q) + d] * v[(b * rowStride) + i];
                }

                AddScaled(along, grid.Nodes(d), predictor);
            }

            if (withSecond)
            {
                density.AlongNodes(response[i], weight[i], point.Dispersion, predictor, logs, NodeVectors(nodeFirst, i), NodeVectors(nodeSecond, i));
            }
            else
            {
                density.AlongNodes(response[i], weight[i], point.Dispersion, predictor, logs, NodeVectors(nodeFirst, i));
            }
        }

        return Normalize(logs);
    }

    private double Normalize(Span<Vector<double>> logs)
    {
        var largest = TensorPrimitives.Max(nodeLog.AsSpan(0, grid.Count));
        var top = new Vector<double>(largest);
        var total = Vector<double>.Zero;
        for (var k = 0; k < logs.Length; k++)
        {
            var term = Vector.Exp(logs[k] - top);
            logs[k] = term;
            total += term;
        }

        var sum = Vector.Sum(total);
        var scale = new Vector<double>(1 / sum);
        for (var k = 0; k < logs.Length; k++)
        {
            logs[k] *= scale;
        }

        return largest + Math.Log(sum);
    }
}
