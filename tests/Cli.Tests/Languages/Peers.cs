using System.ComponentModel;
using System.Diagnostics;

namespace MarginalConditional.Cli.Tests.Languages;

/// <summary>The other languages of this machine.</summary>
internal static class Peers
{
    /// <summary>Why a test is skipped here; null where it runs.</summary>
    public static string? Missing { get; } =
        !Runs("Rscript", "-e", "library(jsonlite); library(geepack); library(lme4)") ? "needs R with jsonlite, geepack and lme4"
        : !Runs("python3", "-c", "import statsmodels") ? "needs Python with statsmodels"
        : null;

    /// <summary>Why a test that needs these packages of R is skipped here; null where it runs.</summary>
    public static string? MissingPackages(params string[] packages) =>
        Runs("Rscript", "-e", string.Join("; ", packages.Select(package => $"library({package})")))
            ? null
            : $"needs R with {string.Join(", ", packages)}";

    /// <summary>Why a test that needs these modules of Python is skipped here; null where it runs.</summary>
    public static string? MissingModules(params string[] modules) =>
        Runs("python3", "-c", $"import {string.Join(", ", modules)}") ? null : $"needs Python with {string.Join(", ", modules)}";

    /// <summary>A process of this program, with the languages of the system before others of the same name.</summary>
    public static ProcessStartInfo Start(string program, params string[] words)
    {
        // By env, which looks along the path given here; a process is looked for along that of this program.
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(program, words)
            : new ProcessStartInfo("/usr/bin/env", [program, .. words]);
        start.UseShellExecute = false;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["PATH"] = "/usr/bin:" + Environment.GetEnvironmentVariable("PATH");
        return start;
    }

    private static bool Runs(string program, params string[] words)
    {
        try
        {
            using var process = Process.Start(Start(program, words))!;
            process.StandardOutput.ReadToEnd();
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
