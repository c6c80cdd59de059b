namespace MarginalConditional.Statistics.Separation;

/// <summary>What is said of separated outcomes.</summary>
public static class SeparationSentence
{
    /// <summary>More names than this are counted.</summary>
    private const int MostNames = 5;

    /// <summary>Names the coefficients, and says what becomes of the others.</summary>
    /// <param name="names">The names of the p coefficients.</param>
    /// <param name="separated">What is separated.</param>
    /// <param name="cure">What more can be done, such as <c>, or use --penalty</c>.</param>
    /// <param name="row">What a row is.</param>
    /// <param name="rows">What several are.</param>
    /// <param name="estimatesOthers">Whether the coefficients that are finite are estimated.</param>
    public static string Of(
        IReadOnlyList<string> names,
        SeparatedRows separated,
        string cure = "",
        string row = "row",
        string rows = "rows",
        bool estimatesOthers = true)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(separated);
        var infinite = Enumerable.Range(0, names.Count).Where(j => separated.Limits[j] != 0).Select(j => names[j]).ToList();
        var slopes = infinite.Where(name => name != "(Intercept)").ToList();
        var shown = slopes.Count > 0 ? slopes : infinite;
        var listed = string.Join(", ", shown.Take(MostNames).Select(name => $"\"{name}\""))
            + (shown.Count > MostNames ? $" and {shown.Count - MostNames} more" : "");
        var (count, total) = (0, separated.Rows.Length);
        foreach (var isSeparated in separated.Rows)
        {
            count += isSeparated ? 1 : 0;
        }

        var how = separated.IsComplete ? "completely" : "quasi-completely";
        var which = separated.IsComplete ? $"every {row} is" : count == 1 ? $"1 {row} of {total} is" : $"{count} {rows} of {total} are";
        var rest = separated.IsComplete || !estimatesOthers ? "" : $" Coefficients that are finite are estimated from the other {rows}.";
        var growing = shown.Count == 1 ? "it grows" : "they grow";
        return $"The outcome is {how} separated along {listed}: {which} fitted perfectly as {growing} "
            + $"without bound, so there is no finite estimate.{rest} Leave the term out or merge its levels{cure}.";
    }
}
