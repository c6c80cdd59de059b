using System.Globalization;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Packaging;

/// <summary>What is published: packages of the libraries, and the programs as tools of .NET.</summary>
/// <param name="packed">The packages.</param>
public sealed class PackageTests(PackedFolder packed) : IClassFixture<PackedFolder>
{
    private static readonly string[] Programs = ["margcond", "margcond-explore"];

    public static TheoryData<string> Packages => [.. Libraries.Concat(Programs)];

    private static IEnumerable<string> Libraries => Directory.GetFiles(Repository.File("src"), "*.csproj", SearchOption.AllDirectories)
        .Select(path => Path.GetFileNameWithoutExtension(path))
        .Where(name => name is not ("Cli" or "Explore"))
        .Select(name => "MarginalConditional." + name);

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_says_what_it_is(string id)
    {
        var (metadata, files) = packed.Open(id);
        string Of(string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value ?? string.Empty;
        Assert.Equal((id, PackedFolder.Version), (Of("id"), Of("version")));
        Assert.Equal("MIT", Of("license"));
        Assert.Equal(("README.md", "icon.png"), (Of("readme"), Of("icon")));
        Assert.Contains("README.md", files);
        Assert.Contains("icon.png", files);
        Assert.NotEqual("Package Description", Of("description"));
        Assert.EndsWith(".", Of("description"), StringComparison.Ordinal);
        Assert.Contains("gee", Of("tags").Split(' '));
        Assert.NotEmpty(Of("copyright"));

        // No library is found in the folder of a tool twice, and the tool's own are not asked of anybody.
        var dependencies = metadata.Descendants().Where(element => element.Name.LocalName == "dependency")
            .Select(element => element.Attribute("id")!.Value).ToArray();
        Assert.DoesNotContain(dependencies, name => name.Contains("Analyzer", StringComparison.Ordinal));
        if (Programs.Contains(id, StringComparer.Ordinal))
        {
            Assert.Empty(dependencies);
            Assert.Contains(files, name => name.EndsWith("DotnetToolSettings.xml", StringComparison.Ordinal));
            Assert.DoesNotContain(files, name => Path.GetFileName(name).StartsWith("MarginalConditional", StringComparison.Ordinal)
                && name.EndsWith(".xml", StringComparison.Ordinal));
        }
        else
        {
            Assert.Contains($"lib/net10.0/{id}.dll", files);
            Assert.Contains($"lib/net10.0/{id}.xml", files);
            Assert.True(File.Exists(packed.At("packages", $"{id}.{PackedFolder.Version}.snupkg")));
        }
    }

    [Fact]
    public void The_program_installs_from_a_folder_and_runs()
    {
        foreach (var id in Programs)
        {
            packed.Run("tool", "install", id, "--tool-path", packed.At("tools"), "--configfile", packed.At("NuGet.config"));
        }

        var program = packed.At("tools", OperatingSystem.IsWindows() ? "margcond.exe" : "margcond");
        Assert.Equal(Margcond.Run("--version").Out, packed.RunProgram(program, "--version"));
        string[] words = ["gee", Repository.Data("toenail"), "y ~ treatment * time", "--cluster", "patientID", "--format", "json"];
        Assert.Equal(Margcond.Run(words).Out, packed.RunProgram(program, words));
        Assert.Contains("conditional", packed.RunProgram(program, "demo", "--replicates", "4"), StringComparison.Ordinal);
    }

    /// <summary>The program of the packages' page, line for line, against the packages.</summary>
    [Fact]
    public void The_example_of_the_packages_page_builds_and_has_the_numbers_of_the_program()
    {
        var page = File.ReadAllText(Repository.File("src", "package", "README.md"));
        Directory.CreateDirectory(packed.At("example"));
        File.WriteAllText(packed.At("example", "Program.cs"), page.Split("```csharp\n")[1].Split("```")[0]);
        File.WriteAllText(packed.At("example", "Example.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="MarginalConditional.Gee" Version="{PackedFolder.Version}" />
              </ItemGroup>
            </Project>
            """);
        var trial = File.ReadAllText(Repository.Data("toenail"));
        File.WriteAllText(packed.At("trial.csv"), trial.Replace("patientID", "site", StringComparison.Ordinal)
            .Replace("treatment", "arm", StringComparison.Ordinal));
        var built = packed.At("built");
        packed.Run("build", packed.At("example"), "-v", "quiet", "-o", built);
        var printed = packed.Run(Path.Combine(built, "Example.dll")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var csv = Margcond.Run("gee", packed.At("trial.csv"), "y ~ arm", "--cluster", "site", "--format", "csv");
        var rows = csv.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split(',')).ToArray();
        Assert.Equal(rows.Length, printed.Length);
        foreach (var (row, line) in rows.Zip(printed))
        {
            var parts = line.Split(' ');
            Assert.Equal(row[0], parts[0]);
            Assert.Equal(double.Parse(row[1], CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture), 1e-12);
            Assert.Equal(double.Parse(row[2], CultureInfo.InvariantCulture), double.Parse(parts[2], CultureInfo.InvariantCulture), 1e-12);
        }
    }
}
