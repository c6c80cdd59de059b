using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Glmm.Quadrature;

/// <summary>A few nodes at a time: their effects, the rows' densities there with derivatives, and then their weights in the sum.</summary>
/// <remarks>So many nodes are worked on together that a tile's rows stay in the nearest cache; a small cluster has one tile.</remarks>
internal sealed class NodeTile
{
    /// <summary>Rows times nodes of a tile.</summary>
    private const int TileVectors = 192;

    /// <summary>The nodes of a tile of a cluster that has too many rows for that.</summary>
    private const int SmallestTile = 4;

    private readonly LaneBlock block;
    private readonly ConditionalDensity density;
    private readonly NodePlacement placement;
    private readonly QuadratureGrid grid;
    private readonly int q;
    private readonly Vector256<double>[] terms;
    private readonly Vector256<double>[] effects;
    private readonly Vector256<double>[] weighted;
    private readonly Vector256<double>[] eta;
    private readonly Vector256<double>[] first;
    private readonly Vector256<double>[] second;
    private readonly Vector256<double>[] dispersion;
    private readonly Vector256<double>[] inflation;
    private int size;
    private int start;
    private int count;

    /// <summary>Makes room for the largest tile.</summary>
    /// <param name="block">The clusters.</param>
    /// <param name="placement">Where their nodes lie.</param>
    /// <param name="grid">The nodes z with their weights.</param>
    public NodeTile(LaneBlock block, NodePlacement placement, QuadratureGrid grid)
    {
        this.block = block;
        density = block.Density;
        this.placement = placement;
        this.grid = grid;
        q = block.Dimension;
        Capacity = SizeFor(1, grid.Count);
        var rowNodes = Math.Min(Math.Max(TileVectors, SmallestTile * block.MaximumRows), block.MaximumRows * grid.Count);
        (terms, eta, dispersion) = (new Vector256<double>[Capacity], new Vector256<double>[Capacity], new Vector256<double>[Capacity]);
        (effects, weighted) = (new Vector256<double>[Capacity * q], new Vector256<double>[Capacity * q]);
        (first, second) = (new Vector256<double>[rowNodes], new Vector256<double>[rowNodes]);
        inflation = density.IsInflated ? new Vector256<double>[rowNodes] : [];
    }

    /// <summary>The most nodes that a tile may have.</summary>
    public int Capacity { get; }

    /// <summary>The nodes in the tile now.</summary>
    public int Count => count;

    /// <summary>Whether no tile went before.</summary>
    public bool IsFirst => start == 0;

    /// <summary>By node: the logarithms of the terms, and after <see cref="Weigh"/> the terms over the largest so far.</summary>
    public ReadOnlySpan<Vector256<double>> Terms => terms.AsSpan(0, count);

    /// <summary>By node: ∂ℓ/∂log φ, where the dispersion is free.</summary>
    public ReadOnlySpan<Vector256<double>> DispersionSlopes => dispersion.AsSpan(0, count);

    /// <summary>By node: u_b.</summary>
    public ReadOnlySpan<Vector256<double>> Effects(int b) => effects.AsSpan(b * size, count);

    /// <summary>By node: z_d.</summary>
    public ReadOnlySpan<double> Coordinates(int d) => grid.Coordinates(d).Slice(start, count);

    /// <summary>By node: the term times z_d.</summary>
    public ReadOnlySpan<Vector256<double>> Weighted(int d) => weighted.AsSpan(d * size, count);

    /// <summary>By node: ℓ′ of row i.</summary>
    public ReadOnlySpan<Vector256<double>> First(int i) => first.AsSpan(i * size, count);

    /// <summary>By node: ℓ″ of row i, where the information was asked for.</summary>
    public ReadOnlySpan<Vector256<double>> Second(int i) => second.AsSpan(i * size, count);

    /// <summary>By node: ∂ℓ/∂ζ of row i, where there are excess zeros and derivatives were asked for.</summary>
    public ReadOnlySpan<Vector256<double>> Inflation(int i) => inflation.AsSpan(i * size, count);

    /// <summary>Goes before the first tile of the clusters loaded.</summary>
    public void Rewind()
    {
        size = SizeFor(block.Rows, grid.Count);
        (start, count) = (0, 0);
    }

    /// <summary>Takes the next tile, with the logarithms of its terms and the derivatives of its rows.</summary>
    /// <returns>False when all nodes are done.</returns>
    public bool Next(EvaluationNeeds needs)
    {
        start += count;
        count = Math.Min(size, grid.Count - start);
        if (count == 0)
        {
            return false;
        }

        FillNodes();
        AddRows(needs);
        return true;
    }

    /// <summary>The largest logarithm of a term, and of one of the tiles before.</summary>
    public Vector256<double> Highest(Vector256<double> before)
    {
        foreach (var log in Terms)
        {
            before = Vector256.Max(before, log);
        }

        return before;
    }

    /// <summary>Replaces the logarithms by the terms over the largest so far.</summary>
    public void Weigh(Vector256<double> top)
    {
        var weights = terms.AsSpan(0, count);
        for (var k = 0; k < weights.Length; k++)
        {
            weights[k] = LaneExponential.Exp(weights[k] - top);
        }

        for (var d = 0; d < q; d++)
        {
            LaneArithmetic.Multiply(weights, Coordinates(d), weighted.AsSpan(d * size, count));
        }
    }

    private static int SizeFor(int rows, int nodes) => Math.Min(nodes, Math.Max(SmallestTile, TileVectors / Math.Max(1, rows)));

    /// <summary>u_k, and log w_k − ½‖u_k‖² + ½‖z_k‖²; at fixed places log w_k alone.</summary>
    private void FillNodes()
    {
        var logs = terms.AsSpan(0, count);
        var weights = (placement.Adaptive ? grid.AdjustedLogWeights : grid.LogWeights).Slice(start, logs.Length);
        for (var k = 0; k < logs.Length; k++)
        {
            logs[k] = Vector256.Create(weights[k]);
        }

        var centre = placement.Centre;
        var transform = placement.Transform;
        for (var b = 0; b < q; b++)
        {
            var own = effects.AsSpan(b * size, logs.Length);
            own.Fill(centre[b]);
            for (var d = b; d < q; d++)
            {
                LaneArithmetic.AddScaled(transform[(b * q) + d], Coordinates(d), own);
            }

            for (var k = 0; placement.Adaptive && k < logs.Length; k++)
            {
                logs[k] -= 0.5 * own[k] * own[k];
            }
        }
    }

    /// <summary>Adds the rows' log-densities at the nodes, leaving their derivatives.</summary>
    private void AddRows(EvaluationNeeds needs)
    {
        var logs = terms.AsSpan(0, count);
        var predictor = eta.AsSpan(0, count);
        var slopesOfDispersion = needs >= EvaluationNeeds.Gradient && density.HasFreeDispersion ? dispersion.AsSpan(0, count) : [];
        slopesOfDispersion.Clear();
        var phi = block.Dispersion;
        var response = block.Response;
        var weight = block.Weight;
        var centre = placement.Predictor;
        var along = placement.Along;
        for (var i = 0; i < centre.Length; i++)
        {
            predictor.Fill(centre[i]);
            for (var d = 0; d < q; d++)
            {
                LaneArithmetic.AddScaled(along[(i * q) + d], Coordinates(d), predictor);
            }

            var slopes = first.AsSpan(i * size, count);
            if (needs >= EvaluationNeeds.Information)
            {
                density.AlongNodes(response[i], weight[i], phi, predictor, logs, slopes, second.AsSpan(i * size, count));
            }
            else
            {
                density.AlongNodes(response[i], weight[i], phi, predictor, logs, slopes);
            }

            if (density.IsInflated && needs >= EvaluationNeeds.Gradient)
            {
                density.InflationAlongNodes(response[i], weight[i], phi, predictor, inflation.AsSpan(i * size, count));
            }

            if (!slopesOfDispersion.IsEmpty)
            {
                density.DispersionAlongNodes(response[i], weight[i], phi, predictor, slopesOfDispersion);
            }
        }
    }
}
