using System.CommandLine;
using MarginalConditional.Cli.Options;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Hosting;

/// <summary>Runs the bodies of commands: gives them a context, delivers what they wrote, and handles their failures.</summary>
internal interface ICommandRunner
{
    /// <summary>The streams in force.</summary>
    ConsoleStreams Streams { get; }

    /// <summary>Runs another command line as this program would, and returns its exit code; it never throws.</summary>
    /// <param name="others">Where that run writes.</param>
    /// <param name="commandLine">The line after the program's name.</param>
    int RunApart(ConsoleStreams others, IReadOnlyList<string> commandLine) =>
        throw new NotSupportedException("Commands that are only built or parsed run no other.");

    /// <summary>
    /// Attaches a body to a command. The body computes first, then writes to its context, and returns an <see cref="ExitCode"/>.
    /// </summary>
    /// <param name="command">The command.</param>
    /// <param name="output">The command's output options, or null if it has none: then it writes tables to stdout.</param>
    /// <param name="body">May throw <see cref="InputException"/>; nothing it wrote is then printed.</param>
    void Handle(Command command, OutputOptions? output, Func<ParseResult, CommandContext, int> body);
}
