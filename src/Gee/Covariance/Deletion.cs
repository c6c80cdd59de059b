using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Covariance;

/// <summary>What the deletion of one cluster does to β̂, to first order.</summary>
internal static class Deletion
{
    /// <summary>
    /// (M − A_i)⁻¹U_i for every cluster, K×p by rows: β̂ less the one-step estimate without cluster i. NaN where M − A_i is singular.
    /// </summary>
    /// <param name="fit">The fit.</param>
    /// <param name="informations">A_i of each cluster, K matrices p×p.</param>
    public static double[] Changes(GeeFit fit, ReadOnlySpan<double> informations)
    {
        var p = fit.Coefficients.Length;
        var changes = fit.ClusterScores.ToArray();
        var remaining = new double[p * p];
        for (var i = 0; i < fit.Frame.Clusters.Count; i++)
        {
            var change = changes.AsSpan(i * p, p);
            var own = informations.Slice(i * p * p, p * p);
            for (var j = 0; j < remaining.Length; j++)
            {
                remaining[j] = fit.Information[j] - own[j];
            }

            if (Cholesky.TryFactor(remaining, p, out _))
            {
                Cholesky.Solve(remaining, p, change);
            }
            else
            {
                change.Fill(double.NaN);
            }
        }

        return changes;
    }
}
