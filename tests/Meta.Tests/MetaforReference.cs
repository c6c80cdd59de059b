using System.Text.Json;
using MarginalConditional.Data.Tables;
using MarginalConditional.Meta.Effects;

namespace MarginalConditional.Meta.Tests;

/// <summary>The numbers written by metafor.R beside this file.</summary>
internal static class MetaforReference
{
    private static readonly Lazy<JsonElement> Document =
        new(() => ReferenceFiles.Json(ReferenceFiles.Beside("Meta.Tests", "metafor.json")));

    public static JsonElement Root => Document.Value;

    /// <summary>The effects of the tables of a reference case's data set.</summary>
    public static StudyEffects Effects(string csv, StudyMeasure.CountMeasure measure)
    {
        var lines = File.ReadAllLines(ReferenceFiles.Data(csv));
        var header = lines[0].Split(',').ToList();
        var rows = lines.Skip(1).Select(line => line.Split(',')).ToArray();
        var effects = rows
            .Select(row => measure.Of(new TwoByTwo(Number(row, "tpos"), Number(row, "tneg"), Number(row, "cpos"), Number(row, "cneg"))))
            .ToArray();
        return new StudyEffects(
            [.. rows.Select(row => row[1])],
            [.. effects.Select(e => e.Estimate)],
            [.. effects.Select(e => e.Variance)],
            measure);

        double Number(string[] row, string name) =>
            double.Parse(row[header.IndexOf(name)], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>One of metafor.R's tables of counts, without its last <paramref name="leaveOut"/> rows.</summary>
    public static StudyCounts Counts(string table, int leaveOut = 0)
    {
        var columns = Root.GetProperty("tables").GetProperty(table);
        string[] names = ["a", "b", "c", "d"];
        var data = new Dataset(table + ".csv", [.. names.Select(name => new NumericColumn(name, columns.Numbers(name)[..^leaveOut]))]);
        return StudyCounts.Read(data, ("a", "b"), ("c", "d"), []);
    }

    /// <summary>The y and v that metafor was given, by the name of the set.</summary>
    public static StudyEffects Studies(string name)
    {
        var sets = Root.GetProperty("effects").TryGetProperty(name, out var set) ? set : Root.GetProperty("sets").GetProperty(name);
        var y = sets.Numbers("yi");
        return new StudyEffects([.. y.Select((_, i) => $"study {i}")], y, sets.Numbers("vi"), StudyMeasure.Given);
    }
}
