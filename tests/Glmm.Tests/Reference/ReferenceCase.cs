using System.Text.Json;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Reference;

/// <summary>One reference case: the call and the expected numbers of other software.</summary>
internal sealed class ReferenceCase
{
    private readonly JsonElement root;

    private ReferenceCase(string name)
    {
        Name = name;
        root = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "cases", name + ".json"))).RootElement;
    }

    public static string Root { get; } = FindRoot();

    public string Name { get; }

    public JsonElement Expected => root.GetProperty("expected");

    public JsonElement ConvergedLaplace => JsonDocument.Parse(File.ReadAllText(Path.Combine(
        Root,
        "..",
        "Glmm.Tests",
        "Reference",
        "laplace.json"))).RootElement.GetProperty(Name);

    public int Nodes => root.GetProperty("nodes").GetInt32();

    public double Tolerance => root.GetProperty("tolerance").GetDouble();

    public double ErrorTolerance => root.TryGetProperty("tolerance_se", out var value) ? value.GetDouble() : Math.Max(Tolerance, 1e-5);

    public double LikelihoodTolerance => root.TryGetProperty("tolerance_logLik", out var value) ? value.GetDouble() : 1e-5;

    public bool IsLowerBound => root.TryGetProperty("compare", out var value) && value.GetString() == "logLik_at_least";

    public Family Family => root.GetProperty("family").GetString() switch
    {
        "binomial" => Family.Binomial,
        "poisson" => Family.Poisson,
        "negative-binomial" => Family.NegativeBinomial(1),
        var other => throw new InvalidOperationException(other),
    };

    public static ReferenceCase Load(string name) => new(name);

    /// <summary>The columns of numbers that the case reads as categories.</summary>
    private string[] Factors =>
        root.TryGetProperty("options", out var options)
            ? [.. options.EnumerateArray().Select(word => word.GetString()!).Where(word => word != "--factor")]
            : [];

    public static ModelFrame Frame(string data, string formula, params string[] factors) => ModelFrameBuilder.Build(
        DatasetReader.Read(Path.Combine(Root, "data", data + ".csv")),
        new FrameRequest { Formula = FormulaParser.Parse(formula), Factors = factors });

    public ModelFrame Frame() => Frame(root.GetProperty("data").GetString()!, root.GetProperty("formula").GetString()!, Factors);

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "MarginalConditional.sln")))
        {
            directory = directory.Parent;
        }

        return Path.Combine(directory!.FullName, "tests", "reference");
    }
}
