using System.Text.Json;
using MarginalConditional.Compare.Simulation.Commands;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Running;

namespace MarginalConditional.Compare.Tests.Simulation.Commands;

/// <summary>The lines of <see cref="StudyProtocol"/> hold what docs/protocol.md says, and no other fields.</summary>
public sealed class StudyProtocolTests
{
    private static readonly ChildCommand Command = new() { Text = "child" };

    [Fact]
    public void A_request_for_data_holds_settings_as_numbers_and_text_replicate_and_seed()
    {
        var line = StudyProtocol.Generate([new("sigma", "1.5"), new("law", "normal")], 7, 42);
        Assert.Equal("""{"do":"generate","settings":{"sigma":1.5,"law":"normal"},"replicate":7,"seed":42}""", line);
    }

    [Fact]
    public void A_request_for_an_estimate_holds_model_and_data_on_one_line()
    {
        var replicate = SimulationRunner.Draw(Studies.Read(Studies.Small), 0, 2);
        var line = StudyProtocol.Estimate("mine", replicate, 5, path: null);
        Assert.DoesNotContain('\n', line);
        using var request = JsonDocument.Parse(line);
        var root = request.RootElement;
        Assert.Equal(
            ["do", "method", "settings", "replicate", "seed", "model", "csv"],
            root.EnumerateObject().Select(property => property.Name));
        Assert.Equal((3, "mine"), (root.GetProperty("replicate").GetInt32(), root.GetProperty("method").GetString()));
        Assert.Equal("treatment", root.GetProperty("model").GetProperty("effect").GetString());
        Assert.Equal(replicate.Csv, root.GetProperty("csv").GetString());
        Assert.EndsWith("\"path\":\"data.csv\"}", StudyProtocol.Estimate("mine", replicate, 5, "data.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_are_read_with_their_degrees_of_freedom_and_warnings()
    {
        var plain = StudyProtocol.Answer(Command, Json("""{"estimate": 0.5, "se": 0.1}"""));
        Assert.Equal(new EffectEstimate(0.5, 0.1, double.PositiveInfinity, EstimateOutcome.Converged), plain);
        var warned = StudyProtocol.Answer(Command, Json("""{"estimate": 0.5, "se": 0.1, "df": 8, "warnings": ["singular"]}"""));
        Assert.Equal(new EffectEstimate(0.5, 0.1, 8, EstimateOutcome.Warned), warned);
        Assert.Contains(
            "says: no column",
            Assert.Throws<ChildException>(() => StudyProtocol.Answer(Command, Json("""{"error": "no column"}"""))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "without \"csv\" or \"path\"",
            Assert.Throws<ChildException>(() => StudyProtocol.Data(Command, Json("{}"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_an_end_or_with_a_name_that_none_has_is_a_failure()
    {
        Assert.Contains(
            "cannot be read",
            Assert.Throws<ChildException>(() => StudyProtocol.Data(Command, Json("""{"path": "a\u0000b"}"""))).Message,
            StringComparison.Ordinal);
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "id,y\n1,2\n");
            var answer = Json(JsonSerializer.Serialize(new { path }));
            Assert.Equal("id,y\n1,2\n", StudyProtocol.Data(Command, answer));
            Assert.Contains(
                "more than 0 MB",
                Assert.Throws<ChildException>(() => StudyProtocol.Data(Command with { MostBytes = 8 }, answer)).Message,
                StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
