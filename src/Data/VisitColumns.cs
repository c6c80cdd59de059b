namespace MarginalConditional.Data;

/// <summary>Columns y1, y2 and y3: one variable at several visits, beside each other instead of under each other.</summary>
internal static class VisitColumns
{
    /// <summary>So many columns of one stem are visits; two may be the start and the end.</summary>
    private const int Fewest = 3;

    private const string Cure = "a row for each visit (R: tidyr::pivot_longer, SAS: proc transpose, Stata: reshape long).";

    /// <summary>What may be said of a table's columns, a sentence each variable.</summary>
    public static IEnumerable<string> Sentences(IEnumerable<string> columns) => Groups(columns).Select(group =>
        $"{List(group.Names)} may be one variable at {group.Names.Count} visits beside each other: an outcome needs {Cure}");

    /// <summary>The same for a name that no column has, where columns are its visits; null where none are.</summary>
    public static string? SentenceFor(string name, IEnumerable<string> columns) => Groups(columns)
        .Where(group => string.Equals(group.Stem, name, StringComparison.OrdinalIgnoreCase))
        .Select(group => $"{List(group.Names)} may be {Suggestion.Short(name)} at {group.Names.Count} visits: it needs {Cure}")
        .FirstOrDefault();

    private static IEnumerable<(string Stem, IReadOnlyList<string> Names)> Groups(IEnumerable<string> columns) => columns
        .Select(column => (Name: column, Stem: Stem(column)))
        .Where(column => column.Stem is not null)
        .GroupBy(column => column.Stem!, column => column.Name, StringComparer.Ordinal)
        .Where(group => group.Count() >= Fewest)
        .Select(group => (group.Key, (IReadOnlyList<string>)[.. group]));

    /// <summary>The name before a number of up to four digits, which may be a year; null where there is none.</summary>
    private static string? Stem(string name)
    {
        var stem = name.AsSpan().TrimEnd("0123456789");
        return name.Length - stem.Length is >= 1 and <= 4
            && stem.TrimEnd("._-") is var named
            && name.Any(char.IsLetter)
            && !name.Any(char.IsWhiteSpace)
            ? named.ToString()
            : null;
    }

    private static string List(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(Fewest).Select(Suggestion.Short)) + (names.Count > Fewest ? ", \u2026" : string.Empty);
}
