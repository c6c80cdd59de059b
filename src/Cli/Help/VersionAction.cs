using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using MarginalConditional.Cli.Hosting;

namespace MarginalConditional.Cli.Help;

/// <summary>What <c>--version</c> does.</summary>
internal sealed class VersionAction(ICommandRunner runner) : SynchronousCommandLineAction
{
    /// <summary>The program's version, without the hash of the source.</summary>
    public static string Version { get; } =
        typeof(VersionAction).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
            ?? "unknown";

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        runner.Streams.Out.Write($"margcond {Version}\n");
        return ExitCode.Success;
    }
}
