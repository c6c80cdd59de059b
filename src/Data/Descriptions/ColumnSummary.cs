using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Data.Descriptions;

/// <summary>Describes one column.</summary>
internal static class ColumnSummary
{
    /// <summary>The description.</summary>
    internal static ColumnDescription Of(Column column) => column is NumericColumn numbers ? Of(numbers) : Of((FactorColumn)column);

    private static ColumnDescription Of(NumericColumn column)
    {
        CancellationScope.Check();
        double[] values = [.. column.ValuesArray.Where(double.IsFinite)];
        return new ColumnDescription
        {
            Name = column.Name,
            Label = column.Label,
            Type = values.Length == 0 ? "empty" : "number",
            Missing = column.Length - values.Length,
            Distinct = values.Distinct().Count(),
            Minimum = values.Length == 0 ? null : values.Min() + 0.0,
            Mean = values.Length == 0 ? null : values.Average(),
            Maximum = values.Length == 0 ? null : values.Max() + 0.0,
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
