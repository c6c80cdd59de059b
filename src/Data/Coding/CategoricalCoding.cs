using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Coding;

/// <summary>Categories under treatment contrasts: a column of 0 and 1 for each level but the reference, or for every level.</summary>
internal sealed class CategoricalCoding : VariableCoding
{
    private readonly string prefix;
    private readonly string[] levels;
    private readonly double[] values;

    /// <summary>Fixes the levels.</summary>
    /// <param name="prefix">What stands before the level in a coefficient's name: <c>treatment</c> or <c>factor(period)</c>.</param>
    /// <param name="variable">The column.</param>
    /// <param name="levels">The levels, the reference first.</param>
    /// <param name="values">The numbers behind the levels of a numeric column; empty for text.</param>
    internal CategoricalCoding(string prefix, string variable, string[] levels, double[] values)
    {
        this.prefix = prefix;
        Variable = variable;
        this.levels = levels;
        this.values = values;
    }

    /// <summary>The column.</summary>
    internal string Variable { get; }

    /// <summary>The levels, the reference first.</summary>
    internal IReadOnlyList<string> Levels => levels;

    internal override bool IsCategorical => true;

    internal override IReadOnlyList<string> Names(bool full) => [.. levels.Skip(full ? 0 : 1).Select(level => prefix + level)];

    internal override ColumnPart Part(int column, bool full) => new(prefix, full ? column : column + 1, levels.Length, full);

    internal override void Fill(FrameTable table, bool full, int column, Span<double> destination)
    {
        var level = full ? column : column + 1;
        switch (table.Column(Variable))
        {
            case NumericColumn numeric:
                var wanted = values[level];
                var numbers = numeric.Values;
                for (var i = 0; i < destination.Length; i++)
                {
                    destination[i] = numbers[i] == wanted ? 1 : 0;
                }

                break;
            case FactorColumn factor:
                var code = IndexOf(factor.Levels, levels[level]);
                var codes = factor.Codes;
                for (var i = 0; i < destination.Length; i++)
                {
                    destination[i] = codes[i] == code ? 1 : 0;
                }

                break;
        }
    }

    /// <summary>For each row of a table the position of its level among <see cref="Levels"/>; −1 where it is none of them.</summary>
    internal int[] Codes(FrameTable table)
    {
        switch (table.Column(Variable))
        {
            case NumericColumn numeric:
                return Array.ConvertAll(numeric.ValuesArray, value => Array.IndexOf(values, value));
            case FactorColumn factor:
                int[] positions = [.. factor.Levels.Select(level => Array.IndexOf(levels, level))];
                return Array.ConvertAll(factor.CodesArray, code => positions[code]);
            default:
                throw new InvalidOperationException($"Column {Variable} has no levels.");
        }
    }

    /// <summary>A column whose rows have levels.</summary>
    /// <param name="labels">Some of the levels.</param>
    /// <param name="places">For each row the place of its level among them.</param>
    internal Column Values(IReadOnlyList<string> labels, int[] places)
    {
        if (values.Length == 0)
        {
            return new FactorColumn(Variable, places, [.. labels]);
        }

        double[] numbers = [.. labels.Select(label => values[Array.IndexOf(levels, label)])];
        return new NumericColumn(Variable, Array.ConvertAll(places, place => numbers[place]));
    }

    /// <summary>A column of that many rows that all have one level.</summary>
    internal Column Constant(string level, int rows)
    {
        var index = Array.IndexOf(levels, level);
        if (index < 0)
        {
            throw new InputException($"Column {Variable} has no level \"{level}\".{Suggestion.Sentence(level, levels)}")
            {
                Hint = $"Levels: {string.Join(", ", levels)}.",
            };
        }

        if (values.Length > 0)
        {
            var constant = new double[rows];
            constant.AsSpan().Fill(values[index]);
            return new NumericColumn(Variable, constant);
        }

        return new FactorColumn(Variable, new int[rows], [level]);
    }

    private static int IndexOf(IReadOnlyList<string> levels, string level)
    {
        for (var i = 0; i < levels.Count; i++)
        {
            if (levels[i] == level)
            {
                return i;
            }
        }

        return int.MinValue;
    }
}
