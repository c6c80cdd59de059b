using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Coding;

/// <summary>Chooses the coding of each factor of a formula, once: the same factor in several terms has the same coding.</summary>
internal sealed class CodingFactory(FrameTable table, FrameRequest request, Func<string, bool> isCategorical)
{
    private readonly Dictionary<string, VariableCoding> codings = new(StringComparer.Ordinal);

    /// <summary>The categorical codings made so far, by column.</summary>
    internal CategoricalCoding[] Categorical => [.. codings.Values.OfType<CategoricalCoding>()];

    /// <summary>The coding of a factor of a term.</summary>
    internal VariableCoding Of(Expression factor)
    {
        var key = factor.ToString();
        if (!codings.TryGetValue(key, out var coding))
        {
            coding = factor switch
            {
                Expression.Call { Function: "factor", Arguments: [Expression.Variable variable] } => Categories(key, variable.Name),
                Expression.Call { Function: "factor", Arguments: [Expression.Variable variable, _] } listed =>
                    Listed(listed, variable.Name),
                Expression.Call { Function: "ns" or "bs" } spline => new SplineCoding(spline, table),
                Expression.Call { Function: "scale" } scale => new ScaleCoding(scale, table),
                Expression.Binary { IsComparison: true } or Expression.Call
                {
                    Function: "I",
                    Arguments: [Expression.Binary { IsComparison: true }],
                } => new ComparisonCoding(factor),
                Expression.Call { Function: "poly" } poly => new PolynomialCoding(poly, table),
                Expression.Variable variable when isCategorical(variable.Name) => Categories(variable.Name, variable.Name),
                _ => new NumericCoding(factor),
            };
            codings.Add(key, coding);
        }

        return coding;
    }

    /// <summary>Categories in the order that the formula lists; those that do not occur are left out.</summary>
    private CategoricalCoding Listed(Expression.Call call, string name)
    {
        var (levels, values) = Levels(table.Column(name));
        string[] listed = [.. new CallArguments(call).Texts("levels")!.Distinct(StringComparer.Ordinal)];
        if (levels.FirstOrDefault(level => !listed.Contains(level, StringComparer.Ordinal)) is { } missing)
        {
            throw new InputException(
                $"Column {name} has the level \"{missing}\", which {call} does not list.{Suggestion.Sentence(missing, listed)}")
            {
                File = table.Data.Source,
                Hint = $"Levels among the rows used: {string.Join(", ", levels)}.",
            };
        }

        int[] order = [.. listed.Select(level => Array.IndexOf(levels, level)).Where(index => index >= 0)];
        return Categories(
            call.ToString(),
            name,
            [.. order.Select(index => levels[index])],
            values.Length == 0 ? [] : [.. order.Select(index => values[index])]);
    }

    private CategoricalCoding Categories(string prefix, string name)
    {
        var (levels, values) = Levels(table.Column(name));
        return Categories(prefix, name, levels, values);
    }

    private CategoricalCoding Categories(string prefix, string name, string[] levels, double[] values)
    {
        if (request.References.TryGetValue(name, out var reference))
        {
            var index = Array.IndexOf(levels, reference);
            if (index < 0)
            {
                throw new InputException($"Column {name} has no level \"{reference}\" to refer to.{Suggestion.Sentence(reference, levels)}")
                {
                    File = table.Data.Source,
                    Hint = $"Levels among the rows used: {string.Join(", ", levels)}.",
                };
            }

            MoveFirst(levels, index);
            MoveFirst(values, index);
        }

        if (levels.Length < 2)
        {
            throw new InputException($"Column {name} has the same value, \"{levels[0]}\", in every row used: it cannot explain anything.")
            {
                File = table.Data.Source,
                Hint = $"Take {name} out of the formula.",
            };
        }

        return new CategoricalCoding(prefix, name, levels, values);
    }

    /// <summary>The levels that occur on the rows, in order, and the numbers behind them.</summary>
    private static (string[] Levels, double[] Values) Levels(Column column)
    {
        if (column is NumericColumn numeric)
        {
            var distinct = new HashSet<double>();
            foreach (var value in numeric.Values)
            {
                distinct.Add(value);
                if (distinct.Count > DesignCoding.MaximumColumns)
                {
                    throw DesignCoding.TooWide(distinct.Count);
                }
            }

            double[] values = [.. distinct.Order()];
            return ([.. values.Select(NumberLabel.Of)], values);
        }

        var factor = (FactorColumn)column;
        var present = new bool[factor.Levels.Count];
        foreach (var code in factor.Codes)
        {
            present[code] = true;
        }

        return ([.. factor.Levels.Where((_, index) => present[index])], []);
    }

    private static void MoveFirst<T>(T[] items, int index)
    {
        if (items.Length > index)
        {
            var item = items[index];
            Array.Copy(items, 0, items, 1, index);
            items[0] = item;
        }
    }
}
