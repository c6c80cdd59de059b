using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Packaging;

/// <summary>All packages of what the tests were built from, in a folder of their own.</summary>
public sealed class PackedFolder : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public PackedFolder()
    {
        Run(
            "msbuild", Repository.File("src", "package", "pack.proj"), "-nologo", "-v:quiet", "-p:NoBuild=true",
            $"-p:Configuration={Configuration}", $"-p:PackageOutputPath={At("packages")}");
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

        // What others made comes from the folder that the build has filled, so that nothing is fetched.
        File.WriteAllText(At("NuGet.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{At("cache")}" /></config>
              <packageSources><clear /><add key="packed" value="{At("packages")}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="built" value="{cache}" /></fallbackPackageFolders>
            </configuration>
            """);
    }

    /// <summary>The version of all packages.</summary>
    public static string Version { get; } = typeof(Application).Assembly.GetName().Version!.ToString(3);

    private static string Configuration { get; } =
        new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public void Dispose() => folder.Dispose();

    /// <summary>A place in the folder.</summary>
    public string At(params string[] parts) => Path.Combine([folder.Path, .. parts]);

    /// <summary>The description of a package and the names of its files.</summary>
    internal (XElement Metadata, string[] Files) Open(string id)
    {
        using var archive = ZipFile.OpenRead(At("packages", $"{id}.{Version}.nupkg"));
        var files = archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal).ToArray();
        using var description = archive.GetEntry(id + ".nuspec")!.Open();
        return (XElement.Load(description).Elements().Single(), files);
    }

    /// <summary>Runs <c>dotnet</c> in the folder and gives what it printed; fails where that failed.</summary>
    internal string Run(params string[] words) => RunProgram("dotnet", words);

    /// <summary>Runs a program in the folder.</summary>
    internal string RunProgram(string program, params string[] words)
    {
        var start = new ProcessStartInfo(program, words)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.Path,
        };
        foreach (var name in new[] { "DOTNET_CLI_TELEMETRY_OPTOUT", "DOTNET_NOLOGO", "MSBUILDDISABLENODEREUSE" })
        {
            start.Environment[name] = "1";
        }

        // The host of the tests says so to its children, whose build would then look for its SDK.
        foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("MSBuild", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', words)}\n{printed}\n{error.Result}");
        return printed;
    }
}
