using MarginalConditional.Cli;
using MarginalConditional.Cli.Hosting;

namespace MarginalConditional.Fuzzing.Commands;

/// <summary>Runs a command line in the folder of <see cref="Workshop"/> and judges what a person would see of it.</summary>
internal static partial class CommandRun
{
    private const int LongestKind = 160;

    /// <summary>Runs it: a result, a refusal, or a fault.</summary>
    public static Outcome Judge(CommandLine line)
    {
        Workshop.Prepare(line.Csv);
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = new Application(new ConsoleStreams { Out = output, Error = error }).Run(line.Words);
        return code switch
        {
            ExitCode.Success or ExitCode.NotConverged => ResultVerdict.Of(code, output.ToString()),
            ExitCode.BadInput => OfRefusal(output.ToString(), error.ToString()),
            _ => Outcome.Fault($"exit {code}: {Shape(error.ToString())}"),
        };
    }

    private static Outcome OfRefusal(string output, string error) =>
        output.Length > 0 ? Outcome.Fault("exit 2 with a result")
        : !error.StartsWith("margcond: ", StringComparison.Ordinal) ? Outcome.Fault($"exit 2 without a sentence: {Shape(error)}")
        : error.Contains("Exception", StringComparison.Ordinal) ? Outcome.Fault($"exit 2 with an exception's text: {Shape(error)}")
        : error.Contains('\u001b', StringComparison.Ordinal) ? Outcome.Fault("exit 2 with an escape sequence")
        : Outcome.Refused(Shape(error));

    /// <summary>The beginning of a message without its numbers, so that messages of one kind count as one.</summary>
    private static string Shape(string message)
    {
        var line = Numbers().Replace(message.ReplaceLineEndings(" "), "#");
        return line.Length > LongestKind ? line[..LongestKind] : line;
    }

    [System.Text.RegularExpressions.GeneratedRegex("[0-9]+", System.Text.RegularExpressions.RegexOptions.None, 1000)]
    private static partial System.Text.RegularExpressions.Regex Numbers();
}
