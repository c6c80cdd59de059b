using System.Globalization;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Frames;

/// <summary>Outcomes in words, or in two codes, as 0 and 1.</summary>
internal static class OutcomeLevels
{
    /// <summary>More levels than this are counted, not written.</summary>
    private const int LevelsShown = 6;

    /// <summary>1 where the outcome has the level that counts, else 0; null when the outcome is a number and no level was named.</summary>
    /// <exception cref="InputException">
    /// The outcome has another number of levels than two, none was named, or the one named is not among them.
    /// </exception>
    internal static double[]? Indicator(FrameTable table, FrameRequest request)
    {
        if (request.Formula.Response is not ResponseSpecification.Single { Value: Expression.Variable variable })
        {
            return request.Event is null
                ? null
                : throw new InputException($"The outcome {request.Formula.Response.Text} is computed: a level of it cannot be named.")
                {
                    Hint = "--event is for an outcome that is one column.",
                };
        }

        return table.Column(variable.Name) switch
        {
            NumericColumn numeric when request.Event is { } level => OfNumbers(table, numeric, level),
            FactorColumn factor => OfLevels(table, factor, request.Event),
            _ => null,
        };
    }

    /// <summary>Whether the two levels are TRUE and FALSE, which need no explanation.</summary>
    internal static string? TrueOf(IReadOnlyList<string> levels) =>
        levels.All(IsTruthValue) ? levels.FirstOrDefault(IsTrue) : null;

    private static bool IsTrue(string level) => level is "TRUE" or "True" or "true";

    private static bool IsTruthValue(string level) => IsTrue(level) || level is "FALSE" or "False" or "false";

    private static double[] OfLevels(FrameTable table, FactorColumn column, string? level)
    {
        var present = new bool[column.Levels.Count];
        foreach (var code in column.Codes)
        {
            present[code] = true;
        }

        string[] levels = [.. column.Levels.Where((_, code) => present[code])];
        if (level is null && levels.All(IsTruthValue))
        {
            return [.. column.Codes.ToArray().Select(code => IsTrue(column.Levels[code]) ? 1.0 : 0.0)];
        }

        RequireTwo(table, column.Name, levels, level);
        return [.. column.Codes.ToArray().Select(code => column.Levels[code] == level ? 1.0 : 0.0)];
    }

    private static double[] OfNumbers(FrameTable table, NumericColumn column, string level)
    {
        double[] values = [.. column.Values.ToArray().Distinct().Order()];
        var wanted = double.TryParse(level, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
        RequireTwo(table, column.Name, [.. values.Select(NumberLabel.Of)], NumberLabel.Of(wanted));
        return [.. column.Values.ToArray().Select(value => value == wanted ? 1.0 : 0.0)];
    }

    private static void RequireTwo(FrameTable table, string name, string[] levels, string? level)
    {
        var shown = string.Join(", ", levels.Take(LevelsShown).Select(text => $"\"{text}\""));
        shown += levels.Length > LevelsShown ? string.Create(CultureInfo.InvariantCulture, $" and {levels.Length - LevelsShown} more") : "";
        var problem = levels.Length > 2
            ? string.Create(CultureInfo.InvariantCulture, $"The outcome {name} has {levels.Length} levels, not two: {shown}.")
            : level is null ? $"The outcome {name} is in words: {shown}."
            : !levels.Contains(level, StringComparer.Ordinal)
                ? $"The outcome {name} has no level \"{level}\".{Suggestion.Sentence(level, levels)}"
            : null;
        if (problem is not null)
        {
            throw new InputException(problem)
            {
                File = table.Data.Source,
                Column = name,
                Hint = levels.Length > 2 ? "Make a column of 0 and 1, or one of two words and say --event."
                    : level is null ? $"Say which level counts as 1: --event {Quoted(levels[^1])}."
                    : $"Levels among the rows used: {shown}.",
            };
        }
    }

    private static string Quoted(string level) => level.Any(char.IsWhiteSpace) ? $"\"{level}\"" : level;
}
