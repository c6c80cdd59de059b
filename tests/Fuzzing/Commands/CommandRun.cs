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
        return Judge(line.Words);
    }

    /// <summary>Runs words in the folder as it is: a result, a refusal, or a fault.</summary>
    public static Outcome Judge(IReadOnlyList<string> words)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = new Application(new ConsoleStreams { Out = output, Error = error }).Run(words);
        return code switch
        {
            ExitCode.Success or ExitCode.NotConverged => ResultVerdict.Of(code, output.ToString()),
            ExitCode.BadInput => OfRefusal(output.ToString(), error.ToString()),
            _ => Outcome.Fault($"exit {code}: {Shape(error.ToString())}"),
        };
    }

    /// <summary>Runs words that have to give a result, in the folder as it is.</summary>
    /// <exception cref="InvalidOperationException">They gave none.</exception>
    public static void Require(IReadOnlyList<string> words)
    {
        var outcome = Judge(words);
        if (outcome.IsFault || outcome.Refusal is not null)
        {
            throw new InvalidOperationException($"{string.Join(' ', words)}: {outcome.Refusal ?? outcome.Kind}");
        }
    }

    private static Outcome OfRefusal(string output, string error) =>
        output.Length > 0 ? Outcome.Fault("exit 2 with a result")
        : !error.StartsWith("margcond: ", StringComparison.Ordinal) ? Outcome.Fault($"exit 2 without a sentence: {Shape(error)}")
        : error.Contains("Exception", StringComparison.Ordinal) ? Outcome.Fault($"exit 2 with an exception's text: {Shape(error)}")
        : error.Contains('\u001b', StringComparison.Ordinal) ? Outcome.Fault("exit 2 with an escape sequence")
        : Outcome.Refused(Shape(error));

    /// <summary>The beginning of a message without its numbers, so that messages of one kind count as one.</summary>
    public static string Shape(string message)
    {
        var line = Numbers().Replace(message.ReplaceLineEndings(" "), "#");
        return line.Length > LongestKind ? line[..LongestKind] : line;
    }

    [System.Text.RegularExpressions.GeneratedRegex("[0-9]+", System.Text.RegularExpressions.RegexOptions.None, 1000)]
    private static partial System.Text.RegularExpressions.Regex Numbers();
}
