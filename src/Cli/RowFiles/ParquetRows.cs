using System.Runtime.CompilerServices;
using Parquet;
using Parquet.Schema;

namespace MarginalConditional.Cli.RowFiles;

/// <summary>A table as a Parquet file: whole numbers, doubles, dates and texts as such, a null where one is missing.</summary>
internal static class ParquetRows
{
    /// <summary>Rows of a group: readers that work on several threads take one each.</summary>
    private const int GroupSize = 1 << 20;

    /// <summary>The bytes of the file, under the names given.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static byte[] Write(ResultTable table, IReadOnlyList<string> names) => WriteAsync(table, names).GetAwaiter().GetResult();

    private static async Task<byte[]> WriteAsync(ResultTable table, IReadOnlyList<string> names)
    {
        var columns = table.Columns.Select(column => column.Typed()).ToArray();
        var dates = columns.Select(column => column.Dates()).ToArray();
        var schema = new ParquetSchema(columns.Select((column, j) => FieldOf(column, dates[j], names[j])));
        var content = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(schema, content).ConfigureAwait(false))
        {
            for (var first = 0; first < table.RowCount || first == 0; first += GroupSize)
            {
                var rows = Math.Min(GroupSize, table.RowCount - first);
                using var group = writer.CreateRowGroup();
                for (var j = 0; j < schema.DataFields.Length; j++)
                {
                    await WriteColumn(group, schema.DataFields[j], columns[j], dates[j], first, rows).ConfigureAwait(false);
                }

                group.CompleteValidate();
            }
        }

        return content.ToArray();
    }

    private static Field FieldOf(ResultColumn column, DateOnly?[]? dates, string name) =>
        dates is not null ? new DataField<DateOnly>(name, nullable: true)
        : !column.IsNumeric ? new DataField<string>(name)
        : column.IsWhole ? new DataField<int>(name, nullable: true)
        : new DataField<double>(name, nullable: true);

    private static double? NumberOf(ResultColumn column, int row) => double.IsNaN(column.Number(row)) ? null : column.Number(row);

    private static async Task WriteColumn(
        ParquetRowGroupWriter group, DataField field, ResultColumn column, DateOnly?[]? dates, int first, int rows)
    {
        if (dates is not null)
        {
            await group.WriteAsync<DateOnly>(field, dates.AsMemory(first, rows)).ConfigureAwait(false);
        }
        else if (!column.IsNumeric)
        {
            string?[] texts = [.. Enumerable.Range(first, rows).Select(column.Text)];
            await group.WriteAsync(field, texts!).ConfigureAwait(false);
        }
        else if (column.IsWhole)
        {
            int?[] whole = [.. Enumerable.Range(first, rows).Select(i => (int?)NumberOf(column, i))];
            await group.WriteAsync<int>(field, whole).ConfigureAwait(false);
        }
        else
        {
            double?[] numbers = [.. Enumerable.Range(first, rows).Select(i => NumberOf(column, i))];
            await group.WriteAsync<double>(field, numbers).ConfigureAwait(false);
        }
    }
}
