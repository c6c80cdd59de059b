using System.Runtime.CompilerServices;

namespace MarginalConditional.Cli.Tests.Harness;

/// <summary>Documents show commands as typed in the repository's folder, so the tests run there.</summary>
internal static class WorkingFolder
{
    [ModuleInitializer]
    internal static void Enter() => Directory.SetCurrentDirectory(Repository.Root);
}
