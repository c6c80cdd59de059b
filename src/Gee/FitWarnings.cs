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

    // Quasi-likelihood takes them, yet they are more often a mistake: proportions without --trials, rates instead of counts.
    private static string? Fraction(GeeFit fit)
    {
        var family = fit.Options.Family;
        var isCount = family == Family.Poisson || family is Family.NegativeBinomialFamily;
        if (!isCount && family != Family.Binomial)
        {
            return null;
        }

        var response = fit.Frame.Response;
        if (fit.Frame.Trials.IsEmpty && response.IndexOfAnyExcept(0.0, 1.0) < 0)
        {
            return null;
        }

        var rows = 0;
        for (var row = 0; row < response.Length; row++)
        {
            // As in R, prior weights of a binomial proportion may be its numbers of trials.
            var events = response[row] * (fit.Frame.Trials.IsEmpty ? 1 : fit.Frame.Trials[row]);
            rows += IsFraction(events) && (isCount || fit.Frame.Weights.IsEmpty || IsFraction(events * fit.Frame.Weights[row])) ? 1 : 0;
        }

        return rows == 0 ? null
            : isCount ? $"{(rows == 1 ? "One count is not a whole number" : $"{rows} counts are not whole numbers")}; the fit treats the outcome as a rate by quasi-likelihood."
            : $"{(rows == 1 ? "One number" : $"{rows} numbers")} of events, the outcome times its trials, {(rows == 1 ? "is" : "are")} not whole; the fit treats the outcome as a proportion by quasi-likelihood.";
    }

    private static bool IsFraction(double value) => Math.Abs(value - Math.Round(value)) > 1e-3;
}
