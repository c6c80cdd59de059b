using System.Numerics;
using System.Runtime.InteropServices;
using MarginalConditional.Statistics.Quadrature;

namespace MarginalConditional.Glmm.Likelihood;

/// <summary>A tensor grid of Gauss–Hermite nodes for the standard normal in q dimensions, pruned of negligible weights and padded to whole vectors.</summary>
/// <remarks>Padding nodes have z = 0 and a logarithmic weight so low that they never count.</remarks>
internal sealed class QuadratureGrid
{
    // A node below this weight cannot move a log-likelihood in its last printed digit: the integrand over the normal approximation is of order one.
    private const double NegligibleWeight = 1e-14;
    private const double PaddingLogWeight = -1e300;

    private readonly double[][] points;
    private readonly double[] nodes;
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
        points = [.. sorted.Select(node => node.Point)];
        Count = points.Length;
        Vectors = VectorPadding.Vectors(Count);
        Stride = Vectors * Vector<double>.Count;
        nodes = new double[dimension * Stride];
        logWeights = new double[Stride];
        adjustedLogWeights = new double[Stride];
        Array.Fill(logWeights, PaddingLogWeight);
        Array.Fill(adjustedLogWeights, PaddingLogWeight);
        for (var k = 0; k < Count; k++)
        {
            var square = 0.0;
            for (var d = 0; d < dimension; d++)
            {
                nodes[(d * Stride) + k] = points[k][d];
                square += points[k][d] * points[k][d];
            }

            logWeights[k] = sorted[k].Log;
            adjustedLogWeights[k] = sorted[k].Log + (0.5 * square);
        }
    }

    /// <summary>q.</summary>
    public int Dimension { get; }

    /// <summary>Nodes a dimension.</summary>
    public int NodesPerDimension { get; }

    /// <summary>The number of nodes kept.</summary>
    public int Count { get; }

    /// <summary>The number of vectors that hold them.</summary>
    public int Vectors { get; }

    /// <summary>The number of nodes with padding.</summary>
    public int Stride { get; }

    /// <summary>log w_k, padded.</summary>
    public ReadOnlySpan<Vector<double>> LogWeights => MemoryMarshal.Cast<double, Vector<double>>(logWeights);

    /// <summary>log w_k + ½‖z_k‖², padded.</summary>
    public ReadOnlySpan<Vector<double>> AdjustedLogWeights => MemoryMarshal.Cast<double, Vector<double>>(adjustedLogWeights);

    /// <summary>log w_k of one node; the nodes are those of the largest weights first.</summary>
    public double LogWeight(int k) => logWeights[k];

    /// <summary>log w_k + ½‖z_k‖² of one node.</summary>
    public double AdjustedLogWeight(int k) => adjustedLogWeights[k];

    /// <summary>The q coordinates of one node.</summary>
    public ReadOnlySpan<double> Point(int k) => points[k];

    /// <summary>Coordinate d of every node, padded.</summary>
    public ReadOnlySpan<Vector<double>> Nodes(int d) => MemoryMarshal.Cast<double, Vector<double>>(nodes.AsSpan(d * Stride, Stride));

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
