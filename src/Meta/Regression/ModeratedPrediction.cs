using System.Globalization;
using MarginalConditional.Data;
using MarginalConditional.Data.Coding;

namespace MarginalConditional.Meta.Regression;

/// <summary>The mean effect at one combination of values of the moderators.</summary>
/// <param name="At">The moderators with their values.</param>
/// <param name="Mean">The mean there.</param>
public sealed record ModeratedPrediction(IReadOnlyList<(string Variable, string Value)> At, StudyPrediction Mean)
{
    /// <summary>More rows than this are no table.</summary>
    private const int Most = 10_000;

    /// <summary>
    /// The means at every combination of values; a moderator without any is at each of its levels, or at its mean over studies.
    /// </summary>
    /// <param name="fit">The fit.</param>
    /// <param name="at">Values by moderator.</param>
    /// <exception cref="InputException">A moderator or a level is not of the model, or there are too many combinations.</exception>
    public static IReadOnlyList<ModeratedPrediction> Of(
        MetaRegressionFit fit, IReadOnlyList<(string Variable, IReadOnlyList<string> Values)> at)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(at);
        var recipe = fit.Data.Frame.Recipe!;
        foreach (var (variable, _) in at)
        {
            _ = recipe.AxisOf(variable);
        }

        // The last axis varies fastest in the table, the first one in the grid.
        GridAxis[] axes =
        [
            .. recipe.GridVariables.Reverse().Select(name =>
                at.FirstOrDefault(one => one.Variable == name).Values is { } values ? recipe.AxisAt(name, values) : recipe.AxisOf(name)),
        ];
        var grid = ReferenceGrid.Of(recipe, axes);
        if (grid.Cells > Most)
        {
            throw new InputException(FormattableString.Invariant($"--at asks for {grid.Cells} means; {Most} are the most."));
        }

        var rows = new List<ModeratedPrediction>();
        for (var cell = 0; cell < grid.Cells; cell++)
        {
            var full = grid.Row(cell);
            if (recipe.MissingColumn(full) is not null)
            {
                continue;
            }

            var places = Enumerable.Range(0, axes.Length).Reverse().Select(a => (axes[a].Variable, axes[a].Labels[grid.Place(cell, a)]));
            rows.Add(new ModeratedPrediction([.. places], fit.Predict(recipe.Kept(full))));
        }

        return rows;
    }

    /// <summary>The means along a numeric moderator; factors are at their first level, other numbers at their mean.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="variable">A numeric moderator.</param>
    /// <param name="from">The first value.</param>
    /// <param name="to">The last value.</param>
    /// <param name="points">The number of values, 2 or more.</param>
    /// <returns>A mean for each value; none where columns that were left out keep some of them from being estimated.</returns>
    public static IReadOnlyList<(double Value, StudyPrediction Mean)> Along(
        MetaRegressionFit fit, string variable, double from, double to, int points)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var recipe = fit.Data.Frame.Recipe!;
        double[] values = [.. Enumerable.Range(0, points).Select(i => from + ((to - from) * i / (points - 1)))];
        var at = new List<(string, IReadOnlyList<string>)>
        {
            (variable, [.. values.Select(value => value.ToString("R", CultureInfo.InvariantCulture))]),
        };
        at.AddRange(Elsewhere(recipe, variable));
        var rows = Of(fit, at);
        return rows.Count == points ? [.. values.Zip(rows, (value, row) => (value, row.Mean))] : [];
    }

    /// <summary>The means at the levels of a factor; other factors are at their first level, numbers at their mean.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="variable">A moderator of categories.</param>
    /// <returns>The levels whose mean can be estimated.</returns>
    public static IReadOnlyList<(string Level, StudyPrediction Mean)> Among(MetaRegressionFit fit, string variable)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return
        [
            .. Of(fit, [.. Elsewhere(fit.Data.Frame.Recipe!, variable)])
                .Select(row => (row.At.First(place => place.Variable == variable).Value, row.Mean)),
        ];
    }

    /// <summary>The first level of every factor but one variable.</summary>
    private static IEnumerable<(string Variable, IReadOnlyList<string> Values)> Elsewhere(DesignRecipe recipe, string variable) =>
        recipe.GridVariables.Where(name => name != variable && recipe.AxisOf(name).IsFactor)
            .Select(name => (name, (IReadOnlyList<string>)[recipe.AxisOf(name).Labels[0]]));
}
