namespace MarginalConditional.Gee.Correlation;

/// <summary>What is said of correlations that no two rows of a cluster have.</summary>
internal static class AbsentPairs
{
    /// <summary>More than these are counted.</summary>
    private const int MostNames = 6;

    /// <summary>The sentence; null when every correlation occurs.</summary>
    /// <param name="names">The names of those that do not.</param>
    /// <param name="subject">Says of the names, listed, that there are no such pairs.</param>
    public static string? Sentence(IReadOnlyList<string> names, Func<string, string> subject)
    {
        if (names.Count == 0)
        {
            return null;
        }

        var listed = names.Count > MostNames + 1
            ? string.Join(", ", names.Take(MostNames)) + FormattableString.Invariant($" or {names.Count - MostNames} others")
            : names.Count == 1 ? names[0]
            : $"{string.Join(", ", names.SkipLast(1))} or {names[^1]}";
        return $"{subject(listed)}; {(names.Count == 1 ? "this correlation is" : "these correlations are")} not estimable, and not needed.";
    }
}
