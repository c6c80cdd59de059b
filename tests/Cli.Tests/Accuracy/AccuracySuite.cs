using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;
using MarginalConditional.Cli.Tests.Reference;

namespace MarginalConditional.Cli.Tests.Accuracy;

/// <summary>
/// A file of tests/reference/suites: what a peer's own tests, manual or log print, as calls of the program and paths into its JSON.
/// </summary>
internal sealed class AccuracySuite
{
    private readonly JsonElement root;

    private AccuracySuite(string name, JsonElement root) => (Name, this.root) = (name, root);

    /// <summary>The file's name without its ending.</summary>
    public string Name { get; }

    /// <summary>The names of all suites, in order.</summary>
    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.json")
        .Select(path => Path.GetFileNameWithoutExtension(path)!)
        .Order(StringComparer.Ordinal);

    /// <summary>Where suites stand.</summary>
    public static string Folder => Repository.File("tests", "reference", "suites");

    /// <summary>Whose numbers they are, with the version.</summary>
    public string Peer => Text(root, "peer");

    /// <summary>Where the numbers stand.</summary>
    public string Source => Text(root, "source");

    /// <summary>Whether they are certified: right to all digits, computed with more than a double has.</summary>
    public bool IsCertified => root.TryGetProperty("certified", out var certified) && certified.GetBoolean();

    /// <summary>Reads a suite.</summary>
    public static AccuracySuite Read(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")));
        return new AccuracySuite(name, document.RootElement.Clone());
    }

    /// <summary>Runs all cases.</summary>
    public IReadOnlyList<MeasuredNumber> Measure() =>
    [
        .. root.GetProperty("cases").EnumerateArray()
            .SelectMany(Measure)
            .Select(number => number with { Case = $"{Name}/{number.Case}" }),
    ];

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static IEnumerable<MeasuredNumber> Measure(JsonElement item)
    {
        var name = Text(item, "name");
        var output = Output(item);
        foreach (var check in item.GetProperty("checks").EnumerateArray())
        {
            var found = CheckedPaths.Find(output, check.GetProperty("at"));
            var actual = found is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : double.NaN;
            actual = Number(check, "times", 1) * Math.Pow(actual, Number(check, "power", 1));
            double? beside = check.TryGetProperty("beside", out var size) ? size.GetDouble() : null;
            var what = CheckedPaths.Words(check.GetProperty("at"));
            yield return new MeasuredNumber(name, what, PrintedNumber.Parse(Text(check, "value")), actual, beside);
        }
    }

    private static double Number(JsonElement check, string name, double otherwise) =>
        check.TryGetProperty(name, out var number) ? number.GetDouble() : otherwise;

    private static JsonElement Output(JsonElement item)
    {
        if (item.TryGetProperty("function", out var function))
        {
            return JsonSerializer.SerializeToElement(CertifiedFunctions.Value(
                function.GetString()!,
                [.. item.GetProperty("arguments").EnumerateArray().Select(argument => double.Parse(
                    argument.GetString()!,
                    System.Globalization.CultureInfo.InvariantCulture))]));
        }

        string[] call = [.. item.GetProperty("call").EnumerateArray().Select(word => word.GetString()!)];
        if (item.TryGetProperty("data", out var data))
        {
            call = [call[0], Repository.Data(data.GetString()!), .. call[1..]];
        }

        var run = Margcond.Run([.. call, "--format", "json"]);
        Assert.True(run.ExitCode is 0 or 3, $"{Text(item, "name")}: exit {run.ExitCode}: {run.Error}");
        using var document = JsonDocument.Parse(run.Out);
        return document.RootElement.Clone();
    }
}
