using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Frames;

/// <summary>Which rows a user wants used.</summary>
internal static class RowConditions
{
    /// <summary>
    /// The rows that do not meet every condition, where a column that a condition names is missing among them; empty without conditions.
    /// </summary>
    /// <exception cref="InputException">A column or level is not there, or no row is left.</exception>
    internal static bool[] LeftOut(Dataset data, IReadOnlyList<Expression> conditions)
    {
        if (conditions.Count == 0)
        {
            return [];
        }

        var leftOut = new bool[data.Rows];
        foreach (var condition in conditions)
        {
            Require(data, condition);
            var names = condition.Variables;
            int[] known = [.. Enumerable.Range(0, data.Rows).Where(row => !names.Any(name => data.Find(name)!.IsMissing(row)))];
            var met = Met(condition, new FrameTable(data, known, names));
            var holds = new bool[data.Rows];
            for (var i = 0; i < known.Length; i++)
            {
                holds[known[i]] = met[i];
            }

            for (var row = 0; row < leftOut.Length; row++)
            {
                leftOut[row] |= !holds[row];
            }
        }

        return leftOut.Contains(false)
            ? leftOut
            : throw new InputException($"No row is left where {string.Join(" and ", conditions)}.")
            {
                File = data.Source,
                Hint = "Look at the column's values, and at the comparison in --where.",
            };
    }

    /// <summary>How many rows were left out.</summary>
    internal static IEnumerable<string> Notes(IReadOnlyList<Expression> conditions, bool[] leftOut)
    {
        if (conditions.Count == 0)
        {
            yield break;
        }

        var count = leftOut.Count(row => row);
        var rows = count == 1 ? "One row was" : FormattableString.Invariant($"{count} rows were");
        yield return $"{rows} left out: only those were used where {string.Join(" and ", conditions)}.";
    }

    private static bool[] Met(Expression condition, FrameTable table)
    {
        switch (condition)
        {
            case Expression.Parenthesis parenthesis:
                return Met(parenthesis.Inner, table);
            case Expression.Binary { IsConjunction: true } both:
                return [.. Met(both.Left, table).Zip(Met(both.Right, table), (left, right) => left && right)];
            case Expression.Binary { IsDisjunction: true } either:
                return [.. Met(either.Left, table).Zip(Met(either.Right, table), (left, right) => left || right)];
            default:
                var values = new double[table.Rows];
                ExpressionEvaluator.Evaluate(condition, table, values);
                return Array.ConvertAll(values, value => value != 0);
        }
    }

    /// <summary>Refuses columns that are not there, numbers that are text, and levels that no row has.</summary>
    private static void Require(Dataset data, Expression condition)
    {
        if (condition.Variables.FirstOrDefault(name => data.Find(name) is null) is { } missing)
        {
            throw data.NoColumn(missing);
        }

        if (condition.NumericVariables.FirstOrDefault(name => data.Find(name) is FactorColumn) is { } text)
        {
            throw new InputException($"{text} holds text, which --where \"{condition}\" compares as numbers.")
            {
                File = data.Source,
                Hint = $"Put the value in quotation marks: \"{text} == '{((FactorColumn)data.Find(text)!).Levels.FirstOrDefault()}'\".",
            };
        }

        foreach (var (name, level) in Levels(condition))
        {
            if (data.Find(name) is FactorColumn factor && !factor.Levels.Contains(level, StringComparer.Ordinal))
            {
                throw new InputException($"{name} has no value \"{Suggestion.Short(level)}\".{Suggestion.Sentence(level, factor.Levels)}")
                {
                    File = data.Source,
                    Hint = $"Values: {Suggestion.List(factor.Levels)}.",
                };
            }
        }
    }

    private static IEnumerable<(string Column, string Level)> Levels(Expression condition) => condition switch
    {
        Expression.Parenthesis parenthesis => Levels(parenthesis.Inner),
        Expression.Binary { ComparesText: true } own =>
        [
            ((own.Left as Expression.Variable ?? (Expression.Variable)own.Right).Name,
                (own.Left as Expression.Text ?? (Expression.Text)own.Right).Value),
        ],
        Expression.Binary binary => Levels(binary.Left).Concat(Levels(binary.Right)),
        _ => [],
    };
}
