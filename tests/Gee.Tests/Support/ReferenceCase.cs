using System.Text.Json;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Tests.Support;

/// <summary>A reference case of tests/reference/cases: what to fit and the numbers that reference software gives.</summary>
internal sealed class ReferenceCase(string name)
{
    private readonly JsonElement root = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "cases", name + ".json"))).RootElement;

    public static string Folder { get; } = FindFolder();

    public static IEnumerable<string> Names =>
        Directory.GetFiles(Path.Combine(Folder, "cases"), "gee_*.json")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Order(StringComparer.Ordinal);

    public JsonElement Expected => root.GetProperty("expected");

    public double Tolerance => root.GetProperty("tolerance").GetDouble();

    public static ModelFrame Frame(
        string data,
        string formula,
        string cluster,
        string? wave = null,
        string? weights = null,
        bool positionMatters = false,
        Dictionary<string, string>? references = null,
        string[]? factors = null,
        bool isOrdered = false)
    {
        var request = new FrameRequest
        {
            Formula = FormulaParser.Parse(formula),
            Cluster = cluster,
            Wave = wave,
            Weights = weights,
            PositionMatters = positionMatters,
            References = references ?? [],
            Factors = factors ?? [],
            HasOrderedOutcome = isOrdered,
        };
        return ModelFrameBuilder.Build(
            DatasetReader.Read(Path.Combine(Folder, "data", data + ".csv"), new DatasetReaderOptions()),
            request);
    }

    /// <summary>The columns of numbers that the case reads as categories.</summary>
    private string[] Factors =>
        root.TryGetProperty("options", out var options)
            ? [.. options.EnumerateArray().Select(word => word.GetString()!).Where(word => word != "--factor")]
            : [];

    public GeeFit Fit()
    {
        var correlation = Text("corr") switch
        {
            "independence" => WorkingCorrelation.Independence,
            "ar1" => WorkingCorrelation.Ar1,
            "unstructured" => WorkingCorrelation.Unstructured,
            _ => WorkingCorrelation.Exchangeable,
        };
        var frame = Frame(
            Text("data")!,
            Text("formula")!,
            Text("cluster")!,
            Text("wave"),
            Text("weights"),
            correlation.DependsOnWaves,
            factors: Factors);
        Assert.True(Family.TryParse(Text("family")!.ToLowerInvariant(), out var family));
        Assert.True(Link.TryParse(Text("link"), out var link));
        var options = new GeeOptions
        {
            Family = family,
            Link = link,
            Correlation = correlation,
            Moments = Text("convention")!.StartsWith("geepack", StringComparison.Ordinal)
                ? MomentConvention.Geepack
                : MomentConvention.LiangZeger,
        };
        return GeeFitter.Fit(frame, options);
    }

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "tests", "reference")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "tests", "reference");
    }

    private string? Text(string property) => root.TryGetProperty(property, out var value) ? value.GetString() : null;
}
