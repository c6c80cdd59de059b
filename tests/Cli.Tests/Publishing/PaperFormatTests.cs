using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Publishing;

public sealed class PaperFormatTests
{
    private static readonly string[] Gee = ["gee", "examples/toenail/toenail.csv", "y ~ treatment * time", "--cluster", "patientID"];

    [Theory]
    [InlineData("markdown", "| treatmentterbinafine:time |")]
    [InlineData("html", "<th scope=\"row\">treatmentterbinafine:time</th>")]
    [InlineData("latex", "treatmentterbinafine:time & ")]
    public void Tables_are_written_for_a_paper(string format, string cell)
    {
        var result = Margcond.Run([.. Gee, "--format", format]);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(cell, result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\u2500", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_shown_scale_is_the_one_asked_for() => Assert.Contains(
        "| Term | Odds ratio | 95 % CI | p |", Margcond.Run([.. Gee, "--format", "markdown", "--exponentiate"]).Out,
            StringComparison.Ordinal);

    [Fact]
    public void A_picture_of_characters_becomes_a_table()
    {
        var result = Margcond.Run("meta", "examples/bcg/bcg.csv", "--measure", "RR", "--treat", "tpos,tneg", "--control", "cpos,cneg",
            "--format", "markdown");
        Assert.Contains("| Mean effect | 0.49 | 0.34–0.70 |", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("```", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_for_word_needs_a_name_and_its_ending_chooses_it()
    {
        Assert.Contains("--out FILE.docx", Margcond.Run([.. Gee, "--format", "docx"]).Error, StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "table.docx");
        Assert.Equal(0, Margcond.Run([.. Gee, "--out", path]).ExitCode);
        Assert.Equal("PK"u8.ToArray(), File.ReadAllBytes(path)[..2]);
    }

    [Fact]
    public void Csv_can_have_the_names_of_broom() => Assert.StartsWith(
        "term,estimate,std.error,statistic,p.value,conf.low,conf.high\n(Intercept),",
        Margcond.Run([.. Gee, "--format", "csv", "--names", "broom"]).Out,
        StringComparison.Ordinal);

    [Fact]
    public void Csv_of_an_analysis_is_that_of_tidy_with_its_studies()
    {
        string[] command = ["meta", "examples/bcg/bcg.csv", "--measure", "RR", "--treat", "tpos,tneg", "--control", "cpos,cneg",
            "--format", "csv", "--names", "broom"];
        var lines = Margcond.Run(command).Out.TrimEnd().Split('\n');
        Assert.Equal("term,type,estimate,std.error,statistic,p.value,conf.low,conf.high", lines[0]);
        Assert.Equal(15, lines.Length);
        Assert.Contains(",study,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("overall,summary,-0.714", lines[^1], StringComparison.Ordinal);
        Assert.StartsWith("overall,summary,0.489", Margcond.Run([.. command, "--exponentiate"]).Out.TrimEnd().Split('\n')[^1],
            StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_of_a_comparison_has_brooms_names_and_its_ratios_take_the_place_of_logarithms()
    {
        string[] command = ["compare", "tests/reference/data/sites30.csv", "y ~ t + x + (1 | site)", "--treatment", "t", "--no-checks",
            "--format", "csv"];
        var own = Margcond.Run(command).Out.TrimEnd().Split('\n');
        var broom = Margcond.Run([.. command, "--names", "broom", "--exponentiate"]).Out.TrimEnd().Split('\n');
        Assert.StartsWith(
            "estimand,method,term,scale,weighting,estimate,std.error,statistic,df,p.value,conf.low,conf.high,name,", broom[0],
            StringComparison.Ordinal);
        Assert.Equal(own.Length, broom.Length);
        var row = Array.FindIndex(own, line => line.StartsWith("rung 0,GLMM,1 - 0,log odds ratio,", StringComparison.Ordinal));
        double At(string line, int column) => double.Parse(line.Split(',')[column], System.Globalization.CultureInfo.InvariantCulture);
        foreach (var column in new[] { 5, 10, 11 })
        {
            Assert.Equal(Math.Exp(At(own[row], column)), At(broom[row], column), 12);
        }

        Assert.Equal(At(own[row], 6), At(broom[row], 6));
    }

    [Fact]
    public void Csv_shows_both_scales_with_exponentiate()
    {
        var lines = Margcond.Run([.. Gee, "--format", "csv", "--exponentiate"]).Out.Split('\n');
        Assert.EndsWith(",lower,upper,ratio,ratio_lower,ratio_upper", lines[0], StringComparison.Ordinal);
        var numbers = lines[1].Split(',');
        Assert.Equal(
            Math.Exp(double.Parse(numbers[1], System.Globalization.CultureInfo.InvariantCulture)),
            double.Parse(numbers[8], System.Globalization.CultureInfo.InvariantCulture));
    }
}
