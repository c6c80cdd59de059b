using System.CommandLine;
using System.CommandLine.Invocation;
using MarginalConditional.Cli.Hosting;

namespace MarginalConditional.Cli.Help;

/// <summary>What <c>--help</c> does.</summary>
internal sealed class HelpTextAction(ICommandRunner runner) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult) => HelpText.Write(parseResult.CommandResult.Command, runner.Streams);
}
