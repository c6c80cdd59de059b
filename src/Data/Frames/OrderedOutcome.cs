using System.Globalization;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Frames;

/// <summary>An outcome of ordered categories as codes: numbers in their own order, text in the order that was given.</summary>
/// <param name="Codes">The place of each row's category, counted from 0.</param>
/// <param name="Categories">The categories that occur, lowest first.</param>
/// <param name="Notes">The levels that no row has.</param>
internal sealed record OrderedOutcome(double[] Codes, IReadOnlyList<string> Categories, IReadOnlyList<string> Notes)
{
    /// <summary>With more categories than this an outcome is a measurement, each of whose values would get a threshold.</summary>
    private const int MostCategories = 100;

    /// <summary>More levels than this are counted, not written.</summary>
    private const int LevelsShown = 12;

    /// <summary>Reads the outcome of a frame's rows.</summary>
    /// <exception cref="InputException">It is no single column or number, or text whose order is not known.</exception>
    internal static OrderedOutcome Of(FrameTable table, FrameRequest request)
    {
        var name = request.Formula.Response.Text;
        if (request.Formula.Response is not ResponseSpecification.Single single || request.Trials is not null || request.Event is not null)
        {
            throw new InputException($"An ordinal outcome is one column of categories; {name} counts events.")
            {
                File = table.Data.Source,
                Hint = "Leave out --event and --trials and name one column, or leave out --family ordinal.",
            };
        }

        if (!request.Formula.HasIntercept)
        {
            throw new InputException("The formula leaves the intercept out, but the thresholds of an ordinal model stand in its place.")
            {
                Hint = "Leave out -1 or 0.",
            };
        }

        if (single.Value is Expression.Variable variable && table.Column(variable.Name) is FactorColumn factor)
        {
            return OfLevels(table, request, factor);
        }

        var values = new double[table.Rows];
        ExpressionEvaluator.Evaluate(single.Value, table, values);
        double[] distinct = [.. values.Distinct().Order()];
        Require(table, name, distinct.Length);
        return new OrderedOutcome(
            [.. values.Select(value => (double)Array.BinarySearch(distinct, value))],
            [.. distinct.Select(NumberLabel.Of)],
            Absent(name, Unused(table, single.Value, distinct)));
    }

    /// <summary>The numbers of the outcome's column that no row of the frame has.</summary>
    private static string[] Unused(FrameTable table, Expression outcome, double[] used) =>
        outcome is Expression.Variable variable && table.Data.Find(variable.Name) is NumericColumn column
            ? [.. column.Values.ToArray().Where(double.IsFinite).Except(used).Order().Select(NumberLabel.Of)]
            : [];

    private static OrderedOutcome OfLevels(FrameTable table, FrameRequest request, FactorColumn column)
    {
        var order = Enumerable.Range(0, column.Levels.Count).ToArray();
        if (!request.Orders.ContainsKey(column.Name) && column.Numbers.Count == 0)
        {
            var numbers = column.Levels.Select(Number).ToArray();
            if (numbers.Any(double.IsNaN))
            {
                throw NoOrder(table, column);
            }

            // Numbers that were read as text, such as 01, have an order all the same.
            Array.Sort(numbers, order);
        }

        var present = new bool[order.Length];
        foreach (var code in column.Codes)
        {
            present[code] = true;
        }

        int[] kept = [.. order.Where(level => present[level])];
        Require(table, column.Name, kept.Length);
        var place = new double[order.Length];
        for (var i = 0; i < kept.Length; i++)
        {
            place[kept[i]] = i;
        }

        return new OrderedOutcome(
            [.. column.Codes.ToArray().Select(code => place[code])],
            [.. kept.Select(level => column.Levels[level])],
            Absent(column.Name, [.. order.Where(level => !present[level]).Select(level => column.Levels[level])]));
    }

    private static double Number(string level) =>
        double.TryParse(level, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    private static void Require(FrameTable table, string name, int categories)
    {
        if (categories > MostCategories)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"The outcome {name} has {categories} categories, but an ordinal model takes at most {MostCategories}."))
            {
                File = table.Data.Source,
                Column = name,
                Hint = "Join categories, or take --family gaussian for a measurement.",
            };
        }
    }

    private static InputException NoOrder(FrameTable table, FactorColumn column)
    {
        var shown = column.Levels.Take(LevelsShown).Select(level => level.Contains(',', StringComparison.Ordinal) ? $"\"{level}\"" : level);
        var rest = column.Levels.Count > LevelsShown ? ",\u2026" : string.Empty;
        return new InputException($"The outcome {column.Name} is in words, whose order is not known.")
        {
            File = table.Data.Source,
            Column = column.Name,
            Hint = $"Give it from lowest to highest, with these levels: --order \"{column.Name}={string.Join(",", shown)}{rest}\".",
        };
    }

    private static string[] Absent(string name, string[] levels) => levels.Length switch
    {
        0 => [],
        1 => [$"The category {levels[0]} of {name} has no row among those used and is left out."],
        _ => [$"The categories {string.Join(", ", levels.Take(LevelsShown))}{(levels.Length > LevelsShown ? ", \u2026" : string.Empty)} of "
            + $"{name} have no row among those used and are left out."],
    };
}
