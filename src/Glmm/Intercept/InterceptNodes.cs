using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Statistics.Functions;
using MarginalConditional.Statistics.Quadrature;

namespace MarginalConditional.Glmm.Intercept;

/// <summary>
/// A few nodes at a time of the clusters of a block: what the law says there, the rows' derivatives, and the weights in the sum.
/// </summary>
internal sealed class InterceptNodes
{
    /// <summary>Rows times nodes that are worked on together.</summary>
    private const int TileVectors = 192;

    private const int SmallestTile = 4;

    private readonly InterceptBlock block;
    private readonly double[] places;
    private readonly double[] logWeights;
    private readonly Vector256<double>[] terms;
    private readonly Vector256<double>[] effects;
    private readonly Vector256<double>[] eta;
    private readonly Vector256<double>[] first;
    private readonly Vector256<double>[] second;
    private int size;
    private int start;
    private int count;

    /// <summary>Makes room for the largest tile.</summary>
    /// <param name="block">The clusters.</param>
    /// <param name="nodes">The number of nodes; a discrete law has its own.</param>
    public InterceptNodes(InterceptBlock block, int nodes)
    {
        this.block = block;
        var atoms = block.Law.Atoms;
        if (atoms.IsEmpty)
        {
            // From the middle outwards, so that the largest term comes early.
            var rule = GaussHermiteRule.OfSize(nodes);
            var order = Enumerable.Range(0, nodes).OrderBy(k => Math.Abs((2 * k) + 1 - nodes)).ThenBy(k => k).ToArray();
            places = [.. order.Select(k => rule.Nodes[k])];
            logWeights = [.. order.Select(k => rule.LogWeights[k] + (0.5 * rule.Nodes[k] * rule.Nodes[k]))];
        }
        else
        {
            places = atoms.ToArray();
            logWeights = [.. places.Select(_ => -Math.Log(places.Length))];
        }

        var capacity = places.Length;
        var rowNodes = Math.Max(TileVectors, SmallestTile * block.MaximumRows);
        (terms, effects, eta) = (new Vector256<double>[capacity], new Vector256<double>[capacity], new Vector256<double>[capacity]);
        (first, second) = (new Vector256<double>[rowNodes], new Vector256<double>[rowNodes]);
        (Motion, Score, ScoreSlope) = (new Vector256<double>[capacity], new Vector256<double>[capacity], new Vector256<double>[capacity]);
    }

    /// <summary>The most nodes that a tile may have.</summary>
    public int Capacity => places.Length;

    /// <summary>The nodes in the tile now.</summary>
    public int Count => count;

    /// <summary>Whether no tile went before.</summary>
    public bool IsFirst => start == 0;

    /// <summary>By node: the logarithms of the terms, and after <see cref="Weigh"/> the terms over the largest so far.</summary>
    public ReadOnlySpan<Vector256<double>> Terms => terms.AsSpan(0, count);

    /// <summary>By node: ∂b/∂σ.</summary>
    public Vector256<double>[] Motion { get; }

    /// <summary>By node: the derivative in σ of the law's log-density.</summary>
    public Vector256<double>[] Score { get; }

    /// <summary>By node: its second derivative.</summary>
    public Vector256<double>[] ScoreSlope { get; }

    /// <summary>By node: ℓ′ of row i.</summary>
    public ReadOnlySpan<Vector256<double>> First(int i) => first.AsSpan(i * size, count);

    /// <summary>By node: ℓ″ of row i.</summary>
    public ReadOnlySpan<Vector256<double>> Second(int i) => second.AsSpan(i * size, count);

    /// <summary>Goes before the first tile of the clusters loaded.</summary>
    public void Rewind()
    {
        size = Math.Min(places.Length, Math.Max(SmallestTile, TileVectors / Math.Max(1, block.Rows)));
        (start, count) = (0, 0);
    }

    /// <summary>Takes the next tile; false when all nodes are done.</summary>
    /// <param name="centre">Where the nodes are centred.</param>
    /// <param name="width">Their unit.</param>
    public bool Next(Vector256<double> centre, Vector256<double> width)
    {
        start += count;
        count = Math.Min(size, places.Length - start);
        if (count == 0)
        {
            return false;
        }

        for (var k = 0; k < count; k++)
        {
            block.Law.At(block.Constants, centre + (places[start + k] * width), out var node);
            terms[k] = node.Log + Vector256.Create(logWeights[start + k]);
            (effects[k], Motion[k], Score[k], ScoreSlope[k]) = (node.Effect, node.Motion, node.Score, node.ScoreSlope);
        }

        var response = block.Response;
        var weight = block.Weight;
        var predictor = eta.AsSpan(0, count);
        for (var i = 0; i < response.Length; i++)
        {
            var own = block.Predictor[i];
            for (var k = 0; k < predictor.Length; k++)
            {
                predictor[k] = own + effects[k];
            }

            block.Density.AlongNodes(
                response[i],
                weight[i],
                1,
                predictor,
                terms.AsSpan(0, count),
                first.AsSpan(i * size, count),
                second.AsSpan(i * size, count));
        }

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
    }
}
