using System.Globalization;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Data.Descriptions;

/// <summary>Rows that are there twice, and visits that stand beside each other instead of under each other.</summary>
internal static class ShapeCautions
{
    /// <summary>A column of fewer values has rows that are alike by chance.</summary>
    private const int FewestValues = 4;

    /// <summary>What is to be said.</summary>
    /// <param name="data">The table.</param>
    /// <param name="roles">Columns that are clusters, visits or arms.</param>
    /// <param name="digests">Those of the columns of numbers.</param>
    internal static IEnumerable<string> Of(
        Dataset data,
        string?[] roles,
        IReadOnlyDictionary<NumericColumn, ValueDigest> digests) => Repeated(data, digests.Values).Concat(Wide(data, roles));

    /// <summary>Rows that repeat an earlier one in every column, where some column has so many values that this is no accident.</summary>
    private static IEnumerable<string> Repeated(Dataset data, IEnumerable<ValueDigest> digests)
    {
        if (!digests.Any(digest => digest.Distinct >= Math.Max(FewestValues, (data.Rows / 2) + 1)))
        {
            yield break;
        }

        var rows = new HashSet<int>(EqualityComparer<int>.Create((one, other) => AreEqual(data, one, other), row => Hash(data, row)));
        var (repeated, first) = (0, (Row: 0, Earlier: 0));
        for (var i = 0; i < data.Rows; i++)
        {
            CancellationScope.Check(i);
            if (!rows.Add(i) && repeated++ == 0 && rows.TryGetValue(i, out var earlier))
            {
                first = (i, earlier);
            }
        }

        if (repeated > 0)
        {
            var count = repeated == 1 ? "One row repeats" : string.Create(CultureInfo.InvariantCulture, $"{repeated} rows repeat");
            var place = data.PlaceOf(first.Row) is { } here && data.PlaceOf(first.Earlier) is { } there
                ? $" ({here} is {there})"
                : string.Empty;
            yield return $"{count} an earlier one in every column{place}: each is counted.";
        }
    }

    private static int Hash(Dataset data, int row)
    {
        var hash = default(HashCode);
        foreach (var column in data.Columns)
        {
            hash.Add(column is NumericColumn numbers ? numbers.Values[row].GetHashCode() : ((FactorColumn)column).Codes[row]);
        }

        return hash.ToHashCode();
    }

    private static bool AreEqual(Dataset data, int one, int other) => data.Columns.All(column => column is NumericColumn numbers
        ? numbers.Values[one].Equals(numbers.Values[other])
        : ((FactorColumn)column).Codes[one] == ((FactorColumn)column).Codes[other]);

    /// <summary>Columns y1, y2 and y3 of numbers: one variable at several visits.</summary>
    private static IEnumerable<string> Wide(Dataset data, string?[] roles) => VisitColumns.Sentences(data.Columns
        .OfType<NumericColumn>()
        .Select(column => column.Name)
        .Where(name => !roles.Contains(name, StringComparer.Ordinal)));
}
