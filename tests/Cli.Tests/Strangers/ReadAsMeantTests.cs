using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Strangers;

/// <summary>
/// Spellings that other programs take: the numbers were found by lme4, by the other spelling of the same model, or by counting.
/// </summary>
public sealed class ReadAsMeantTests
{
    [Theory]
    [InlineData("tf", "")]
    [InlineData("resp", "--event Yes")]
    [InlineData("y12", "--event 2")]
    public void Outcomes_in_words_and_codes_are_the_outcome_of_0_and_1(string outcome, string option)
    {
        foreach (var (command, rest) in new[]
        {
            ("gee", "trt + x' --cluster id"),
            ("glmm", "trt + x + (1 | id)'"),
            ("marginalize", "trt + x + (1 | id)'"),
            ("compare", "trt + x' --cluster id --treatment trt --no-checks"),
            ("profile", "x + (1 | id)'"),
        })
        {
            var asNumber = Run($"{command} {File("out")} 'y ~ {rest} --format csv");
            Assert.Equal(0, asNumber.ExitCode);
            Assert.Equal(asNumber.Out, Run($"{command} {File("out")} '{outcome} ~ {rest} --format csv {option}").Out);
        }
    }

    [Theory]
    [InlineData("resp", "--event Yes")]
    [InlineData("y12", "--event 2")]
    public void An_outcome_in_words_is_refused_with_the_option_that_reads_it(string outcome, string option)
    {
        var result = Run($"gee {File("out")} '{outcome} ~ trt' --cluster id");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(option, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_the_trials_are_counted_once()
    {
        var result = Run($"glmm {Repository.Data("cbpp")} 'incidence/size ~ factor(period) + (1 | herd)' --weights size --format json");
        using var document = JsonDocument.Parse(result.Out);
        var second = document.RootElement.GetProperty("coefficients")[1];
        Assert.Equal(-0.991, second.GetProperty("estimate").GetDouble(), 2e-3);
        Assert.Equal(0.307, second.GetProperty("se").GetDouble(), 2e-3);
        Assert.Contains("counted once", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ev/tr ~ x + (1 | site)", "")]
    [InlineData("ev/tr ~ x + (1 | site)", "--weights tr")]
    [InlineData("ev ~ x + (1 | site)", "--trials tr")]
    [InlineData("ev ~ x + (1 | site)", "--offset 'log(tr)'")]
    [InlineData("ev ~ x + offset(log(tr)) + (1 | site)", "")]
    public void A_rate_has_the_likelihood_of_its_count(string formula, string options)
    {
        var result = Run($"glmm {File("overdispersed-counts-trials")} '{formula}' --family poisson {options} --format json");
        using var document = JsonDocument.Parse(result.Out);
        Assert.Equal(-213.567, document.RootElement.GetProperty("logLik").GetDouble(), 5e-4);
    }

    [Fact]
    public void Events_may_exceed_a_time() =>
        Assert.Equal(0, Run($"glmm {File("overdispersed-counts-trials")} 'tr/w ~ x + (1 | site)' --family poisson").ExitCode);

    [Theory]
    [InlineData("--offset expo")]
    [InlineData("--offset 'log(expo)'")]
    public void A_raw_time_as_offset_is_asked_about(string option)
    {
        var result = Run($"glmm {File("zero-exposure")} 'cnt ~ x + (1 | site)' --family poisson {option}");
        Assert.Contains("log(expo)", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_cell_is_left_out_and_named()
    {
        var result = Run($"lmm {File("missing-cell")} 'y ~ f1 * f2 + (1 | g)' --lsmeans f1:f2 --format json");
        using var document = JsonDocument.Parse(result.Out);
        var root = document.RootElement;
        Assert.Equal(-111.270, root.GetProperty("logLik").GetDouble(), 5e-4);
        Assert.Equal(8, root.GetProperty("coefficients").GetArrayLength());
        Assert.Equal("f1c:f2C", root.GetProperty("notEstimable")[0].GetString());
        var means = root.GetProperty("means").EnumerateArray().ToArray();
        Assert.Equal(9, means.Length);
        Assert.Equal(1, means.Count(mean => mean.GetProperty("estimate").ValueKind == JsonValueKind.Null));
        Assert.Contains("not estimable", Run($"lmm {File("missing-cell")} 'y ~ f1 * f2 + (1 | g)'").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Tests_of_type_III_are_cautioned_against_when_a_cell_is_empty()
    {
        var line = $"lmm {File("missing-cell")} 'y ~ f1 * f2 + (1 | g)'";
        const string Caution = "use --type 2";
        Assert.Contains(Caution, Words(Run(line).Error), StringComparison.Ordinal);
        Assert.Contains(Caution, Run(line + " --format json").Out, StringComparison.Ordinal);
        Assert.DoesNotContain(Caution, Words(Run(line + " --type 2").Error), StringComparison.Ordinal);

        static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("gee", "--cluster id")]
    [InlineData("glmm", "")]
    [InlineData("marginalize", "")]
    [InlineData("lmm", "")]
    [InlineData("compare", "--cluster id --treatment t --no-checks")]
    public void An_empty_cell_is_left_out_in_every_command(string command, string options)
    {
        var random = command is "gee" or "compare" ? string.Empty : " + (1 | id)";
        var line = $"{command} {File("empty")} 'y ~ trt * site + t{random}' {options}";
        var result = Run(line);
        Assert.NotEqual(2, result.ExitCode);
        Assert.Contains("\"trtC:siteS\" is 0 in every", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, Run(line + " --strict").ExitCode);
    }

    [Fact]
    public void A_contrast_of_a_coefficient_left_out_says_so()
    {
        var result = Run($"gee {File("empty")} 'y ~ trt * site + t' --cluster id --contrast 'trtC + trtC:siteS'");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("not estimable", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Places_that_stand_for_waves_are_noted() =>
        Assert.Contains(
            "although clusters have 2 to 5 rows",
            Run($"gee {File("base_not")} 'y ~ trt + x' --cluster id --corr ar1").Error.ReplaceLineEndings(" ")
                .Replace("          ", string.Empty, StringComparison.Ordinal),
            StringComparison.Ordinal);

    private static string File(string name) => Repository.File("tests", "Cli.Tests", "Strangers", name + ".csv");

    private static RunResult Run(string line) => Margcond.RunLine(line);
}
