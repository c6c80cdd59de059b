using MarginalConditional.Compare.Averaging;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Ladders.Building;
using MarginalConditional.Compare.Standardization;

namespace MarginalConditional.Compare.Comparison;

/// <summary>The ladder of how an effect changes between two times.</summary>
internal static class ChangeBetweenTimes
{
    /// <summary>Builds the ladder; null where no change was asked for or a row has no mean at one of the times.</summary>
    /// <param name="models">Both fits.</param>
    /// <param name="options">The times, level and reference.</param>
    /// <param name="levels">The treatment's levels, the reference first.</param>
    /// <param name="terms">Which steps are zero whatever the data say.</param>
    public static EstimandLadder? Of(
        StandardizedModels models, ComparisonOptions options, IReadOnlyList<string>? levels, LadderTerms terms)
    {
        if (TimesCompared.Of(options, Standardized) is not { } times)
        {
            return null;
        }

        var mixed = Change(models.Mixed, models.MixedErrors, models.MixedChanges, models.Spread);
        var marginal = Change(models.Marginal, models.Errors, models.MarginalChanges, null);
        var sides = new LadderSides(mixed, options.Level, times.DegreesOfFreedom)
            .Of($"GEE, {models.Gee.Correlation.Name}", marginal.Rungs, 1, 3, 4);
        return mixed with { Sides = [.. sides] };

        TrialStandardization? Standardized(IReadOnlyList<(string Variable, string Value)> at, bool everybody)
            => TrialStandardization.Of(models.Marginal.Frame, options with { At = at }, levels, everybody);

        EstimandLadder Change(WorkingModel model, StandardizedErrors errors, double[] changes, SpreadEstimate? spread) => times.Ladder.Of(
            new ClusterLadder(times.First, times.First.Averages(model, errors, changes), terms, options).Build(),
            new ClusterLadder(times.Second, times.Second.Averages(model, errors, changes), terms, options).Build(),
            spread);
    }
}
