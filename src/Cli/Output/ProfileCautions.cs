using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Output;

/// <summary>Which limits of profile intervals are missing, and why.</summary>
internal static class ProfileCautions
{
    private const int MostNamed = 6;

    /// <summary>The sentences.</summary>
    /// <param name="intervals">The intervals.</param>
    /// <param name="convergence">How the search for the maximum of the fit ended.</param>
    public static IEnumerable<string> Of(IReadOnlyList<ProfileInterval> intervals, Convergence convergence)
    {
        var missing = intervals.Where(interval => double.IsNaN(interval.Lower) || double.IsNaN(interval.Upper)).ToList();
        if (missing.Count == 0)
        {
            yield break;
        }

        if (convergence is { Converged: false, Status: not ConvergenceStatus.Separation })
        {
            yield return "The fit has not converged: without a maximum to fall from there are no profile intervals.";
            yield break;
        }

        if (missing.Any(interval => interval.Overtaken))
        {
            yield return "On the way to the limits of profile intervals the log-likelihood rose above that of the fit, which is not at its "
                + "highest maximum: there is nothing to fall from, and a dash stands for the limits. Use a simpler model.";
            yield break;
        }

        if (missing.Where(interval => interval.RanOut).ToList() is { Count: > 0 } spent)
        {
            yield return $"The profile has reached no limit within the evaluations of the likelihood that a search may take (see "
                + $"--verbose): a dash stands for it in the intervals of {Names(spent)}. Use Wald intervals, or a simpler model.";
        }

        if (missing.Where(interval => !interval.RanOut).ToList() is { Count: > 0 } failed)
        {
            yield return $"A maximization on the way to a limit has failed: a dash stands for it in the intervals of {Names(failed)}. "
                + "Use Wald intervals, or a simpler model.";
        }
    }

    private static string Names(List<ProfileInterval> intervals)
    {
        var names = string.Join(", ", intervals.Take(MostNamed).Select(interval => interval.Label));
        return intervals.Count > MostNamed ? $"{names} and {intervals.Count - MostNamed} more" : names;
    }
}
