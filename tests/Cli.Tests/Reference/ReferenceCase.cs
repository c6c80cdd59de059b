using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Reference;

/// <summary>One file of tests/reference/cases: a call, the expected numbers, their tolerance and source.</summary>
internal sealed class ReferenceCase
{
    private readonly JsonElement root;

    private ReferenceCase(string name, JsonElement root)
    {
        Name = name;
        this.root = root;
    }

    public string Name { get; }

    public string Command => root.GetProperty("command").GetString()!;

    public JsonElement Expected => root.GetProperty("expected");

    /// <summary>Paths into the JSON with a value each; empty for cases that expect members by name.</summary>
    public IReadOnlyList<JsonElement> Checks => root.TryGetProperty("checks", out var checks) ? [.. checks.EnumerateArray()] : [];

    public double Tolerance => root.GetProperty("tolerance").GetDouble();

    public double StandardErrorTolerance => Number("tolerance_se") ?? Math.Max(Tolerance, 1e-5);

    public double LogLikelihoodTolerance => Math.Min(Number("tolerance_logLik") ?? (Command == "lmm" ? 1e-6 : 1e-5), 1e-3);

    /// <summary>The peer stops early: its log-likelihood is a bound that must be reached or beaten.</summary>
    public bool IsLowerBound => Text("compare") == "logLik_at_least";

    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Path.Combine(ReferenceFolder, "cases"), "*.json")
            .Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Order(StringComparer.Ordinal);

    private static string ReferenceFolder => Path.Combine(Repository.Root, "tests", "reference");

    public static ReferenceCase Read(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(ReferenceFolder, "cases", name + ".json")));
        return new ReferenceCase(name, document.RootElement.Clone());
    }

    /// <summary>The program's arguments for this case, with JSON as the output.</summary>
    public string[] Arguments(params string[] more)
    {
        List<string> arguments = [Command, Path.Combine(ReferenceFolder, "data", Text("data") + ".csv")];
        if (Text("formula") is { } formula)
        {
            arguments.Add(formula);
        }

        foreach (var option in (string[])["cluster", "wave", "weights", "corr", "nodes", "residual", "family", "link", "treatment"])
        {
            if (Text(option) is { } value)
            {
                arguments.AddRange(["--" + option, option == "family" ? value.ToLowerInvariant() : value]);
            }
        }

        if (root.TryGetProperty("options", out var options))
        {
            arguments.AddRange(options.EnumerateArray().Select(option => option.GetString()!));
        }

        arguments.AddRange(CommandArguments());
        return [.. arguments, .. more, "--format", "json"];
    }

    public string? Text(string key) =>
        root.TryGetProperty(key, out var value) && value.ValueKind is not JsonValueKind.Null ? value.ToString() : null;

    private double? Number(string key) =>
        root.TryGetProperty(key, out var value) && value.ValueKind is JsonValueKind.Number ? value.GetDouble() : null;

    private IEnumerable<string> CommandArguments()
    {
        switch (Command)
        {
            case "gee":
                var convention = Text("convention") ?? string.Empty;
                return ["--se", "all", "--moments", convention.StartsWith("geepack", StringComparison.Ordinal) ? "geepack" : "n-p"];
            case "lmm" when Text("reml") == "False":
                return ["--ml"];
            case "meta" when root.TryGetProperty("columns", out var columns):
                string Pair(string arm) =>
                    $"{columns.GetProperty(arm + "_events").GetString()},{columns.GetProperty(arm + "_nonevents").GetString()}";
                return ["--method", Text("method")!, "--measure", Text("measure")!, "--treat", Pair("treat"), "--control", Pair("control")];
            case "meta":
                return ["--method", Text("method")!, "--yi", Text("yi")!, "--vi", Text("vi")!];
            default:
                return [];
        }
    }
}
