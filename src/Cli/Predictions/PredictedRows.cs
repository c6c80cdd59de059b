using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Data.Frames;
using Spectre.Console;

namespace MarginalConditional.Cli.Predictions;

/// <summary>Predictions of rows, ready to be printed, and written as CSV or JSON.</summary>
/// <param name="Source">The file of the rows.</param>
/// <param name="Groupings">The names of the groupings; empty for a marginal model.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Columns">The names of the numbers, as in CSV: <c>mean_se</c>; in JSON <c>meanSe</c>.</param>
/// <param name="Numbers">For each row its numbers.</param>
internal sealed record PredictedRows(
    string Source,
    IReadOnlyList<string> Groupings,
    IReadOnlyList<NewRow> Rows,
    IReadOnlyList<string> Columns,
    IReadOnlyList<double[]> Numbers)
{
    private const int MostShown = 20;

    /// <summary>The columns that a table shows: heading, estimate, and its limits or an empty name for none.</summary>
    public required IReadOnlyList<(string Heading, string Estimate, string Lower, string Upper)> Shown { get; init; }

    /// <summary>The columns that belong together when predictions of several imputed data sets are pooled.</summary>
    public required IReadOnlyList<PredictionGroup> Groups { get; init; }

    /// <summary>The rows that have no prediction.</summary>
    public int Missing => Rows.Count(row => !row.HasMean);

    /// <summary>The table as CSV: the row's number in the file, its groups, which of them were not fitted, the numbers.</summary>
    public ResultTable Csv()
    {
        var csv = new ResultTable(["row", .. Groupings, .. Groupings.Count > 0 ? new[] { "not_fitted" } : [], .. Columns]);
        for (var i = 0; i < Rows.Count; i++)
        {
            var row = Rows[i];
            object?[] groups = [.. Labels(row)];
            object?[] unknown = Groupings.Count > 0 ? [string.Join(" ", Unknown(row))] : [];
            csv.Row([row.Row + 1, .. groups, .. unknown, .. Numbers[i].Cast<object?>()]);
        }

        return csv;
    }

    /// <summary>Writes the member <c>predictions</c>.</summary>
    public void Write(JsonResult json) => json.Objects("predictions", Rows.Select((row, i) => (row, i)), item =>
    {
        json.Integer("row", item.row.Row + 1);
        if (Groupings.Count > 0)
        {
            json.Object("groups", () =>
            {
                foreach (var (name, label) in Groupings.Zip(Labels(item.row)))
                {
                    json.Text(name, label);
                }
            });
            json.Texts("notFitted", Unknown(item.row));
        }

        for (var j = 0; j < Columns.Count; j++)
        {
            var value = Numbers[item.i][j];
            json.Number(Camel(Columns[j]), double.IsNaN(value) ? null : value);
        }
    });

    /// <summary>Prints the first rows.</summary>
    public void Write(IAnsiConsole console, double level)
    {
        var interval = ">" + Figures.IntervalHeading(level);
        var table = new TextTable([
            ">Row", .. Groupings,
            .. Shown.SelectMany(one => one.Lower.Length > 0 ? new[] { ">" + one.Heading, interval } : [">" + one.Heading]),
        ]);
        for (var i = 0; i < Math.Min(Rows.Count, MostShown); i++)
        {
            var numbers = Numbers[i];
            double Number(string name) => numbers[Columns.ToList().IndexOf(name)];
            string[] groups = [.. Names(Rows[i])];
            table.Row([Figures.Count(Rows[i].Row + 1), .. groups, .. Shown.SelectMany(one =>
            {
                var (estimate, spread) = (Number(one.Estimate), one.Lower.Length > 0 ? (Number(one.Upper) - Number(one.Lower)) / 4 : 0);
                var shown = double.IsNaN(estimate) ? "\u2013" : Figures.Estimate(estimate, spread > 0 ? spread : Math.Abs(estimate) / 10);
                return one.Lower.Length == 0 ? new[] { shown }
                    : double.IsNaN(estimate) || double.IsNaN(spread) ? [shown, "\u2013"]
                    : [shown, Figures.Interval(Figures.Estimate(Number(one.Lower), spread), Figures.Estimate(Number(one.Upper), spread))];
            })]);
        }

        console.WriteLine();
        console.WriteLine($"Predictions of {Path.GetFileName(Source)}");
        table.WriteTo(console);
        if (Rows.Count > MostShown)
        {
            console.WriteLine($"  ({MostShown} of {Figures.Counted(Rows.Count, "row")}; all by --predictions FILE or --format json)");
        }

        if (Rows.Any(row => Unknown(row).Any()))
        {
            console.WriteLine("  (* not fitted: effects 0, their spread counts in prediction errors)");
        }
    }

    private IEnumerable<string?> Labels(NewRow row) => row.Labels.Count == 0 ? [] : Places(row).Select(place => row.Labels[place]);

    private IEnumerable<string> Unknown(NewRow row) =>
        Groupings.Zip(Places(row)).Where(pair => row.Groups[pair.Second] < 0).Select(pair => pair.First);

    private IEnumerable<string> Names(NewRow row) => Places(row).Select(place =>
        row.Groups[place] >= 0 ? row.Labels[place]! : (row.Labels[place] ?? string.Empty) + "*");

    /// <summary>The first term of each grouping.</summary>
    private IEnumerable<int> Places(NewRow row) => Groupings.Count == 0 ? [] : Groupings.Select(name => TermOf[name]);

    /// <summary>For each grouping the first random term that has it.</summary>
    public IReadOnlyDictionary<string, int> TermOf { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>The groupings of a frame's random terms, each once.</summary>
    public static (IReadOnlyList<string> Names, IReadOnlyDictionary<string, int> TermOf) GroupingsOf(ModelFrame frame)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var t = 0; t < frame.RandomTerms.Count; t++)
        {
            places.TryAdd(frame.RandomTerms[t].Group, t);
        }

        return ([.. frame.RandomTerms.Select(term => term.Group).Distinct(StringComparer.Ordinal)], places);
    }

    private static string Camel(string name)
    {
        var parts = name.Split('_');
        return parts[0] + string.Concat(parts.Skip(1).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
    }
}
