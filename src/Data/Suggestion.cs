namespace MarginalConditional.Data;

/// <summary>Finds what somebody may have meant by a misspelt name.</summary>
public static class Suggestion
{
    private const int MostNames = 50;
    private const int LongestShown = 60;

    /// <summary>Nobody mistypes a name of more characters; the distances of such names take long.</summary>
    private const int LongestName = 200;

    /// <summary>The known name nearest to a misspelt one, or null when none is near.</summary>
    /// <remarks>
    /// Near is an optimal string alignment distance (insertions, deletions, substitutions, swaps of
    /// neighbours; Damerau 1964) of at most a third of the name's length, and 1 for names of two characters
    /// and more; case is ignored. Failing that, the only name that the misspelt one abbreviates.
    /// </remarks>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(known);
        if (name.Length > LongestName)
        {
            return null;
        }

        string? best = null;
        var smallest = (name.Length < 2 ? 0 : Math.Max(1, name.Length / 3)) + 1;
        foreach (var candidate in known)
        {
            if (Math.Abs(candidate.Length - name.Length) < smallest)
            {
                var distance = Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant());
                if (distance < smallest)
                {
                    (smallest, best) = (distance, candidate);
                }
            }
        }

        return best ?? Abbreviated(name, known);
    }

    /// <summary>Names in a row, for a message: not more than fifty of them, and none longer than sixty characters.</summary>
    public static string List(IReadOnlyCollection<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var shown = string.Join(", ", names.Take(MostNames).Select(Short));
        return names.Count <= MostNames ? shown : FormattableString.Invariant($"{shown} and {names.Count - MostNames} more");
    }

    /// <summary>A text that somebody gave, cut to sixty characters.</summary>
    public static string Short(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= LongestShown ? text : string.Concat(text.AsSpan(0, LongestShown), "\u2026");
    }

    /// <summary><c> Did you mean "…"?</c> with a leading blank, or nothing.</summary>
    public static string Sentence(string name, IEnumerable<string> known) =>
        Nearest(name, known) is { } nearest ? $" Did you mean \"{nearest}\"?" : string.Empty;

    /// <summary>The one known name that has all characters of an abbreviation in their order, such as patientID for patID.</summary>
    private static string? Abbreviated(string name, IEnumerable<string> known)
    {
        if (name.Length < 3)
        {
            return null;
        }

        var matches = known.Where(candidate => Contains(candidate, name)).Take(2).ToArray();
        return matches.Length == 1 ? matches[0] : null;
    }

    private static bool Contains(string candidate, string name)
    {
        var found = 0;
        foreach (var character in candidate)
        {
            if (found < name.Length && char.ToUpperInvariant(character) == char.ToUpperInvariant(name[found]))
            {
                found++;
            }
        }

        return found == name.Length;
    }

    private static int Distance(string a, string b)
    {
        var before = new int[b.Length + 1];
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
                }
            }

            (before, previous) = (previous, current);
        }

        return previous[b.Length];
    }
}
