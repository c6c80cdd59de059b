using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Data.Descriptions;

/// <summary>Describes one column.</summary>
internal static class ColumnSummary
{
    /// <summary>The description.</summary>
    /// <param name="column">The column.</param>
    /// <param name="digests">Those of the columns of numbers.</param>
    internal static ColumnDescription Of(Column column, IReadOnlyDictionary<NumericColumn, ValueDigest> digests) =>
        column is NumericColumn numbers ? Of(numbers, digests[numbers]) : Of((FactorColumn)column);

    private static ColumnDescription Of(NumericColumn column, ValueDigest digest)
    {
        CancellationScope.Check();
        var description = new ColumnDescription
        {
            Name = column.Name,
            Label = column.Label,
            Type = digest.Count == 0 ? "empty" : "number",
            Missing = column.Length - digest.Count,
            Distinct = digest.Distinct,
        };
        return digest.Count == 0 ? description : description with
        {
            Minimum = digest.Least[0] + 0.0,
            Mean = column.ValuesArray.Where(double.IsFinite).Average(),
            Maximum = digest.Greatest + 0.0,
        };
    }

    private static ColumnDescription Of(FactorColumn column)
    {
        var counts = new int[column.Levels.Count];
        foreach (var code in column.Codes)
        {
            if (code >= 0)
            {
                counts[code]++;
            }
        }

        LevelCount[] levels = [.. column.Levels.Zip(counts, (level, rows) => new LevelCount(level, rows)).Where(level => level.Rows > 0)];
        return new ColumnDescription
        {
            Name = column.Name,
            Label = column.Label,
            Type = levels.Length == 0 ? "empty"
                : column.IsDate ? "date"
                : column.Numbers.Count > 0 ? "named code"
                : OutcomeLevels.TrueOf([.. levels.Select(level => level.Level)]) is not null ? "true or false"
                : "category",
            Missing = column.Length - column.Values,
            Distinct = levels.Length,
            Levels = levels,
        };
    }
}
