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
        if (options.Between is not { Variable: { } variable } times)
        {
            return null;
        }

        var (first, second) = (At(times.From, false), At(times.To, false));
        if (first?.IsRobust != second?.IsRobust)
        {
            // The same population at both times: where one of them was not seen, that is everybody.
            (first, second) = (At(times.From, true), At(times.To, true));
        }

        if (first is null || second is null)
        {
            return null;
        }

        double? degreesOfFreedom =
            options.NormalReference ? null : Math.Min(first.Rows.ClustersSeen, second.Rows.ClustersSeen) - 1;
        var change = new ChangeLadder(variable, $"{times.To} - {times.From}", options.Level, degreesOfFreedom);
        var mixed = Change(models.Mixed, models.MixedErrors, models.MixedChanges, models.Spread);
        var marginal = Change(models.Marginal, models.Errors, models.MarginalChanges, null);
        var sides = new LadderSides(mixed, options.Level, degreesOfFreedom)
            .Of($"GEE, {models.Gee.Correlation.Name}", marginal.Rungs, 1, 3, 4);
        return mixed with { Sides = [.. sides] };

        TrialStandardization? At(string value, bool everybody) => TrialStandardization.Of(
            models.Marginal.Frame,
            options with { At = [.. options.At.Where(pair => pair.Variable != variable), (variable, value)] },
            levels,
            everybody);

        EstimandLadder Change(WorkingModel model, StandardizedErrors errors, double[] changes, SpreadEstimate? spread) => change.Of(
            new ClusterLadder(first, first.Averages(model, errors, changes), terms, options).Build(),
            new ClusterLadder(second, second.Averages(model, errors, changes), terms, options).Build(),
            spread);
    }
}
