using System.Diagnostics;
using System.Globalization;
using MarginalConditional.Cli.Tests.Documents;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Languages;

/// <summary>The page for people who come from R: its numbers are those of R and of this program.</summary>
public sealed class ComingFromRTests
{
    private static readonly string Page = File.ReadAllText(Repository.File("docs/coming-from-r.md"));

    /// <summary>
    /// The versions of Debian 12: geepack 1.3.9, lme4 1.1-31, lmerTest 3.1-3, pbkrtest 0.5.2, emmeans 1.8.4, ordinal 2022.11-16,
    /// metafor 3.8-1, clubSandwich 0.5.8, glmmTMB 1.1.5, nlme 3.1-162; every number within half a unit of the digit shown last.
    /// </summary>
    [PackagesFact("geepack", "lme4", "lmerTest", "pbkrtest", "emmeans", "ordinal", "metafor", "clubSandwich", "glmmTMB", "nlme")]
    public void R_has_the_same_numbers()
    {
        var numbers = EqualNumber.In(Page);
        var start = Page.IndexOf("```r\n", StringComparison.Ordinal) + "```r\n".Length;
        using var folder = new TemporaryFolder();
        var script = Path.Combine(folder.Path, "page.R");
        File.WriteAllText(script, "options(warn = -1)\n" + Page[start..Page.IndexOf("```", start, StringComparison.Ordinal)]
            + string.Concat(numbers.Select(number => $"cat(sprintf(\"=%.12g\\n\", as.numeric({number.Theirs})))\n")));
        var info = Peers.Start("Rscript", script);
        info.WorkingDirectory = Repository.Root;
        using var process = Process.Start(info)!;
        var problems = process.StandardError.ReadToEndAsync();
        double[] theirs = [.. process.StandardOutput.ReadToEnd().Split('\n')
            .Where(line => line.StartsWith('='))
            .Select(line => double.Parse(line[1..], CultureInfo.InvariantCulture))];
        Assert.True(theirs.Length == numbers.Count, problems.Result);
        Assert.All(numbers.Zip(theirs), pair => Assert.True(
            Math.Abs(pair.First.Value - pair.Second) <= pair.First.HalfUnit,
            FormattableString.Invariant($"{pair.First}, but R has {pair.Second}")));
    }
}
