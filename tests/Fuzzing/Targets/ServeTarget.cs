using System.Text;
using System.Text.Json;
using MarginalConditional.Cli;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Fuzzing.Commands;
using MarginalConditional.Fuzzing.Texts;

namespace MarginalConditional.Fuzzing.Targets;

/// <summary>Conversations with <c>margcond serve</c>: every line has an answer, whatever it holds.</summary>
internal sealed class ServeTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "serve";

    /// <inheritdoc/>
    public override FuzzInput Make(Draws draws) => Of(ServedText.Make(draws));

    /// <inheritdoc/>
    public override FuzzInput Of(byte[] bytes) => new(CsvBytes.Show(bytes), () => Converse(bytes));

    private static Outcome Converse(byte[] bytes)
    {
        Workshop.Prepare();
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var streams = new ConsoleStreams { Out = output, Error = error, OpenInput = () => new MemoryStream(bytes) };
        var code = new Application(streams).Run(["serve"]);
        if (code != ExitCode.Success || error.ToString().Length > 0)
        {
            return Outcome.Fault($"serve ends with {code}: {CommandRun.Shape(error.ToString())}");
        }

        var answers = output.ToString().Split('\n')[1..^1];
        if (answers.Length != Requests(bytes))
        {
            return Outcome.Fault("not every request has an answer");
        }

        Outcome[] outcomes = [.. answers.Select(Judge)];
        return outcomes.FirstOrDefault(outcome => outcome.IsFault)
            ?? outcomes.FirstOrDefault(outcome => outcome.Refusal is null)
            ?? outcomes.FirstOrDefault()
            ?? Outcome.Result("nothing asked");
    }

    private static int Requests(byte[] bytes)
    {
        var (count, start) = (0, 0);
        while (start < bytes.Length)
        {
            var feed = bytes.AsSpan(start).IndexOf((byte)'\n');
            var end = feed < 0 ? bytes.Length : start + feed;
            count += bytes.AsSpan(start, end - start).Trim(" \t\r"u8).IsEmpty ? 0 : 1;
            start = end + 1;
        }

        return count;
    }

    private static Outcome Judge(string line)
    {
        if (line.Any(char.IsControl))
        {
            return Outcome.Fault("an answer with a control character");
        }

        try
        {
            using var document = JsonDocument.Parse(line);
            return Judge(document.RootElement);
        }
        catch (JsonException)
        {
            return Outcome.Fault("an answer that is no JSON");
        }
    }

    private static Outcome Judge(JsonElement answer)
    {
        var code = answer.GetProperty("exitCode").GetInt32();
        var said = answer.TryGetProperty("error", out var error) ? error.GetProperty("message").GetString()! : string.Empty;
        var hasResult = answer.TryGetProperty("result", out var result);
        var hasText = answer.TryGetProperty("text", out var text);
        return code switch
        {
            ExitCode.BadInput when hasResult || hasText => Outcome.Fault("exit 2 with a result"),
            ExitCode.BadInput when string.IsNullOrWhiteSpace(said) => Outcome.Fault("exit 2 without a sentence"),
            ExitCode.BadInput when said.Contains("Exception", StringComparison.Ordinal) =>
                Outcome.Fault($"exit 2 with an exception's text: {CommandRun.Shape(said)}"),
            ExitCode.BadInput => Outcome.Refused(CommandRun.Shape(said)),
            not (ExitCode.Success or ExitCode.NotConverged) => Outcome.Fault($"exit {code}: {CommandRun.Shape(said)}"),
            _ when hasResult => ResultVerdict.Of(code, result.GetRawText()),
            _ => ResultVerdict.Of(code, hasText ? text.GetString()! : string.Empty),
        };
    }
}
