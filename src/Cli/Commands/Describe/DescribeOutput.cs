using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Data.Descriptions;

namespace MarginalConditional.Cli.Commands.Describe;

/// <summary>A description for programs.</summary>
internal static class DescribeOutput
{
    /// <summary>Everything as one object.</summary>
    public static string Json(DataDescription description, IReadOnlyList<string> notes)
    {
        using var json = new JsonResult();
        json.Text("command", "describe");
        json.Text("file", description.Source);
        json.Integer("rows", description.Rows);
        json.Objects("columns", description.Columns, column => Column(json, column));
        if (description.Clusters is { } clusters)
        {
            json.Object("clusters", () =>
            {
                json.Text("name", clusters.Name);
                json.Integer("count", clusters.Count);
                json.Integer("min", clusters.Minimum);
                json.Number("median", clusters.Median);
                json.Integer("max", clusters.Maximum);
                json.Number("effective", clusters.Effective);
                json.Integer("single", clusters.Single);
                json.Integer("missing", clusters.Missing);
            });
        }

        json.Texts("arms", description.Arms);
        var width = Math.Max(description.Arms.Count, 1);
        json.Objects("waves", description.Waves.Index(), wave =>
        {
            json.Text("wave", wave.Item);
            json.Numbers("rows", [.. description.RowsOfWaves.Skip(wave.Index * width).Take(width).Select(rows => (double)rows)]);
        });
        json.Objects("missing", description.Missing, cell =>
        {
            json.Text("column", cell.Column);
            json.Text("arm", cell.Arm);
            json.Text("wave", cell.Wave);
            json.Integer("missing", cell.Missing);
            json.Integer("rows", cell.Rows);
        });
        json.Objects("patterns", description.Patterns, pattern =>
        {
            json.Text("pattern", pattern.Pattern);
            json.Boolean("monotone", pattern.IsMonotone);
            json.Numbers("clusters", [.. pattern.Clusters.Select(count => (double)count)]);
        });
        return json.Complete(notes);
    }

    /// <summary>The columns, one a line.</summary>
    public static ResultTable Csv(DataDescription description)
    {
        var csv = new ResultTable(["column", "label", "type", "missing", "distinct", "min", "mean", "max", "levels"]);
        foreach (var column in description.Columns)
        {
            csv.Row(
            [
                column.Name, column.Label, column.Type, column.Missing, column.Distinct, column.Minimum, column.Mean, column.Maximum,
                column.Levels.Count == 0 ? null : string.Join("; ", column.Levels.Select(level => $"{level.Level} ({level.Rows})")),
            ]);
        }

        return csv;
    }

    private static void Column(JsonResult json, ColumnDescription column)
    {
        json.Text("name", column.Name);
        json.Text("label", column.Label);
        json.Text("type", column.Type);
        json.Integer("missing", column.Missing);
        json.Integer("distinct", column.Distinct);
        json.Number("min", column.Minimum);
        json.Number("mean", column.Mean);
        json.Number("max", column.Maximum);
        json.Objects("levels", column.Levels, level =>
        {
            json.Text("level", level.Level);
            json.Integer("rows", level.Rows);
        });
    }
}
