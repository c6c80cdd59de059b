using System.Numerics;

namespace MarginalConditional.Glmm.Likelihood;

/// <content>The nodes around the modes and the weighted sums over them.</content>
internal sealed partial class LaneIntegrator
{
    // Nodes are worked on a tile at a time, so many that a tile's rows stay in the nearest cache; a small cluster has one tile.
    private const int TileVectors = 192;
    private const int SmallestTile = 4;

    // By node of the tile: log terms and terms, the latter times each coordinate, effects, ∂ℓ/∂log φ; by row and node: η, ℓ′, ℓ″.
    private readonly Vector<double>[] terms;
    private readonly Vector<double>[] weightedNodes;
    private readonly Vector<double>[] nodeEffects;
    private readonly Vector<double>[] nodeDispersion;
    private readonly Vector<double>[] nodeEta;
    private readonly Vector<double>[] nodeFirst;
    private readonly Vector<double>[] nodeSecond;

    private readonly Vector<double>[] transform;
    private readonly Vector<double>[] along;

    // Means over the nodes with weights p_k, once SumNodes is done: of z, zzᵀ, Gzᵀ with G_a = Σ z_ia ℓ′_i, and of ℓ′ of every row.
    private readonly Vector<double>[] nodeMeans;
    private readonly Vector<double>[] nodeProducts;
    private readonly Vector<double>[] slopeProducts;
    private readonly Vector<double>[] meanFirst;
    private Vector<double> total;
    private int tile;

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
