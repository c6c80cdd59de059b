using System.Globalization;
using MarginalConditional.Data.Coding;

namespace MarginalConditional.Compare.Tests;

/// <summary>A reference CSV read the simple way, so that tests of formulas do not rest on the data layer.</summary>
internal sealed class TableFile
{
    private readonly string[] header;
    private readonly string[][] rows;

    public TableFile(string name)
    {
        var lines = File.ReadAllLines(ReferenceFiles.Data(name));
        header = Split(lines[0]);
        rows = [.. lines.Skip(1).Where(line => line.Length > 0).Select(Split)];
    }

    public int Rows => rows.Length;

    public double[] Numbers(string column) => [.. Texts(column).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];

    public string[] Texts(string column)
    {
        var index = Array.IndexOf(header, column);
        return [.. rows.Select(row => row[index])];
    }

    /// <summary>A design from named columns, each given by its values.</summary>
    public static DesignMatrix Design(params (string Name, double[] Values)[] columns)
    {
        var names = columns.Select(column => column.Name).ToArray();
        return new DesignMatrix(columns[0].Values.Length, names, [.. columns.SelectMany(column => column.Values)], names);
    }

    private static string[] Split(string line) => [.. line.Split(',').Select(field => field.Trim('"'))];
}
