using FsCheck;
using FsCheck.Fluent;

namespace MarginalConditional.Properties.Generators;

/// <summary>Generators of formulas in R's notation over columns that there are.</summary>
public static class FormulaGenerators
{
    /// <summary>
    /// Formulas such as <c>y ~ a + b:c + log(d) + (1 | g)</c>: sums of columns, interactions, functions and powers, with or without
    /// intercept and random parts. Smaller ones have fewer terms.
    /// </summary>
    /// <param name="outcome">The left side.</param>
    /// <param name="columns">Columns of numbers above 0, one or more.</param>
    /// <param name="groups">Columns that group rows; random parts are drawn where there are any.</param>
    public static Arbitrary<string> Formulas(string outcome, IReadOnlyList<string> columns, IReadOnlyList<string>? groups = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(outcome);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentOutOfRangeException.ThrowIfZero(columns.Count);
        var column = Gen.Elements(columns.AsEnumerable());
        var term = Gen.OneOf(
            column,
            column.Two().Select(pair => $"{pair.Item1}:{pair.Item2}"),
            column.Two().Select(pair => $"{pair.Item1} * {pair.Item2}"),
            column.Select(name => $"log({name})"),
            column.Select(name => $"I({name}^2)"),
            column.Select(name => $"I({name} / 10)"));
        var terms = Gen.Sized(size => Gen.Choose(1, 1 + (size / 20)).SelectMany(count => term.ListOf(count)));
        var intercept = Gen.Frequency((4, Gen.Constant(string.Empty)), (1, Gen.Constant("0")));
        var all = from start in intercept
                  from parts in terms
                  from random in RandomParts(column, groups ?? [])
                  select new Parts(start, [.. parts.Distinct()], random);
        return Arb.From(all, Smaller).Convert(parts => parts.Text(outcome), text => Parts.Of(text, outcome));
    }

    private static Gen<IReadOnlyList<string>> RandomParts(Gen<string> column, IReadOnlyList<string> groups)
    {
        if (groups.Count == 0)
        {
            return Gen.Constant<IReadOnlyList<string>>([]);
        }

        var group = Gen.Elements(groups.AsEnumerable());
        return Gen.OneOf(
            Gen.Constant<IReadOnlyList<string>>([]),
            group.Select(name => (IReadOnlyList<string>)[$"(1 | {name})"]),
            column.SelectMany(slope => group, (slope, name) => (IReadOnlyList<string>)[$"({slope} | {name})"]),
            column.SelectMany(slope => group, (slope, name) => (IReadOnlyList<string>)[$"({slope} || {name})"]));
    }

    private static IEnumerable<Parts> Smaller(Parts parts)
    {
        if (parts.Random.Count > 0)
        {
            yield return parts with { Random = [] };
        }

        if (parts.Intercept.Length > 0)
        {
            yield return parts with { Intercept = string.Empty };
        }

        for (var left = 0; left < parts.Terms.Count && parts.Terms.Count > 1; left++)
        {
            yield return parts with { Terms = [.. parts.Terms.Where((_, place) => place != left)] };
        }
    }

    /// <summary>A formula in its parts.</summary>
    private sealed record Parts(string Intercept, IReadOnlyList<string> Terms, IReadOnlyList<string> Random)
    {
        private const string Plus = " + ";

        public string Text(string outcome)
        {
            string[] first = Intercept.Length > 0 ? [Intercept] : [];
            return $"{outcome} ~ {string.Join(Plus, [.. first, .. Terms, .. Random])}";
        }

        public static Parts Of(string text, string outcome)
        {
            var all = text[(outcome.Length + 3)..].Split(Plus);
            return new Parts(
                all[0] == "0" ? "0" : string.Empty,
                [.. all.Where(part => part != "0" && part[0] != '(')],
                [.. all.Where(part => part[0] == '(')]);
        }
    }
}
