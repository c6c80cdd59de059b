using System.Numerics;
using MarginalConditional.Glmm.Effects;

namespace MarginalConditional.Glmm.Quadrature;

/// <content>The nodes around the modes and the weighted sums over them.</content>
internal sealed partial class LaneIntegrator
{
    // Nodes are worked on a tile at a time, so many that a tile's rows stay in the nearest cache; a small cluster has one tile.
    private const int TileVectors = 192;
    private const int SmallestTile = 4;

    // By node of the tile: log terms and then terms, effects, ∂ℓ/∂log φ, η of one row; by row and node: ℓ′, ℓ″.
    private readonly Vector<double>[] terms;
    private readonly Vector<double>[] nodeEffects;
    private readonly Vector<double>[] nodeDispersion;
    private readonly Vector<double>[] nodeEta;
    private readonly Vector<double>[] nodeFirst;
    private readonly Vector<double>[] nodeSecond;

    private readonly Vector<double>[] transform;
    private readonly Vector<double>[] along;

    private int tile;

    private static int LargestTile(int rows, int nodes) => Math.Min(nodes, Math.Max(SmallestTile, TileVectors / Math.Max(1, rows)));

    // T, and how far each row's predictor moves along each coordinate of the nodes; returns log|L|.
    private Vector<double> PlaceNodes()
    {
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
        tile = LargestTile(rows, grid.Count);
        var top = new Vector<double>(double.NegativeInfinity);
        for (var start = 0; start < grid.Count; start += tile)
        {
            var logs = terms.AsSpan(0, Math.Min(tile, grid.Count - start));
            FillLogs(start, logs);
            AddRows(start, logs, needs);
            var raised = top;
            foreach (var log in logs)
            {
                raised = Vector.Max(raised, log);
            }

            if (start > 0 && !Vector.EqualsAll(raised, top))
            {
                ScaleSums(Vector.Exp(top - raised), needs);
            }

            top = raised;
            for (var k = 0; k < logs.Length; k++)
            {
                logs[k] = Vector.Exp(logs[k] - top);
            }

            AddTile(start, logs, needs);
        }

        var sum = total;
        ScaleSums(Vector<double>.One / sum, needs);
        return top + Vector.Log(sum);
    }

    // log w_k − ½‖u_k‖² + ½‖z_k‖², and the effects u_k.
    private void FillLogs(int start, Span<Vector<double>> logs)
    {
        var weights = (adaptive ? grid.AdjustedLogWeights : grid.LogWeights).Slice(start, logs.Length);
        for (var k = 0; k < logs.Length; k++)
        {
            logs[k] = new Vector<double>(weights[k]);
        }

        for (var b = 0; b < q; b++)
        {
            var effects = nodeEffects.AsSpan(b * tile, logs.Length);
            effects.Fill(mode[b]);
            for (var d = b; d < q; d++)
            {
                AddScaled(transform[(b * q) + d], grid.Coordinates(d).Slice(start, logs.Length), effects);
            }

            for (var k = 0; adaptive && k < logs.Length; k++)
            {
                logs[k] -= 0.5 * effects[k] * effects[k];
            }
        }
    }

    private static void AddScaled(Vector<double> amount, ReadOnlySpan<double> source, Span<Vector<double>> target)
    {
        source = source[..target.Length];
        for (var k = 0; k < target.Length; k++)
        {
            target[k] += amount * source[k];
        }
    }

    // Adds the rows' log-densities at the nodes, leaving their derivatives.
    private void AddRows(int start, Span<Vector<double>> logs, EvaluationNeeds needs)
    {
        var count = logs.Length;
        var predictor = nodeEta.AsSpan(0, count);
        var dispersion = needs >= EvaluationNeeds.Gradient && density.HasFreeDispersion ? nodeDispersion.AsSpan(0, count) : [];
        dispersion.Clear();
        for (var i = 0; i < rows; i++)
        {
            predictor.Fill(eta[i]);
            for (var d = 0; d < q; d++)
            {
                AddScaled(along[(i * q) + d], grid.Coordinates(d).Slice(start, count), predictor);
            }

            var slopes = nodeFirst.AsSpan(i * tile, count);
            if (needs >= EvaluationNeeds.Information)
            {
                density.AlongNodes(response[i], weight[i], point.Dispersion, predictor, logs, slopes, nodeSecond.AsSpan(i * tile, count));
            }
            else
            {
                density.AlongNodes(response[i], weight[i], point.Dispersion, predictor, logs, slopes);
            }

            if (!dispersion.IsEmpty)
            {
                density.DispersionAlongNodes(response[i], weight[i], point.Dispersion, predictor, dispersion);
            }
        }
    }
}
