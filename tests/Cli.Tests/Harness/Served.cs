using System.Text;
using System.Text.Json;
using MarginalConditional.Cli.Hosting;

namespace MarginalConditional.Cli.Tests.Harness;

/// <summary>Conversations with <c>margcond serve</c> inside the test's process.</summary>
internal static class Served
{
    /// <summary>The answers to the lines, after the greeting.</summary>
    public static string[] Ask(params string[] lines)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = new Application(new ConsoleStreams
        {
            Out = output,
            Error = error,
            OpenInput = () => new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n")),
        }).Run(["serve"]);
        Assert.Equal((0, string.Empty), (code, error.ToString()));
        var answers = output.ToString().Split('\n');
        Assert.Equal(string.Empty, answers[^1]);
        JsonSchema.Require(JsonSchema.Load("served-answer"), answers[0]);
        return answers[1..^1];
    }

    /// <summary>A request of a command line, as JSON.</summary>
    public static string Request(int id, params string[] words) => JsonSerializer.Serialize(new { id, arguments = words });

    /// <summary>A request with one table of CSV.</summary>
    public static string Request(int id, string table, string csv, params string[] words) => JsonSerializer.Serialize(
        new { id, arguments = words, tables = new Dictionary<string, object>(StringComparer.Ordinal) { [table] = new { csv } } });
}
