using System.Globalization;
using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Packaging;

/// <summary>The projects of <c>examples/library</c>, built against packages: their numbers are the program's.</summary>
/// <param name="packed">The packages.</param>
public sealed class LibraryExampleTests(PackedFolder packed) : IClassFixture<PackedFolder>
{
    [Fact]
    public void Every_example_builds_against_the_packages_and_has_the_numbers_of_the_program()
    {
        string[] projects = [.. Directory.GetDirectories(Repository.File("examples", "library"))
            .Where(folder => Directory.GetFiles(folder, "*.csproj").Length == 1).Select(folder => Path.GetFileName(folder)!).Order()];
        Assert.Equal(["comparison", "from-arrays", "from-data-table", "simulation"], projects);
        var index = File.ReadAllText(Repository.File("examples", "library", "README.md"));
        var all = new List<string>();
        foreach (var project in projects)
        {
            Assert.Contains($"({project}/Program.cs)", index, StringComparison.Ordinal);
            Assert.True(File.Exists(Repository.File("examples", "library", project, "README.md")));
            Directory.CreateDirectory(packed.At("library", project));
            foreach (var file in Directory.GetFiles(Repository.File("examples", "library", project), "*.cs*"))
            {
                File.Copy(file, packed.At("library", project, Path.GetFileName(file)));
                if (file.EndsWith(".csproj", StringComparison.Ordinal))
                {
                    all.Add($"{project}/{Path.GetFileName(file)}");
                }
            }
        }

        foreach (var file in new[] { "Directory.Build.props", "Directory.Packages.props" })
        {
            File.Copy(Repository.File("examples", "library", file), packed.At("library", file));
        }

        // One build of all: they restore once.
        File.WriteAllText(packed.At("library", "all.proj"), $"""
            <Project DefaultTargets="Build">
              <ItemGroup><All Include="{string.Join(';', all)}" /></ItemGroup>
              <Target Name="Restore"><MSBuild Projects="@(All)" Targets="Restore" Properties="A=1" /></Target>
              <Target Name="Build"><MSBuild Projects="@(All)" Targets="Build" Properties="Configuration=Release" /></Target>
            </Project>
            """);
        packed.Run(
            "msbuild", packed.At("library", "all.proj"), "-restore", "-nologo", "-v:quiet", "-p:UseAppHost=false", "-p:NuGetAudit=false");
        Arrays();
        DataTables();
        Comparisons();
        Simulations();
    }

    private void Arrays()
    {
        var lines = Ran("from-arrays", "FromArrays");
        Assert.StartsWith("GEE of better: binomial, logit, exchangeable; 120 rows in 12 clusters of site; converged after ", lines[0],
            StringComparison.Ordinal);
        Assert.StartsWith("GLMM of better: binomial, logit, 15 nodes; 120 rows in 12 clusters of site; converged", lines[4],
            StringComparison.Ordinal);
        var csv = "site,arm,age,better\n" + string.Concat(Enumerable.Range(0, 120).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"site {(i / 10) + 1},{(i / 10 % 2 == 0 ? "placebo" : "active")},{40 + (i * 7 % 31)},"
                + $"{((i * 37 % 101) + (i / 10 % 2 * 20) + (i / 10 % 3 * 15) > 65 ? 1 : 0)}\n")));
        File.WriteAllText(packed.At("arrays.csv"), csv);
        string[] reference = ["--reference", "arm=placebo"];
        Same(lines[1..4], ["gee", packed.At("arrays.csv"), "better ~ arm + age", "--cluster", "site", .. reference]);
        Same(lines[5..8], ["glmm", packed.At("arrays.csv"), "better ~ arm + age + (1 | site)", .. reference]);
    }

    private void DataTables()
    {
        var visits = Repository.File("examples", "formats", "visits.csv");
        var lines = Ran("from-data-table", "FromDataTable", visits);
        Assert.Equal("visits: 80 rows, 3 columns", lines[0]);
        Same(lines[2..4], ["lmm", visits, "y ~ visit + (1 | USUBJID)"]);
    }

    private void Comparisons()
    {
        var trial = Repository.File("tests", "reference", "data", "sites30.csv");
        var lines = Ran("comparison", "Comparison", trial);
        Assert.StartsWith("Comparison of t on y: ", lines[0], StringComparison.Ordinal);
        using var json = JsonDocument.Parse(
            Margcond.Run("compare", trial, "y ~ t + x + (1 | site)", "--treatment", "t", "--format", "json").Out);
        var rungs = lines.Where(line => line.StartsWith("rung ", StringComparison.Ordinal)).Select(line => Number(line, ^1)).ToArray();
        var expected = json.RootElement.GetProperty("ladder").EnumerateArray()
            .Where(rung => rung.GetProperty("scale").GetString() == "log odds ratio")
            .Select(rung => rung.GetProperty("estimate").GetDouble()).ToArray();
        Assert.NotEmpty(rungs);
        Assert.Equal(expected.Length, rungs.Length);
        Assert.All(expected.Zip(rungs), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    private void Simulations()
    {
        var lines = Ran("simulation", "Simulation");
        Assert.Equal("Study few-clusters: 2 scenarios, complete", lines[0]);
        Assert.Equal(4, lines.Count(line => line.StartsWith("scenario ", StringComparison.Ordinal)));
        Assert.All(lines.Skip(1), line => Assert.InRange(Number(line, ^1), 0.8, 1));
    }

    /// <summary>Rows of term, estimate and standard error, as the program has them.</summary>
    private static void Same(IReadOnlyList<string> lines, string[] command)
    {
        var rows = Margcond.Run([.. command, "--format", "csv"]).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).ToArray();
        Assert.Equal(rows.Length, lines.Count);
        foreach (var (row, line) in rows.Select(row => row.Split(',')).Zip(lines))
        {
            Assert.StartsWith(row[0] + " ", line, StringComparison.Ordinal);
            Assert.Equal(double.Parse(row[1], CultureInfo.InvariantCulture), Number(line, ^2), 1e-12);
            Assert.Equal(double.Parse(row[2], CultureInfo.InvariantCulture), Number(line, ^1), 1e-12);
        }
    }

    private static double Number(string line, Index place) => double.Parse(line.Split(' ')[place], CultureInfo.InvariantCulture);

    private string[] Ran(string project, string assembly, params string[] words) =>
        packed.Run([packed.At("library", project, "bin", "Release", "net10.0", assembly + ".dll"), .. words])
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
