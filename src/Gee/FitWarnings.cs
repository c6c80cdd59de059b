using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee;

/// <summary>The sentences that go with a fit.</summary>
internal static class FitWarnings
{
    private const int FewClusters = 40;

    public static IReadOnlyList<string> Collect(GeeFit fit, CorrelationKernel kernel, string? repaired)
    {
        var warnings = new List<string>();
        if (fit.Convergence.Message.Length > 0)
        {
            warnings.Add(fit.Convergence.Message);
        }

        if (double.IsNaN(fit.Coefficients[0]))
        {
            return warnings;
        }

        if (repaired is not null)
        {
            warnings.Add($"{repaired} It was replaced by the nearest admissible correlation, as asked.");
        }

        if (kernel.Note is { } note)
        {
            warnings.Add(note);
        }

        if (fit.Frame.Clusters.MaximumSize == 1 && fit.Options.Correlation != WorkingCorrelation.Independence)
        {
            warnings.Add("Every cluster has one row: there is no correlation to estimate, and the fit is that under independence.");
        }

        if (Fraction(fit) is { } fraction)
        {
            warnings.Add(fraction);
        }

        var clusters = fit.Frame.Clusters.Count;
        var coefficients = fit.Frame.Design.Columns;
        if (clusters == 1)
        {
            warnings.Add("There is one cluster only: the robust variance is zero by construction and says nothing; use the model-based variance.");
        }
        else if (clusters <= coefficients)
        {
            warnings.Add($"There are {clusters} clusters and {coefficients} coefficients: the robust variance is singular, and tests based on it are void.");
        }
        else if (clusters < FewClusters && fit.Options.Variance == GeeVariance.Robust)
        {
            warnings.Add($"There are {clusters} clusters: with fewer than {FewClusters} the robust standard errors are too small; consider Kauermann-Carroll or Mancl-DeRouen with t intervals.");
        }

        return warnings;
    }

    // Quasi-likelihood takes them, yet they are more often a mistake.
    private static string? Fraction(GeeFit fit) =>
        WholeCounts.Describe(fit.Options.Family, fit.Frame.Response, fit.Frame.Trials, fit.Frame.Weights) is { } fractions
            ? $"{fractions}; the fit treats the outcome as a {(fit.Options.Family == Family.Binomial ? "proportion" : "rate")} by quasi-likelihood."
            : null;
}
