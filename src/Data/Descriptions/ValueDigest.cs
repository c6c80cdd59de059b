using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Data.Descriptions;

/// <summary>What one sort tells of a column's finite values.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Distinct">How many are distinct.</param>
/// <param name="Least">The least distinct ones, up to three, ascending.</param>
/// <param name="Greatest">The greatest; not a number where there is none.</param>
/// <param name="Thirds">The values with a third of the rows below, and above; not numbers where there are none.</param>
/// <param name="AreWhole">Whether all are whole numbers.</param>
/// <param name="AreConsecutive">Whether in order each is the one before plus one, as the numbers of rows are.</param>
internal sealed record ValueDigest(
    int Count,
    int Distinct,
    IReadOnlyList<double> Least,
    double Greatest,
    (double Lower, double Upper) Thirds,
    bool AreWhole,
    bool AreConsecutive)
{
    /// <summary>How many of the least values are kept: as many as tell no, one, two and more values apart.</summary>
    private const int Kept = 3;

    /// <summary>The digest of every column of numbers.</summary>
    /// <param name="data">The table.</param>
    internal static IReadOnlyDictionary<NumericColumn, ValueDigest> OfAll(Dataset data)
    {
        var digests = new Dictionary<NumericColumn, ValueDigest>(ReferenceEqualityComparer.Instance);
        var buffer = new double[data.Rows];
        foreach (var column in data.Columns.OfType<NumericColumn>())
        {
            digests[column] = Of(column, buffer);
        }

        return digests;
    }

    /// <summary>The digest of one column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="buffer">Room for its values.</param>
    internal static ValueDigest Of(NumericColumn column, double[] buffer)
    {
        var count = 0;
        foreach (var value in column.Values)
        {
            if (double.IsFinite(value))
            {
                buffer[count++] = value;
            }
        }

        CancellationScope.Check();
        var sorted = buffer.AsSpan(0, count);
        sorted.Sort();
        CancellationScope.Check();
        var least = new List<double>(Kept);
        var (distinct, whole, consecutive) = (0, true, true);
        for (var i = 0; i < sorted.Length; i++)
        {
            whole &= sorted[i] == Math.Floor(sorted[i]);
            consecutive &= sorted[i] == sorted[0] + i;
            if (i > 0 && sorted[i] == sorted[i - 1])
            {
                continue;
            }

            if (distinct++ < Kept)
            {
                least.Add(sorted[i]);
            }
        }

        return new ValueDigest(
            count,
            distinct,
            least.AsReadOnly(),
            count == 0 ? double.NaN : sorted[^1],
            count == 0 ? (double.NaN, double.NaN) : (sorted[count / 3], sorted[count - 1 - (count / 3)]),
            whole,
            consecutive);
    }
}
