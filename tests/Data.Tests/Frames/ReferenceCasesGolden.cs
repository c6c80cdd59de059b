using System.Text.Json;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Frames;

/// <summary>Every reference case has the coefficients' names that its peer gave (R; see tests/reference/README.md), blanks aside.</summary>
public sealed class ReferenceCasesGolden
{
    public static TheoryData<string> Names() =>
        [.. Files.Cases().Where(HasCoefficients).Select(path => Path.GetFileNameWithoutExtension(path))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Frame_has_the_names_of_the_peer(string name)
    {
        using var document =
            JsonDocument.Parse(File.ReadAllText(Files.Cases().Single(path => Path.GetFileNameWithoutExtension(path) == name)));
        var golden = document.RootElement;
        var frame = ModelFrameBuilder.Build(DatasetReader.Read(Files.Reference(golden.GetProperty("data").GetString()!)), new FrameRequest
        {
            Formula = FormulaParser.Parse(golden.GetProperty("formula").GetString()!),
            Cluster = Text(golden, "cluster"),
            Wave = Text(golden, "wave"),
            Weights = Text(golden, "weights"),
            Factors = Factors(golden),
            HasOrderedOutcome = IsOrdered(golden),
        });
        Assert.True(frame.Dropped == 0 || IsOrdered(golden));
        Assert.True(frame.Clusters.Count > 1);
        Assert.Equal(
            golden
                .GetProperty("expected")
                .GetProperty("coefficients")
                .EnumerateObject()
                .Select(item => Dense(Column(item.Name)))
                .Distinct(),
            frame.Design.Names.Skip(IsOrdered(golden) ? 1 : 0).Select(Dense));
    }

    /// <summary>Thresholds stand in the place of the intercept of an ordered outcome.</summary>
    private static bool IsOrdered(JsonElement golden) => Text(golden, "family") == "ordinal";

    /// <summary>A coefficient by threshold, <c>x@1|2</c>, belongs to the column x.</summary>
    private static string Column(string coefficient) => coefficient.Split('@')[0];

    /// <summary>The words that follow the option <c>--factor</c>.</summary>
    private static IReadOnlyList<string> Factors(JsonElement golden)
    {
        var words = golden.TryGetProperty("options", out var options)
            ? options.EnumerateArray().Select(word => word.GetString()!).ToArray()
            : [];
        return [.. words.Zip(words.Skip(1)).Where(pair => pair.First == "--factor").Select(pair => pair.Second)];
    }

    private static bool HasCoefficients(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.TryGetProperty("formula", out _)
            && document.RootElement.TryGetProperty("expected", out var expected) && expected.TryGetProperty("coefficients", out _);
    }

    private static string? Text(JsonElement golden, string name) => golden.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string Dense(string text) => text.Replace(" ", string.Empty, StringComparison.Ordinal);
}
