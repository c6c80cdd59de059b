using System.Runtime.CompilerServices;
using MarginalConditional.Cli;
using MarginalConditional.Cli.Hosting;

namespace MarginalConditional.Browser.Tests.Support;

/// <summary>The console program inside the test's process.</summary>
internal static class Margcond
{
    /// <summary>Reports name their data as seen from the repository's folder.</summary>
    [ModuleInitializer]
    internal static void Enter() => Directory.SetCurrentDirectory(ReferenceFiles.RepositoryRoot);

    /// <summary>Runs it; what it prints is thrown away.</summary>
    public static void Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = new Application(new ConsoleStreams { Out = output, Error = error }).Run(arguments);
        Assert.True(code == 0, error.ToString());
    }
}
