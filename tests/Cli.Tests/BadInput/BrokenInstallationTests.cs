using System.Diagnostics;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.BadInput;

/// <summary>Without one of its libraries the program says so, and blames no file of the user's.</summary>
public sealed class BrokenInstallationTests(BrokenInstallationTests.Installation installation)
    : IClassFixture<BrokenInstallationTests.Installation>
{
    [Theory]
    [InlineData("Parquet", "describe {samples}/trial-snappy.parquet")]
    [InlineData("ExcelDataReader", "describe {samples}/trial.xlsx")]
    [InlineData("YamlDotNet", "simulate simulations/dropout/study.yaml --dry-run")]
    [InlineData("MarginalConditional.Meta", "meta examples/bcg/bcg.csv --measure RR --treat tpos,tneg --control cpos,cneg")]
    [InlineData("MarginalConditional.Data", "describe examples/bcg/bcg.csv")]
    [InlineData("Spectre.Console", "describe examples/bcg/bcg.csv")]
    public async Task A_missing_library_is_named(string library, string line)
    {
        using var missing = installation.Without(library);
        var samples = Repository.File("tests", "Data.Tests", "Formats", "Samples");
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var word in Margcond.Words(line.Replace("{samples}", samples, StringComparison.Ordinal))
            .Prepend(installation.Program))
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var words = (await process.StandardError.ReadToEndAsync()).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var error = string.Join(' ', words);
        await process.WaitForExitAsync();
        Assert.Equal(string.Empty, await output);
        Assert.StartsWith("margcond: The installation is broken: ", error, StringComparison.Ordinal);
        Assert.Contains(library, error, StringComparison.Ordinal);
        Assert.EndsWith("Install margcond again.", error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Defect, process.ExitCode);
    }

    /// <summary>A copy of the program without the list of its libraries, so that each is looked for when it is needed.</summary>
    public sealed class Installation : IDisposable
    {
        private readonly TemporaryFolder folder = new();

        public Installation()
        {
            var settings = Path.Combine(AppContext.BaseDirectory, "margcond.runtimeconfig.json");
            foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").Append(settings))
            {
                File.Copy(file, At(Path.GetFileName(file)));
            }
        }

        public string Program => At("margcond.dll");

        public void Dispose() => folder.Dispose();

        internal IDisposable Without(string library) => new Hidden(At(library + ".dll"));

        private string At(string name) => Path.Combine(folder.Path, name);

        private sealed class Hidden : IDisposable
        {
            private readonly string file;

            public Hidden(string file)
            {
                this.file = file;
                File.Move(file, file + ".hidden");
            }

            public void Dispose() => File.Move(file + ".hidden", file);
        }
    }
}
