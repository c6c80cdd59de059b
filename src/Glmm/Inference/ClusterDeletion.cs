using MarginalConditional.Mixed;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Inference;

/// <summary>What leaving each cluster out does to the coefficients, by one Newton step of all parameters and no second fit.</summary>
public static class ClusterDeletion
{
    /// <summary>Leaves out each group of the coarsest random effects, or where effects cross each cluster of the frame.</summary>
    /// <param name="fit">The fit.</param>
    /// <exception cref="ArgumentException">No cluster can be left out: see <see cref="IsDefined"/>.</exception>
    public static DeletedClusters Of(GlmmFit fit)
    {
        if (!IsDefined(fit))
        {
            throw new ArgumentException("The fit has no covariance, or no independent clusters.", nameof(fit));
        }

        var (p, m) = (fit.Coefficients.Length, fit.ParameterCount);
        var deletions = ClusterCurvature.Deletions(fit);
        var changes = new double[deletions.Length / m * p];
        for (var i = 0; i < changes.Length / p; i++)
        {
            deletions.AsSpan(i * m, p).CopyTo(changes.AsSpan(i * p));
        }

        return new DeletedClusters(
            fit.Model.Crossed is null ? ClusterList.Of(fit.Model.Levels[0].Terms[0]) : ClusterList.Of(fit.Frame.Clusters),
            changes,
            CoefficientInformation(fit, p, m));
    }

    /// <summary>Whether one cluster can be left out: the fit has a covariance, and no crossed effect reaches across its clusters.</summary>
    public static bool IsDefined(GlmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return !fit.ClusterScores.IsEmpty && !fit.JointCovariance.IsEmpty && !fit.HasInfiniteEstimates;
    }

    /// <summary>The inverse of the coefficients' covariance, p×p; not numbers when it is singular.</summary>
    private static double[] CoefficientInformation(GlmmFit fit, int p, int m)
    {
        double[] own = new double[p * p], information = new double[p * p];
        for (var j = 0; j < p; j++)
        {
            fit.JointCovariance.Slice(j * m, p).CopyTo(own.AsSpan(j * p));
        }

        if (!Cholesky.TryInvert(own, p, new double[p * p], information))
        {
            Array.Fill(information, double.NaN);
        }

        return information;
    }
}
