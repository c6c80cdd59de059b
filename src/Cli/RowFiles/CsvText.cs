using System.Text;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Cli.RowFiles;

/// <summary>Rows that are CSV already, in any form that is written.</summary>
internal static class CsvText
{
    /// <summary>The bytes of a file of that name: the text as it is, or its columns with their types.</summary>
    /// <param name="file">How tables become files.</param>
    /// <param name="path">The file to be.</param>
    /// <param name="csv">The rows under their names.</param>
    public static byte[] Content(RowsFile file, string path, string csv) =>
        RowsFile.IsTyped(path) || file.Names is RowNames.R or RowNames.Sas
        ? file.Content(path, TableOf(DatasetReader.Read(path, Encoding.UTF8.GetBytes(csv))))
        : RowsFile.Packed(path, csv);

    /// <summary>The columns as they are read from CSV.</summary>
    private static ResultTable TableOf(Dataset data)
    {
        var table = new ResultTable([.. data.Columns.Select(column => column.Name)]);
        var fields = data.Columns.Select(FieldsOf).ToArray();
        for (var i = 0; i < data.Rows; i++)
        {
            table.Row([.. fields.Select(field => field(i))]);
        }

        return table;
    }

    private static Func<int, object?> FieldsOf(Column column)
    {
        if (column is FactorColumn factor)
        {
            return row => factor.Codes[row] < 0 ? null : factor.Levels[factor.Codes[row]];
        }

        var numbers = ((NumericColumn)column).Values.ToArray();
        return Array.TrueForAll(numbers, IsWhole)
            ? row => double.IsNaN(numbers[row]) ? null : (int)numbers[row]
            : row => numbers[row];
    }

    /// <summary>Whether a number is missing, or a whole one of 32 bits but no zero with a sign.</summary>
    private static bool IsWhole(double number) =>
        double.IsNaN(number) || ((int)number == number && (number != 0 || !double.IsNegative(number)));
}
