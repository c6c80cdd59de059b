using System.Globalization;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Ladders.Building;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare.Comparison;

/// <summary>The ladder of each subgroup from the fits of everybody, and the tests of interaction.</summary>
internal static class SubgroupComparer
{
    /// <summary>Asks both fits of a trial by cluster; null where no column of subgroups was named or the arms cannot be set.</summary>
    /// <param name="models">Both fits.</param>
    /// <param name="options">Subgroups, level and reference.</param>
    /// <param name="levels">The treatment's levels, the reference first.</param>
    /// <param name="terms">Which steps are zero whatever the data say.</param>
    public static SubgroupAnalysis? Analyse(
        StandardizedModels models, ComparisonOptions options, IReadOnlyList<string>? levels, LadderTerms terms)
    {
        if (options.By is not { } column)
        {
            return null;
        }

        var results = new List<SubgroupResult>();
        var subgroups = Subgroups(models.Marginal.Frame, column, options.Tolerances.MostSubgroups);
        using var work = LongWork.Begin("subgroups", subgroups.Count);
        foreach (var subgroup in work.Each(subgroups))
        {
            if (TrialStandardization.Of(models.Marginal.Frame, options, levels, subgroup: subgroup) is not { } question)
            {
                return null;
            }

            var mixed = question.Averages(models.Mixed, models.MixedErrors, models.MixedChanges);
            var marginal = question.Averages(models.Marginal, models.Errors, models.MarginalChanges);
            var ladder = new ClusterLadder(question, mixed, terms, options, models.Spread).Build();
            var beside = new ClusterLadder(question, marginal, terms, options).Build();
            double? degreesOfFreedom = options.NormalReference ? null : mixed.ClustersSeen - 1;
            var sides = new LadderSides(ladder, options.Level, degreesOfFreedom)
                .Of($"GEE, {models.Gee.Correlation.Name}", beside.Rungs, 1, 3, 4);
            results.Add(new SubgroupResult
            {
                Value = subgroup.Value,
                Rows = subgroup.Rows.Count(own => own),
                Clusters = mixed.ClustersSeen,
                Standardized =
                [
                    .. StandardizedResults.Of(models.Marginal.Method, question, marginal, options),
                    .. StandardizedResults.Of(models.Mixed.Method, question, mixed, options),
                ],
                Ladder = ladder with { Sides = [.. sides] },
            });
        }

        return new SubgroupAnalysis(column, results, [.. Interactions(results, options)]);
    }

    /// <summary>The subgroups of a frame, in order.</summary>
    /// <param name="frame">The rows, with the column among its groupings.</param>
    /// <param name="column">What tells them apart.</param>
    /// <param name="most">How many there may be.</param>
    /// <exception cref="InputException">There is one, or too many.</exception>
    public static IReadOnlyList<TrialSubgroup> Subgroups(ModelFrame frame, string column, int most)
    {
        if (frame.Auxiliary(column) is not FactorColumn factor)
        {
            throw new ArgumentException($"The frame holds \"{column}\" as numbers, not as a grouping.", nameof(column));
        }

        List<int> used = [.. factor.Codes.ToArray().Distinct()];
        if (used.Count < 2 || used.Count > most)
        {
            throw new InputException(used.Count < 2
                ? $"--by {column} has one value in the rows used, {factor.Levels[used[0]]}: there is nothing to compare."
                : FormattableString.Invariant($"--by {column} has {used.Count} values; subgroups are at most {most}."))
            {
                Hint = "Name a column of a few groups, such as sex or region.",
            };
        }

        var numbers = used.ToDictionary(
            code => code,
            code => double.TryParse(factor.Levels[code], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number
                : double.NaN);
        List<int> order =
        [
            .. numbers.Values.Any(double.IsNaN)
                ? used.OrderBy(code => factor.Levels[code], StringComparer.Ordinal)
                : used.OrderBy(code => numbers[code]),
        ];
        return
        [
            .. order.Select(code => new TrialSubgroup(
                column, factor.Levels[code], Array.ConvertAll(factor.Codes.ToArray(), own => own == code))),
        ];
    }

    /// <summary>Compares every rung that all subgroups have.</summary>
    /// <param name="results">The subgroups.</param>
    /// <param name="options">Level, reference and tolerances.</param>
    public static IEnumerable<SubgroupInteraction> Interactions(IReadOnlyList<SubgroupResult> results, ComparisonOptions options) =>
        new SubgroupDifferences(
            options.NormalReference ? null : results.Min(result => result.Clusters) - 1, options.Level, options.Tolerances.SameAverage)
            .Of([.. results.Select(result => (result.Value, result.Ladder))]);
}
