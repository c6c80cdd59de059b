using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Fitting;

/// <summary>The sentences that go with a fit.</summary>
internal static class FitWarnings
{
    /// <summary>How the iteration ended, where there are no estimates to speak of.</summary>
    public static IReadOnlyList<string> OfFailure(string ending) => ending.Length > 0 ? [ending] : [];

    /// <summary>All of them.</summary>
    /// <param name="frame">The rows fitted.</param>
    /// <param name="options">What was fitted.</param>
    /// <param name="ending">How the iteration ended; empty when it ended well.</param>
    /// <param name="note">What the correlation has to say, or null.</param>
    /// <param name="repaired">What was wrong with the correlation before it was repaired, or null.</param>
    public static IReadOnlyList<string> Collect(ModelFrame frame, GeeOptions options, string ending, string? note, string? repaired)
    {
        List<string> warnings = [.. OfFailure(ending)];
        if (repaired is not null)
        {
            warnings.Add($"{repaired} It was replaced by the nearest admissible correlation, as asked.");
        }

        if (note is not null)
        {
            warnings.Add(note);
        }

        if (frame.Clusters.MaximumSize == 1 && options.Correlation != WorkingCorrelation.Independence)
        {
            warnings.Add("Every cluster has one row: there is no correlation to estimate, and the fit is that under independence, as "
                + "--corr independence has it.");
        }

        if (WholeCounts.Describe(options.Family, frame.Response, frame.Trials, frame.Weights) is { } fractions)
        {
            // Quasi-likelihood takes them, yet they are more often a mistake.
            warnings.Add(options.Family == Family.Binomial
                ? $"{fractions}; the fit treats the outcome as a proportion by quasi-likelihood. Its numbers of trials go to --weights."
                : $"{fractions}; the fit treats the outcome as a rate by quasi-likelihood. Counts in a time or size go with --offset "
                    + "\"log(time)\".");
        }

        return warnings.AsReadOnly();
    }
}
