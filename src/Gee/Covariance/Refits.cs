using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Gee.Covariance;

/// <summary>Fits without one cluster at a time.</summary>
internal static class Refits
{
    /// <summary>
    /// β̂ less the estimate without cluster i, K×p by rows. NaN where the fit failed; all NaN where there is no estimate.
    /// </summary>
    public static double[] Changes(GeeFit fit)
    {
        var p = fit.Coefficients.Length;
        var clusters = fit.Frame.Clusters.Count;
        var changes = new double[clusters * p];
        if (clusters < 2 || !fit.Convergence.Converged)
        {
            Array.Fill(changes, double.NaN);
            return changes;
        }

        var options = fit.Options with { Threads = 1 };
        using var work = LongWork.Begin("refits without a cluster", clusters);
        ParallelWork.For(0, clusters, fit.Options.Threads, i =>
        {
            var refit = Refit(FrameSubset.WithoutCluster(fit.Frame, i), options);
            for (var j = 0; j < p; j++)
            {
                changes[(i * p) + j] = refit is { Convergence.Converged: true } ? fit.Coefficients[j] - refit.Coefficients[j] : double.NaN;
            }

            work.Step();
        });
        return changes;
    }

    /// <summary>A fit; null where the rows that are left cannot carry the model.</summary>
    private static GeeFit? Refit(ModelFrame frame, GeeOptions options)
    {
        try
        {
            return GeeFitter.Fit(frame, options);
        }
        catch (InputException)
        {
            return null;
        }
    }
}
