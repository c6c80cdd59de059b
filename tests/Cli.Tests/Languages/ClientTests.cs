using System.Diagnostics;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Languages;

/// <summary>The packages for R and Python, by their own tests, on the program that these tests were built with.</summary>
public sealed class ClientTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [PythonFact("pandas", "pytest")]
    public void The_package_for_Python_passes_its_tests()
    {
        var said = Run(Repository.File("clients", "python"), "python3", "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider");
        Assert.Matches(@"(?m)^\d+ passed", said);
    }

    [PackagesFact("jsonlite", "processx", "generics", "testthat")]
    public void The_package_for_R_passes_the_check_of_R_and_its_tests()
    {
        Run(folder.Path, "R", "CMD", "build", "--no-manual", Repository.File("clients", "r"));
        var package = Path.GetFileName(Assert.Single(Directory.GetFiles(folder.Path, "*.tar.gz")));
        var said = Run(folder.Path, "R", "CMD", "check", "--no-manual", package);
        Assert.Contains("\nStatus: OK\n", said, StringComparison.Ordinal);
        var tests = File.ReadAllText(Path.Combine(folder.Path, "margcond.Rcheck", "tests", "testthat.Rout"));
        Assert.Contains("FAIL 0 | WARN 0 | SKIP 0", tests, StringComparison.Ordinal);
    }

    private static string Run(string place, string program, params string[] words)
    {
        var start = Peers.Start(program, words);
        start.WorkingDirectory = place;
        start.Environment["MARGCOND"] = typeof(Application).Assembly.Location;
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["_R_CHECK_SYSTEM_CLOCK_"] = "0";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', words)}\n{said}\n{error.Result}");
        return said;
    }
}
