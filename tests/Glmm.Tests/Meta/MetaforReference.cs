using System.Text.Json;
using MarginalConditional.Data.Tables;
using MarginalConditional.Glmm.Meta;

namespace MarginalConditional.Glmm.Tests.Meta;

/// <summary>The numbers written by metafor.R beside this file.</summary>
internal static class MetaforReference
{
    private static readonly Lazy<JsonElement> Document = new(() => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "metafor.json"))).RootElement);

    private static string Folder => Path.Combine(RepositoryRoot, "tests", "Glmm.Tests", "Meta");

    public static string RepositoryRoot
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MarginalConditional.sln")))
            {
                folder = folder.Parent;
            }

            return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }
    }

    public static JsonElement Root => Document.Value;

    public static double[] Numbers(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];

    /// <summary>The effects of the tables of a reference case's data set.</summary>
    public static StudyEffects Effects(string csv, EffectMeasure.CountMeasure measure)
    {
        var lines = File.ReadAllLines(Path.Combine(RepositoryRoot, "tests", "reference", "data", csv + ".csv"));
        var header = lines[0].Split(',').ToList();
        var rows = lines.Skip(1).Select(line => line.Split(',')).ToArray();
        var effects = rows.Select(row => measure.Of(new TwoByTwo(Number(row, "tpos"), Number(row, "tneg"), Number(row, "cpos"), Number(row, "cneg")))).ToArray();
        return new StudyEffects([.. rows.Select(row => row[1])], [.. effects.Select(e => e.Estimate)], [.. effects.Select(e => e.Variance)], measure);

        double Number(string[] row, string name) => double.Parse(row[header.IndexOf(name)], System.Globalization.CultureInfo.InvariantCulture);
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
        return new StudyEffects([.. y.Select((_, i) => $"study {i}")], y, sets.Numbers("vi"), EffectMeasure.Given);
    }
}
