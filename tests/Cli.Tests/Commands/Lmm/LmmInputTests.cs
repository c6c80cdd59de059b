using System.Globalization;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Lmm;

/// <summary>Data that cannot carry a residual covariance: the message names the cause and what to do.</summary>
public sealed class LmmInputTests
{
    [Fact]
    public void A_wave_seen_twice_names_subject_wave_and_lines() =>
        Refused(
            "un",
            "id,visit,y\n1,1,2.0\n1,1,2.5\n2,1,3.0\n2,2,1.0\n3,1,2.2\n3,2,1.9\n",
            "Cluster 1 of id has two rows with visit 1; the other is line 2.");

    [Fact]
    public void One_row_a_subject_has_no_correlation_over_waves() =>
        Refused(
            "un",
            "id,visit,y\n1,1,2.0\n2,1,2.5\n3,2,3.0\n4,2,1.0\n5,1,2.2\n",
            "No id has more than one row: the correlation over waves cannot be estimated.");

    [Fact]
    public void Fewer_subjects_than_waves_have_no_unstructured_covariance() =>
        Refused("un", Rows(3, 4, (_, _) => "a"), "There are 3 values of id for 4 waves");

    [Fact]
    public void A_group_with_fewer_subjects_than_waves_is_named() =>
        Refused(
            "un", Rows(8, 4, (subject, _) => subject < 5 ? "a" : "b"), "Group b has 3 values of id for 4 waves", "--residual-by", "arm");

    [Fact]
    public void Groups_with_barely_enough_subjects_are_named_as_singular()
    {
        var result = Run("un", Rows(8, 4, (subject, _) => subject < 4 ? "a" : "b"), "y ~ factor(visit) * arm", "--residual-by", "arm");
        Assert.Equal(3, result.ExitCode);
        Assert.Contains(
            "covariance in group b is singular: some combination of the 4 waves is fitted exactly for all 4 subjects",
            Line(result.Error),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_wave_without_variance_is_named()
    {
        var result = Run("un", Rows(12, 3, (_, _) => "a", (wave, y) => wave == 2 ? 2.5 : y), "y ~ factor(visit)");
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("The residual variance at wave 2 is zero", Line(result.Error), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wave_whose_rows_the_random_intercept_fits_is_named()
    {
        var lines = new List<string> { "id,visit,y" };
        for (var i = 0; i < 24; i++)
        {
            var (level, noise) = (3 * Math.Sin(1.7 * i), Math.Cos(2.3 * i));
            lines.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{i},1,{level + noise:F6}\n{i},2,{level:F6}\n{i},3,{level - (0.5 * noise) + (0.3 * Math.Sin(5.1 * i)):F6}"));
        }

        var result = Run("diag", string.Join('\n', lines) + "\n", "y ~ 1 + (1 | id)");
        Assert.Contains(
            "The residual variance at wave 2 is estimated as zero, the boundary of what is possible",
            Line(result.Error),
            StringComparison.Ordinal);
        Assert.DoesNotContain("without bound", Line(result.Error), StringComparison.Ordinal);
    }

    private static void Refused(string residual, string csv, string message, params string[] options)
    {
        var result = Run(residual, csv, "y ~ 1", options);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, Line(result.Error), StringComparison.Ordinal);
        Assert.Empty(result.Out);
    }

    private static RunResult Run(string residual, string csv, string formula, params string[] options)
    {
        using var folder = new TemporaryFolder();
        return Margcond.Run(["lmm", folder.Write(
            "data.csv",
            csv), formula, "--residual", residual, "--cluster", "id", "--wave", "visit", .. options]);
    }

    private static string Line(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Subjects by waves with irregular numbers.</summary>
    private static string Rows(int subjects, int waves, Func<int, int, string> arm, Func<int, double, double>? outcome = null)
    {
        var lines = new List<string> { "id,arm,visit,y" };
        for (var i = 0; i < subjects; i++)
        {
            for (var wave = 1; wave <= waves; wave++)
            {
                var y = Math.Sin((12.9898 * i) + (78.233 * wave)) * 43758.5453 % 1;
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"s{i},{arm(i, wave)},{wave},{outcome?.Invoke(wave, y) ?? y:F6}"));
            }
        }

        return string.Join('\n', lines) + "\n";
    }
}
