using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using MarginalConditional.Cli.Hosting;

namespace MarginalConditional.Cli.Help;

/// <summary>What <c>--version</c> does.</summary>
internal sealed class VersionAction(ICommandRunner runner) : SynchronousCommandLineAction
{
    private const int DigitsOfCommit = 10;

    private static readonly string[] Parts =
        (typeof(VersionAction).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown")
        .Split('+');

    /// <summary>The program's version, without the commit of the source.</summary>
    public static string Version { get; } = Parts[0];

    /// <summary>The commit that the program was built from, as the first digits of its hash; empty where it is not known.</summary>
    public static string Commit { get; } = Parts is [_, { Length: >= DigitsOfCommit } hash] ? hash[..DigitsOfCommit] : string.Empty;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        runner.Streams.Out.Write($"margcond {Version}{(Commit.Length > 0 ? $" (commit {Commit})" : string.Empty)}\n");
        return ExitCode.Success;
    }
}
