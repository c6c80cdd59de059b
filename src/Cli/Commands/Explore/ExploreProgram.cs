using System.Runtime.InteropServices;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Commands.Explore;

/// <summary>Where the program of the page is, and what runs it.</summary>
/// <param name="Host">The <c>dotnet</c> that runs this program.</param>
/// <param name="Path">The page's program.</param>
internal sealed record ExploreProgram(string Host, string Path)
{
    private const string FileName = "margcond-explore.dll";

    /// <summary>Looks beside this program.</summary>
    /// <exception cref="InputException">It is not there.</exception>
    public static ExploreProgram Find() => Find(AppContext.BaseDirectory);

    /// <summary>Looks in a folder.</summary>
    /// <exception cref="InputException">It is not there.</exception>
    internal static ExploreProgram Find(string folder)
    {
        var path = System.IO.Path.Combine(folder, "explore", FileName);
        return File.Exists(path)
            ? new ExploreProgram(HostPath(), path)
            : throw new InputException($"The page is a program of its own, and it is not where it belongs: {path}.")
            {
                Hint = "Build the solution with \"dotnet build -c Release\", which places it there.",
            };
    }

    /// <summary>Of the runtime in use, two folders above the libraries: the same for a host of our own and for <c>dotnet</c>.</summary>
    private static string HostPath()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var root = System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var beside = System.IO.Path.Combine(root, name);
        return File.Exists(beside) ? beside : name;
    }
}
