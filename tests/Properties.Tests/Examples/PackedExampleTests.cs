using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace MarginalConditional.Properties.Tests.Examples;

/// <summary>
/// The example of verifying an estimator of one's own, outside of the repository and from packages: the libraries packed to a folder, the
/// others where they have been restored to.
/// </summary>
public sealed partial class PackedExampleTests : IDisposable
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", ".."));

    private readonly string folder = Directory.CreateTempSubdirectory("packed").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_broken_estimator_is_caught_and_a_right_one_passes()
    {
        Pack();
        foreach (var file in Directory.GetFiles(Path.Combine(Root, "examples", "verify-your-estimator"))
            .Where(file => Path.GetFileName(file) != "NuGet.config"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        File.WriteAllText(Path.Combine(folder, "NuGet.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(folder, "restored")}" /></config>
              <packageSources><clear /><add key="packed" value="{Packages}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="restored" value="{Restored()}" /></fallbackPackageFolders>
            </configuration>
            """);
        var (code, said) = Run("dotnet", "build", folder, "-c", "Release", "-v", "quiet", "-p:UseAppHost=false", "-p:NuGetAudit=false");
        Assert.True(code == 0, said);

        var program = Path.Combine(folder, "bin", "Release", "net10.0", "VerifyYourEstimator.dll");
        (code, said) = Run("dotnet", program, "right");
        Assert.True(code == 0, said);
        Assert.Contains("row-order: holds on ", said, StringComparison.Ordinal);
        Assert.Contains("coverage: holds", said, StringComparison.Ordinal);

        (code, said) = Run("dotnet", program, "broken");
        Assert.True(code == 1, said);
        Assert.Contains("row-order: broken by broken on data set", said, StringComparison.Ordinal);
        Assert.Contains("cluster,wave,treatment,y\n", said, StringComparison.Ordinal);
        Assert.Contains("Replay: LawBook.Named(\"row-order\")", said, StringComparison.Ordinal);
        var rows = int.Parse(CounterexampleRows().Match(said).Groups["rows"].Value, CultureInfo.InvariantCulture);
        Assert.InRange(rows, 2, 8);
        Assert.Contains("reference-level: holds", said, StringComparison.Ordinal);
    }

    private string Packages => Path.Combine(folder, "packages");

    /// <summary>Packs the library and all that it references, as they have been built for this test.</summary>
    private void Pack()
    {
        var projects = new List<string>();
        AddWithReferences(Path.Combine(Root, "src", "Properties", "Properties.csproj"), projects);
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var pack = Path.Combine(folder, "pack.proj.xml");
        File.WriteAllText(pack, $"""
            <Project>
              <Target Name="Pack">
                <MSBuild Projects="{string.Join(';', projects)}" Targets="Pack"
                  Properties="NoBuild=true;Configuration={configuration};PackageOutputPath={Packages}" />
              </Target>
            </Project>
            """);
        var (code, said) = Run("dotnet", "msbuild", pack, "-t:Pack", "-v:quiet", "-nodeReuse:false");
        Assert.True(code == 0, said);
        Assert.Equal(projects.Count, Directory.GetFiles(Packages, "*.nupkg").Length);
        File.Delete(pack);
    }

    private static void AddWithReferences(string project, List<string> projects)
    {
        if (projects.Contains(project, StringComparer.Ordinal))
        {
            return;
        }

        projects.Add(project);
        foreach (Match match in Reference().Matches(File.ReadAllText(project)))
        {
            AddWithReferences(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, match.Groups["path"].Value)), projects);
        }
    }

    private static string Restored() => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static (int Code, string Said) Run(string program, params string[] words)
    {
        var start = new ProcessStartInfo(program, words)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment.Remove("MSBuildSDKsPath");
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, said);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex("<ProjectReference Include=\"(?<path>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();

    [GeneratedRegex("Smallest counterexample, (?<rows>[0-9]+) rows", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CounterexampleRows();
}
