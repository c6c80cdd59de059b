using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Data;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Cli.Commands.Summarize;

/// <summary>Reads how fits ended from a column of words.</summary>
internal static class FitEndings
{
    private static readonly string[] Good = ["true", "t", "1", "yes", "converged", "ok"];
    private static readonly string[] Bad = ["false", "f", "0", "no", "failed"];

    /// <summary>One a row; a missing field is a fit that failed.</summary>
    /// <exception cref="InputException">A word says neither.</exception>
    public static EstimateOutcome[] Read(FactorColumn column, Dataset data)
    {
        EstimateOutcome?[] meanings = [.. column.Levels.Select(Meaning)];
        return [.. Enumerable.Range(0, column.Length).Select(row => column.Codes[row] < 0
            ? EstimateOutcome.Failed
            : meanings[column.Codes[row]] ?? throw new InputException(
                $"\"{Suggestion.Short(column.Levels[column.Codes[row]])}\" does not say whether a fit converged.")
            {
                File = data.Source,
                Line = data.LineOf(row),
                Row = data.RowOf(row),
                Column = column.Name,
                Hint = "The column of --converged has true or false, 1 or 0, yes or no, converged, warned or failed.",
            })];
    }

    private static EstimateOutcome? Meaning(string word) =>
        Good.Contains(word, StringComparer.OrdinalIgnoreCase) ? EstimateOutcome.Converged
        : Bad.Contains(word, StringComparer.OrdinalIgnoreCase) ? EstimateOutcome.Failed
        : string.Equals(word, "warned", StringComparison.OrdinalIgnoreCase) ? EstimateOutcome.Warned
        : null;
}
