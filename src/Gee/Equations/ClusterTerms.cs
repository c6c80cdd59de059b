using MarginalConditional.Data.Rows;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Equations;

/// <summary>The contributions of single clusters to the information, A_i = D_iᵀV_i⁻¹D_i.</summary>
internal static class ClusterTerms
{
    /// <summary>A_i for all clusters, K matrices p×p.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="kernel">The working correlation, prepared.</param>
    /// <param name="beta">β, p values.</param>
    /// <param name="scale">φ.</param>
    /// <param name="threads">The number of threads; 0 means all processors.</param>
    public static double[] Informations(GeeData data, CorrelationKernel kernel, double[] beta, double scale, int threads)
    {
        var p = data.Coefficients;
        var clusters = data.Frame.Clusters;
        var evaluator = new BlockEvaluator(data);
        var informations = new double[checked(clusters.Count * p * p)];
        data.Chunks.Run(threads, chunk =>
        {
            var end = data.Chunks.End(chunk);
            using var buffers = evaluator.CreateScratch(data.Chunks.Start(chunk), end);
            for (int first = data.Chunks.Start(chunk), next; first < end; first = next)
            {
                next = evaluator.BlockEnd(first, end);
                evaluator.Evaluate(kernel, first, next, beta, buffers, moments: null, []);
                var (origin, rows) = (clusters.Start(first), clusters.Offsets[next] - clusters.Start(first));
                for (var i = first; i < next; i++)
                {
                    Fill(buffers, rows, clusters.Start(i) - origin, clusters.Size(i), scale, informations.AsSpan(i * p * p, p * p));
                }
            }
        });
        return informations;
    }

    /// <summary>The products of the whitened columns of one cluster, over φ.</summary>
    private static void Fill(BlockScratch buffers, int rows, int from, int size, double scale, Span<double> information)
    {
        var p = (int)Math.Sqrt(information.Length);
        for (var j = 0; j < p; j++)
        {
            ReadOnlySpan<double> column = buffers.Column(j, rows).Slice(from, size);
            for (var k = 0; k <= j; k++)
            {
                var value = SpanMath.Dot(column, buffers.Column(k, rows).Slice(from, size)) / scale;
                information[(j * p) + k] = value;
                information[(k * p) + j] = value;
            }
        }
    }
}
