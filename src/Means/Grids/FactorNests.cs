using MarginalConditional.Data.Coding;

namespace MarginalConditional.Means.Grids;

/// <summary>Which factors stand in a formula only together with others, and so within these: b in <c>a / b</c>.</summary>
internal static class FactorNests
{
    /// <summary>For each nested factor the factors that it lies in.</summary>
    /// <param name="recipe">The terms of the formula.</param>
    /// <param name="factors">The factors.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(DesignRecipe recipe, IReadOnlyList<string> factors)
    {
        var around = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var factor in factors)
        {
            HashSet<string>? common = null;
            foreach (var (_, variables) in recipe.TermVariables.Where(term => term.Variables.Contains(factor, StringComparer.Ordinal)))
            {
                common = common is null ? [.. variables] : [.. common.Intersect(variables, StringComparer.Ordinal)];
            }

            around[factor] = [.. (common ?? []).Where(other => other != factor && factors.Contains(other, StringComparer.Ordinal))];
        }

        // Two factors that stand together always are crossed, not nested in each other.
        return around
            .Select(pair => (pair.Key, Outer: (IReadOnlyList<string>)[.. pair.Value.Where(other => !around[other].Contains(pair.Key))]))
            .Where(pair => pair.Outer.Count > 0)
            .ToDictionary(pair => pair.Key, pair => pair.Outer, StringComparer.Ordinal);
    }
}
