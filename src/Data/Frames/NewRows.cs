using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Frames;

/// <summary>Reads rows to be predicted as a frame's rows were read: the same levels, knots, polynomials and scales.</summary>
public static class NewRows
{
    /// <summary>The columns that a file of new rows has to have, and those among them that have to be read as text.</summary>
    /// <param name="frame">A frame that was read from data.</param>
    public static (IReadOnlyList<string> Columns, IReadOnlyList<string> Texts) ColumnsOf(ModelFrame frame)
    {
        var recipe = RecipeOf(frame);
        string[] needed = [.. recipe.GridVariables.Union(recipe.Offsets.SelectMany(offset => offset.Variables), StringComparer.Ordinal)];
        return (
            [.. needed.Union(recipe.Groupings.SelectMany(names => names), StringComparer.Ordinal)],
            [.. needed.Where(recipe.IsText)]);
    }

    /// <summary>The rows of a table in the columns of a frame.</summary>
    /// <param name="frame">A frame that was read from data.</param>
    /// <param name="data">The new rows; outcome and groupings may be missing.</param>
    /// <exception cref="InputException">A predictor is not there, holds text for numbers, or has a level that was not fitted.</exception>
    public static IReadOnlyList<NewRow> Of(ModelFrame frame, Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var recipe = RecipeOf(frame);
        string[] needed = [.. recipe.GridVariables.Union(recipe.Offsets.SelectMany(offset => offset.Variables), StringComparer.Ordinal)];
        foreach (var name in needed)
        {
            data = data.Find(name) is FactorColumn { Numbers.Count: > 0 } column && !recipe.IsText(name)
                ? data.With(column.AsNumbers())
                : data;
            Require(recipe, data, name);
        }

        var complete = Complete(data, needed);
        var table = new FrameTable(data, complete, needed);
        foreach (var coding in recipe.Categories)
        {
            RequireLevels(coding, table);
        }

        var (x, z) = (recipe.Design.Values(table), recipe.Random.Select(coding => coding.Values(table)).ToArray());
        var zeros = recipe.Inflation?.Design.Values(table) ?? [];
        var offset = Offset(recipe, table);
        var groups = frame.RandomTerms.Select((term, t) => Groups(term, recipe.Groupings[t], data)).ToArray();
        var places = Enumerable.Repeat(-1, data.Rows).ToArray();
        for (var i = 0; i < complete.Length; i++)
        {
            places[complete[i]] = i;
        }

        return [.. Enumerable.Range(0, data.Rows).Select(row => Row(row, places[row]))];

        NewRow Row(int row, int place)
        {
            int[] own = [.. groups.Select(term => term.Groups[row])];
            string?[] labels = [.. groups.Select(term => term.Labels[row])];
            if (place < 0)
            {
                return new NewRow(row, [], 0, [], own, labels);
            }

            var full = At(x, place, complete.Length);
            var inflation = At(zeros, place, complete.Length);
            var isEstimable = recipe.MissingColumn(full) is null && recipe.Inflation?.MissingColumn(inflation) is null;
            return new NewRow(
                row,
                isEstimable ? recipe.Kept(full) : [],
                offset[place],
                [.. z.Select(values => At(values, place, complete.Length))],
                own,
                labels)
            {
                Inflation = isEstimable && recipe.Inflation is { } coded ? coded.Kept(inflation) : [],
            };
        }
    }

    private static DesignRecipe RecipeOf(ModelFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return frame.Recipe
            ?? throw new ArgumentException("The frame was made from arrays and has no recipe for its design.", nameof(frame));
    }

    private static void Require(DesignRecipe recipe, Dataset data, string name)
    {
        if (data.Find(name) is not { } column)
        {
            throw data.NoColumn(name);
        }

        if (!recipe.IsText(name) && column is FactorColumn text)
        {
            var row = Math.Max(0, text.FirstText);
            throw new InputException(text.Codes[row] < 0
                ? "The column is not one of numbers, as it was in the data fitted."
                : $"\"{text.Levels[text.Codes[row]]}\" is not a number, and {name} was one in the data fitted.")
            {
                File = data.Source,
                Line = data.LineOf(row),
                Row = data.RowOf(row),
                Column = name,
            };
        }
    }

    /// <summary>The rows without a missing predictor.</summary>
    private static int[] Complete(Dataset data, string[] needed) =>
    [
        .. Enumerable.Range(0, data.Rows).Where(row => needed.All(name => data.Find(name) switch
        {
            NumericColumn numeric => !double.IsNaN(numeric.Values[row]),
            FactorColumn factor => factor.Codes[row] >= 0,
            _ => false,
        })),
    ];

    private static void RequireLevels(CategoricalCoding coding, FrameTable table)
    {
        var codes = coding.Codes(table);
        var unknown = Array.IndexOf(codes, -1);
        if (unknown < 0)
        {
            return;
        }

        var level = Grouping.LabelOf(table.Column(coding.Variable), unknown);
        throw new InputException($"The data fitted have no level \"{level}\" of {coding.Variable}: its effect was not estimated."
            + Suggestion.Sentence(level, coding.Levels))
        {
            File = table.Data.Source,
            Line = table.Data.LineOf(table.RowOrder[unknown]),
            Row = table.Data.RowOf(table.RowOrder[unknown]),
            Column = coding.Variable,
            Hint = $"Levels: {string.Join(", ", coding.Levels)}.",
        };
    }

    private static double[] Offset(DesignRecipe recipe, FrameTable table)
    {
        var (sum, part) = (new double[table.Rows], new double[table.Rows]);
        foreach (var expression in recipe.Offsets)
        {
            ExpressionEvaluator.Evaluate(expression, table, part);
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] += part[i];
            }
        }

        return sum;
    }

    /// <summary>For each row the group of a random term that has its label, and the label.</summary>
    private static (int[] Groups, string?[] Labels) Groups(RandomTermDesign term, IReadOnlyList<string> names, Dataset data)
    {
        var (groups, labels) = (new int[data.Rows], new string?[data.Rows]);
        Array.Fill(groups, -1);
        if (names.Any(name => data.Find(name) is null))
        {
            return (groups, labels);
        }

        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var g = 0; g < term.GroupCount; g++)
        {
            known[term.Label(g)] = g;
        }

        Column[] parts = [.. names.Select(name => data.FindGrouping(name)!)];
        for (var row = 0; row < groups.Length; row++)
        {
            if (parts.Any(column => column.IsMissing(row)))
            {
                continue;
            }

            var label = string.Join(":", parts.Select(column => Grouping.LabelOf(column, row)));
            labels[row] = label;
            groups[row] = known.GetValueOrDefault(label, -1);
        }

        return (groups, labels);
    }

    private static double[] At(double[] matrix, int row, int rows)
    {
        var values = new double[rows == 0 ? 0 : matrix.Length / rows];
        for (var j = 0; j < values.Length; j++)
        {
            values[j] = matrix[(j * rows) + row];
        }

        return values;
    }
}
