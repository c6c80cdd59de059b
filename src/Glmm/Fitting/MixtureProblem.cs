using System.Globalization;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Densities;

namespace MarginalConditional.Glmm.Fitting;

/// <summary>Why outcomes cannot have the mixture asked for.</summary>
internal static class MixtureProblem
{
    /// <summary>How far from whole a number of events may be that was kept as a proportion.</summary>
    private const double WholeEvents = 1e-3;

    /// <summary>A sentence for the user; null without a mixture, or where outcomes may have it.</summary>
    public static string? Of(ModelFrame frame, GlmmOptions options) =>
        options.ZeroInflation ? ZeroInflationProblem(frame, options) : options.BetaBinomial ? BetaBinomialProblem(frame) : null;

    /// <summary>Why counts have no excess zeros, a sentence; null if they may have.</summary>
    private static string? ZeroInflationProblem(ModelFrame frame, GlmmOptions options) =>
        options.BetaBinomial ? "Excess zeros are of counts, and the beta-binomial is a distribution of proportions. Choose one of the two."
        : !frame.Response.Contains(0) ? "No outcome is 0, so that there are no excess zeros to be told. Leave out --zero-inflation."
        : null;

    /// <summary>Why outcomes have no beta-binomial distribution, a sentence; null if they have.</summary>
    private static string? BetaBinomialProblem(ModelFrame frame)
    {
        if (frame.Trials.IsEmpty || !frame.Trials.ContainsAnyExcept(0, 1))
        {
            return "The beta-binomial family needs numbers of trials, and every row of this outcome has one: a single yes or no cannot "
                + "vary more than its probability allows. Give events / trials on the left or --trials, or use --family binomial.";
        }

        for (var row = 0; row < frame.Rows; row++)
        {
            var (trials, events) = (frame.Trials[row], frame.Trials[row] * frame.Response[row]);
            if (trials != Math.Round(trials) || Math.Abs(events - Math.Round(events)) > WholeEvents || trials > EventCode.MostTrials)
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"The beta-binomial family needs whole numbers of events and of trials up to {EventCode.MostTrials}, and a row has "
                        + $"{events:G6} of {trials:G6}. Give counts, or use --family binomial.");
            }
        }

        return null;
    }
}
