using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Frames;

/// <summary>The random parts of a formula on the rows of a frame.</summary>
internal static class RandomGroupings
{
    /// <summary>The random parts by grouping, coarsest first: fewer columns, then fewer groups, then as typed.</summary>
    /// <exception cref="InputException">An effect stands twice for the same groups.</exception>
    internal static IReadOnlyList<RandomTerm> Order(GroupColumns groups, IReadOnlyList<RandomTerm> terms)
    {
        RefuseRepeats(terms);
        if (terms.Select(term => term.Group).Distinct(StringComparer.Ordinal).Count() < 2)
        {
            return terms;
        }

        var counts = terms.SelectMany(term => term.Grouping).Distinct(StringComparer.Ordinal).ToDictionary(
            name => name,
            name => Distinct(groups[name]),
            StringComparer.Ordinal);
        return [.. terms
            .OrderBy(term => term.Grouping.Count)
            .ThenBy(term => term.Grouping.Aggregate(1.0, (product, name) => product * counts[name]))];
    }

    /// <summary>The groups and Z of a random part.</summary>
    internal static RandomTermDesign Design(RandomTerm term, FrameTable table, DesignCoding coding)
    {
        var grouping = Grouping.Create(table, term.Grouping);
        if (grouping.Count < 2)
        {
            throw new InputException($"The random part {term} has one group only: {term.Group} is {grouping.Label(0)} in every row used.")
            {
                File = table.Data.Source,
                Hint = "A random effect needs several groups.",
            };
        }

        var values = coding.Values(table);
        for (var column = 0; column < coding.Names.Count; column++)
        {
            NumberRange.Require(
                values.AsSpan(column * table.Rows, table.Rows), coding.Names[column], NumberRange.OfCovariates, table.Data.Source);
        }

        return new RandomTermDesign(
            grouping.Name,
            grouping.Groups,
            grouping.Count,
            grouping.Label,
            coding.Names,
            values,
            term.Correlated);
    }

    /// <summary>The same for groupings of different names whose groups have the same rows.</summary>
    /// <exception cref="InputException">Two of them have an effect of the same name.</exception>
    internal static IReadOnlyList<RandomTermDesign> RefuseEqual(IReadOnlyList<RandomTermDesign> designs, string? source)
    {
        for (var t = 1; t < designs.Count; t++)
        {
            for (var s = 0; s < t; s++)
            {
                var (one, other) = (designs[s], designs[t]);
                if (one.Group != other.Group && one.Groups.SequenceEqual(other.Groups)
                    && one.Names.FirstOrDefault(column => other.Names.Contains(column)) is { } effect)
                {
                    var name = effect == DesignMatrix.InterceptName ? "an intercept" : effect;
                    throw new InputException($"{one.Group} and {other.Group} put the rows used into the same groups, and the random parts "
                        + $"have {name} of both: only the sum of their variances could be known.")
                    {
                        File = source,
                        Hint = "Leave out one of the two.",
                    };
                }
            }
        }

        return designs;
    }

    /// <summary>Two variances of the same effect over the same groups can only be known in sum.</summary>
    private static void RefuseRepeats(IReadOnlyList<RandomTerm> terms)
    {
        var seen = new HashSet<(string Group, string Effect)>();
        foreach (var term in terms)
        {
            var group = string.Join(":", term.Grouping.Order(StringComparer.Ordinal));
            var effects = term.Terms.Select(effect => effect.Label).Prepend(term.HasIntercept ? "1" : "0").Where(effect => effect != "0");
            foreach (var effect in effects.Where(effect => !seen.Add((group, effect))))
            {
                throw new InputException($"The random part has {(effect == "1" ? "an intercept" : effect)} of {term.Group} twice: only the "
                    + $"sum of their variances could be known.")
                {
                    Hint = $"Leave out one of the two; (0 + x | {term.Group}) is a slope without intercept.",
                };
            }
        }
    }

    private static int Distinct(Column column) => column switch
    {
        FactorColumn factor => factor.Levels.Count,
        NumericColumn numeric => numeric.Values.ToArray().Distinct().Count(),
        _ => 0,
    };
}
