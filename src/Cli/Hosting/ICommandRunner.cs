using System.CommandLine;
using MarginalConditional.Cli.Options;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Hosting;

/// <summary>Runs the bodies of commands: gives them a context, delivers what they wrote, and handles their failures.</summary>
internal interface ICommandRunner
{
    /// <summary>The streams in force.</summary>
    ConsoleStreams Streams { get; }

    /// <summary>
    /// Attaches a body to a command. The body computes first, then writes to its context, and returns an <see cref="ExitCode"/>.
    /// </summary>
    /// <param name="command">The command.</param>
    /// <param name="output">The command's output options, or null if it has none: then it writes tables to stdout.</param>
    /// <param name="body">May throw <see cref="InputException"/>; nothing it wrote is then printed.</param>
    void Handle(Command command, OutputOptions? output, Func<ParseResult, CommandContext, int> body);
}
