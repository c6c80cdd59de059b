using System.Numerics.Tensors;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Fitting;

/// <summary>The contributions of single clusters at the end of a fit: U_i = DᵀV⁻¹(y − μ) and A_i = DᵀV⁻¹D.</summary>
internal sealed class ClusterTerms(GeeData data, BlockEvaluator evaluator, CorrelationKernel kernel, double[] beta, double scale, int threads)
{
    private readonly int p = data.Coefficients;

    /// <summary>U_i for all clusters, K×p by rows.</summary>
    public double[] Scores()
    {
        var scores = new double[data.Frame.Clusters.Count * p];
        Visit((buffers, cluster, from, size, rows) =>
        {
            var residual = buffers.Column(p, rows).Slice(from, size);
            for (var j = 0; j < p; j++)
            {
                scores[(cluster * p) + j] = Dot(buffers.Column(j, rows).Slice(from, size), residual) / scale;
            }
        });
        return scores;
    }

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

    /// <summary>M = ΣA_i and its inverse, p×p; NaN when M is singular.</summary>
    public (double[] Information, double[] Inverse) InformationAndInverse(EstimatingPass pass)
    {
        pass.Run(beta, asIndependence: false);
        var information = new double[p * p];
        TensorPrimitives.Divide(pass.Information, scale, information);
        Dense.MirrorLower(information, p);
        var inverse = new double[p * p];
        if (!Cholesky.TryInvert(information, p, new double[p * p], inverse))
        {
            Array.Fill(inverse, double.NaN);
        }

        return (information, inverse);
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
