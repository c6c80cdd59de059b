using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Model;

namespace MarginalConditional.Glmm.LargeClusters;

/// <summary>Passes over the rows of a large cluster on all threads, each a sum of numbers. Scratch of one likelihood.</summary>
/// <remarks>Chunks add to sums of their own, which are added in the order of the chunks, and the lanes in theirs.</remarks>
internal sealed class LargeClusterPasses
{
    private readonly int p;
    private readonly int q;
    private readonly int order;
    private readonly bool freeDispersion;
    private readonly int threads;
    private readonly ScratchPool<LargeClusterRows> scratch;
    private readonly Vector256<double>[] linear;
    private LargeCluster cluster;
    private Vector256<double>[] sums = [];

    /// <summary>Allocates for the longest cluster.</summary>
    /// <param name="clusters">The large clusters of a model, at least one.</param>
    /// <param name="columns">p.</param>
    /// <param name="covariance">The parametrization of D.</param>
    /// <param name="density">Family and link.</param>
    /// <param name="point">The parameters of the evaluation.</param>
    /// <param name="threads">0 for all processors.</param>
    public LargeClusterPasses(
        IReadOnlyList<LargeCluster> clusters,
        int columns,
        CovarianceFactor covariance,
        ConditionalDensity density,
        ParameterPoint point,
        int threads)
    {
        (p, q, order) = (columns, covariance.Dimension, columns + covariance.ParameterCount);
        freeDispersion = density.HasFreeDispersion;
        this.threads = threads;
        scratch = new ScratchPool<LargeClusterRows>(() => new LargeClusterRows(columns, covariance, density, point));
        linear = new Vector256<double>[clusters.Max(large => large.Length)];
        cluster = clusters[0];
    }

    /// <summary>What one row of data works on.</summary>
    private delegate void Pass(LargeClusterRows rows, int start, int end, Span<Vector256<double>> sums);

    /// <summary>Takes the rows of a cluster at the parameters of the point.</summary>
    public void Load(LargeCluster large)
    {
        cluster = large;
        Run([], (rows, start, end, _) => rows.FillLinear(cluster, start, end, linear));
    }

    /// <summary>What depends on the dispersion alone, and its derivative in log φ.</summary>
    /// <param name="totals">Two numbers.</param>
    public void Constants(double[] totals) => Run(totals, (rows, start, end, own) => rows.AddConstants(cluster, start, end, own));

    /// <summary><see cref="LargeClusterRows.AddHeight"/> of all rows: 1 + q + q² numbers.</summary>
    public void Height(double[] b, double[] totals) => Run(
        totals.AsSpan(0, 1 + q + (q * q)),
        (rows, start, end, own) => rows.AddHeight(cluster, start, end, linear, b, own));

    /// <summary><see cref="LargeClusterRows.AddNodes"/> of all rows.</summary>
    /// <param name="effects">b of the nodes: effect, then node.</param>
    /// <param name="nodes">K.</param>
    /// <param name="withGradient">Whether more than Σ ℓ is wanted.</param>
    /// <param name="totals">Receives K times 1 + p + q (+ 1) numbers, or K.</param>
    public void Nodes(double[] effects, int nodes, bool withGradient, double[] totals) => Run(
        totals.AsSpan(0, nodes * (withGradient ? 1 + p + q + (freeDispersion ? 1 : 0) : 1)),
        (rows, start, end, own) => rows.AddNodes(cluster, start, end, linear, effects, nodes, withGradient, own));

    /// <summary><see cref="LargeClusterRows.AddInformation"/> of all rows.</summary>
    public void Information(double[] effects, double[] weights, int nodes, double[] totals) => Run(
        totals.AsSpan(0, order * order),
        (rows, start, end, own) => rows.AddInformation(cluster, start, end, linear, effects, weights, nodes, own));

    /// <summary><see cref="LargeClusterRows.AddMovement"/> of all rows.</summary>
    public void Movement(double[] b, double[] spread, double[] totals) => Run(
        totals.AsSpan(0, p + (2 * q) + (p * q) + (q * q) + (freeDispersion ? 1 + q : 0)),
        (rows, start, end, own) => rows.AddMovement(cluster, start, end, linear, b, spread, own));

    private void Run(Span<double> totals, Pass pass)
    {
        var (chunks, width) = (cluster.Chunks, totals.Length);
        if (sums.Length < chunks.Count * width)
        {
            sums = new Vector256<double>[chunks.Count * width];
        }

        sums.AsSpan(0, chunks.Count * width).Clear();
        chunks.Run(threads, chunk =>
        {
            var rows = scratch.Rent();
            var (start, end) = cluster.Range(chunk);
            pass(rows, start, end, sums.AsSpan(chunk * width, width));
            scratch.Return(rows);
        });
        for (var j = 0; j < width; j++)
        {
            var total = Vector256<double>.Zero;
            for (var chunk = 0; chunk < chunks.Count; chunk++)
            {
                total += sums[(chunk * width) + j];
            }

            totals[j] = Vector256.Sum(total);
        }
    }
}
