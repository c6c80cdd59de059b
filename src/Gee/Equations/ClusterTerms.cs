using System.Numerics.Tensors;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee.Correlation;

namespace MarginalConditional.Gee.Equations;

/// <summary>The contributions of single clusters at the end of a fit: U_i = DᵀV⁻¹(y − μ) and A_i = DᵀV⁻¹D.</summary>
internal sealed class ClusterTerms(GeeData data, BlockEvaluator evaluator, CorrelationKernel kernel, double[] beta, double scale, int threads)
{
    private readonly int p = data.Coefficients;

    /// <summary>A_i for all clusters, K matrices p×p.</summary>
    public double[] Informations()
    {
        var informations = new double[checked(data.Frame.Clusters.Count * p * p)];
        Visit((buffers, cluster, from, size, rows) =>
        {
            var information = informations.AsSpan(cluster * p * p, p * p);
            for (var j = 0; j < p; j++)
            {
                for (var k = 0; k <= j; k++)
                {
                    var value = Dot(buffers.Column(j, rows).Slice(from, size), buffers.Column(k, rows).Slice(from, size)) / scale;
                    information[(j * p) + k] = value;
                    information[(k * p) + j] = value;
                }
            }
        });
        return informations;
    }

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => TensorPrimitives.Dot(x, y);

    private void Visit(Action<BlockScratch, int, int, int, int> cluster)
    {
        var clusters = data.Frame.Clusters;
        data.Chunks.Run(threads, chunk =>
        {
            var end = data.Chunks.End(chunk);
            var buffers = evaluator.CreateScratch(data.Chunks.Start(chunk), end);
            for (int first = data.Chunks.Start(chunk), next; first < end; first = next)
            {
                next = evaluator.BlockEnd(first, end);
                evaluator.Evaluate(kernel, first, next, beta, buffers, moments: null, []);
                var origin = clusters.Start(first);
                for (var i = first; i < next; i++)
                {
                    cluster(buffers, i, clusters.Start(i) - origin, clusters.Size(i), clusters.Offsets[next] - origin);
                }
            }
        });
    }
}
