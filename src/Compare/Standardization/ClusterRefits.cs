using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm;

namespace MarginalConditional.Compare.Standardization;

/// <summary>Fits of a mixed model without one cluster at a time.</summary>
internal static class ClusterRefits
{
    /// <summary>ψ̂ less the estimate without cluster i, K×m by rows. NaN where the fit failed.</summary>
    public static double[] Of(GlmmFit fit)
    {
        var m = fit.ParameterCount;
        var clusters = fit.Frame.Clusters.Count;
        var changes = new double[clusters * m];
        var options = fit.Options with
        {
            Threads = 1,
            Nodes = fit.Nodes,
            AutomaticNodes = false,
            CheckNodes = false,
            ComputeCovariance = false,
        };
        var limit = fit.Options.Threads == 0 ? Environment.ProcessorCount : fit.Options.Threads;
        Parallel.For(0, clusters, new ParallelOptions { MaxDegreeOfParallelism = limit }, i =>
        {
            var refit = GlmmFitter.Fit(FrameSubset.WithoutCluster(fit.Frame, i), options);
            for (var j = 0; j < m; j++)
            {
                changes[(i * m) + j] = refit.Convergence.Converged ? fit.Parameters[j] - refit.Parameters[j] : double.NaN;
            }
        });
        return changes;
    }
}
