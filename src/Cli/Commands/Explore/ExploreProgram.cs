using System.Runtime.InteropServices;
using MarginalConditional.Cli.Help;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Commands.Explore;

/// <summary>Where the program of the page is, and what runs it.</summary>
/// <param name="Host">The <c>dotnet</c> that runs this program.</param>
/// <param name="Path">The page's program.</param>
internal sealed record ExploreProgram(string Host, string Path)
{
    private const string ToolName = "margcond-explore";

    private const string FileName = ToolName + ".dll";

    /// <summary>Looks beside this program.</summary>
    /// <exception cref="InputException">It is not there.</exception>
    public static ExploreProgram Find() => Find(AppContext.BaseDirectory);

    /// <summary>Looks in a folder.</summary>
    /// <exception cref="InputException">It is not there.</exception>
    internal static ExploreProgram Find(string folder)
    {
        var beside = System.IO.Path.Combine(folder, "explore", FileName);
        var store = StoreOf(folder);
        var path = store is null ? beside : InstalledIn(store) ?? beside;
        return File.Exists(path)
            ? new ExploreProgram(HostPath(), path)
            : throw new InputException(store is null
                ? $"The page is a program of its own, and it is not where it belongs: {path}."
                : $"The page is a tool of its own, {ToolName}, and it is not installed.")
            {
                Hint = store is null
                    ? "Build the solution with \"dotnet build -c Release\", which places it there."
                    : $"dotnet tool install --global {ToolName} --version {VersionAction.Version}",
            };
    }

    /// <summary>The folder in which .NET keeps tools, of a program that was installed as one; else null.</summary>
    private static string? StoreOf(string folder)
    {
        for (var outer = new DirectoryInfo(folder); outer is not null; outer = outer.Parent)
        {
            if (outer.Name == ".store")
            {
                return outer.FullName;
            }
        }

        return null;
    }

    /// <summary>The page's program of this version among installed tools; null where there is none.</summary>
    private static string? InstalledIn(string store)
    {
        var home = System.IO.Path.Combine(store, ToolName, VersionAction.Version);
        return Directory.Exists(home)
            ? Directory.EnumerateFiles(home, FileName, SearchOption.AllDirectories).Order(StringComparer.Ordinal).FirstOrDefault()
            : null;
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
