using System.Globalization;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Predictions;

/// <summary>The files that mixed models of both kinds write.</summary>
public sealed class MixedFilesTests
{
    /// <summary>lme4 1.1 with solve(): β̂ less the estimate without subject 309, and its distance by vcov().</summary>
    [Fact]
    public void Influence_is_a_line_a_cluster_with_what_it_does_to_each_coefficient()
    {
        var lines = Diagnostics("lmm", "tests/reference/data/sleepstudy.csv", "Reaction ~ Days + (Days | Subject)");
        Assert.Equal("Subject,rows,cook,dfbeta (Intercept),dfbeta Days", lines[0]);
        Assert.Equal(19, lines.Length);
        var one = Assert.Single(lines, line => line.StartsWith("309,10,", StringComparison.Ordinal)).Split(',');
        Assert.Equal(0.148523, double.Parse(one[2], CultureInfo.InvariantCulture), 2e-5);
    }

    [Fact]
    public void Generalized_models_have_the_same_file()
    {
        var lines = Diagnostics("glmm", "tests/reference/data/sites30.csv", "y ~ t + x + (1 | site)");
        Assert.Equal("site,rows,cook,dfbeta (Intercept),dfbeta t,dfbeta x", lines[0]);
        Assert.Equal(31, lines.Length);
    }

    [Theory]
    [InlineData("lmm", "diameter ~ 1 + (1 | plate) + (1 | sample)", "name by --cluster")]
    [InlineData("glmm", "diameter ~ 1 + (1 | plate) + (1 | sample)", "Leave it out.")]
    public void Where_no_cluster_can_be_left_out_nothing_is_written(string command, string formula, string hint)
    {
        using var folder = new TemporaryFolder();
        var (clusters, rows) = (Path.Combine(folder.Path, "d.csv"), Path.Combine(folder.Path, "p.csv"));
        string[] family = command == "glmm" ? ["--family", "gaussian"] : [];
        var result = Margcond.Run(
            [command, "tests/reference/data/penicillin.csv", formula, .. family, "--predictions", rows, "--diagnostics", clusters]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("crossed effects", result.Error, StringComparison.Ordinal);
        Assert.Contains(hint, result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(clusters) || File.Exists(rows));
    }

    private static string[] Diagnostics(string command, string data, string formula)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "d.csv");
        Assert.Equal(0, Margcond.Run(command, data, formula, "--diagnostics", path).ExitCode);
        return File.ReadAllLines(path);
    }
}
