using System.Collections.Concurrent;
using MarginalConditional.Statistics.Quadrature;

namespace MarginalConditional.Glmm.Quadrature;

/// <summary>
/// A tensor grid of Gauss–Hermite nodes for the standard normal in q dimensions, pruned of negligible weights. Immutable.
/// </summary>
internal sealed class QuadratureGrid
{
    /// <summary>A node below this weight cannot move a log-likelihood in its last printed digit.</summary>
    /// <remarks>The integrand over the normal approximation is of order one.</remarks>
    private const double NegligibleWeight = 1e-14;

    /// <summary>The grids of one dimension that were asked for.</summary>
    private static readonly ConcurrentDictionary<int, QuadratureGrid> Lines = new();

    private readonly double[] coordinates;
    private readonly double[] logWeights;
    private readonly double[] adjustedLogWeights;

    /// <summary>Builds the grid.</summary>
    /// <param name="dimension">q ≥ 1.</param>
    /// <param name="nodesPerDimension">1 to 200.</param>
    public QuadratureGrid(int dimension, int nodesPerDimension)
    {
        Dimension = dimension;
        NodesPerDimension = nodesPerDimension;
        var rule = GaussHermiteRule.OfSize(nodesPerDimension);
        var kept = new List<(double[] Point, double Log)>();
        var index = new int[dimension];
        do
        {
            var log = 0.0;
            var point = new double[dimension];
            for (var d = 0; d < dimension; d++)
            {
                log += rule.LogWeights[index[d]];
                point[d] = rule.Nodes[index[d]];
            }

            if (dimension == 1 || log > Math.Log(NegligibleWeight))
            {
                kept.Add((point, log));
            }
        }
        while (Next(index, nodesPerDimension));

        // From the middle outwards, so that the largest term of an integrand comes early.
        (double[] Point, double Log)[] sorted = [.. kept.OrderByDescending(node => node.Log)];
        Count = sorted.Length;
        coordinates = new double[dimension * Count];
        logWeights = new double[Count];
        adjustedLogWeights = new double[Count];
        for (var k = 0; k < Count; k++)
        {
            var square = 0.0;
            for (var d = 0; d < dimension; d++)
            {
                coordinates[(d * Count) + k] = sorted[k].Point[d];
                square += sorted[k].Point[d] * sorted[k].Point[d];
            }

            logWeights[k] = sorted[k].Log;
            adjustedLogWeights[k] = sorted[k].Log + (0.5 * square);
        }
    }

    /// <summary>The grid of some nodes; in one dimension, where there are few, the same object every time.</summary>
    /// <param name="dimension">q ≥ 1.</param>
    /// <param name="nodesPerDimension">1 to 200.</param>
    public static QuadratureGrid Of(int dimension, int nodesPerDimension) => dimension == 1
        ? Lines.GetOrAdd(nodesPerDimension, nodes => new QuadratureGrid(1, nodes))
        : new QuadratureGrid(dimension, nodesPerDimension);

    /// <summary>q.</summary>
    public int Dimension { get; }

    /// <summary>Nodes a dimension.</summary>
    public int NodesPerDimension { get; }

    /// <summary>The number of nodes kept.</summary>
    public int Count { get; }

    /// <summary>log w_k; the nodes are those of the largest weights first.</summary>
    public ReadOnlySpan<double> LogWeights => logWeights;

    /// <summary>log w_k + ½‖z_k‖².</summary>
    public ReadOnlySpan<double> AdjustedLogWeights => adjustedLogWeights;

    /// <summary>Coordinate d of every node.</summary>
    public ReadOnlySpan<double> Coordinates(int d) => coordinates.AsSpan(d * Count, Count);

    private static bool Next(int[] index, int nodesPerDimension)
    {
        for (var d = index.Length - 1; d >= 0; d--)
        {
            if (++index[d] < nodesPerDimension)
            {
                return true;
            }

            index[d] = 0;
        }

        return false;
    }
}
