using System.Text.Json;
using MarginalConditional.Cli.Commands.Compare;
using MarginalConditional.Cli.Commands.Glmm;
using MarginalConditional.Cli.Commands.Marginalize;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Ordinal;

/// <summary>
/// Ordered outcomes through the console: <see cref="OrdinalReport"/>, <see cref="OrdinalMarginalReport"/>,
/// <see cref="OrdinalCompareTable"/> and <see cref="OrdinalCompareJson"/>. The documents show their tables.
/// </summary>
public sealed class OrdinalCommandTests
{
    private const string Formula = "rating ~ temp + contact + (1 | judge)";

    [Theory]
    [InlineData("--non-adaptive has no meaning for ordinal outcomes.", "--non-adaptive")]
    [InlineData("--test-proportional compares likelihoods at their maxima", "--penalty", "2.5", "--test-proportional")]
    [InlineData("--ci profile does not go with --se robust", "--ci", "profile", "--se", "robust")]
    [InlineData(
        "--average predictors has no meaning for ordinal outcomes", "--lsmeans", "temp", "--scale", "response", "--average", "predictors")]
    [InlineData("--mean-of has no effect on the link scale", "--lsmeans", "temp", "--mean-of", "score")]
    [InlineData("--nodes auto does not go with ordinal outcomes.", "--nodes", "auto")]
    [InlineData("The identity link does not suit an ordinal outcome", "--link", "identity")]
    [InlineData("--nominal names tempe, which is no term of the formula. Did you mean \"temp\"?", "--nominal", "tempe")]
    [InlineData("An ordinal outcome is one column of categories; rating counts events.", "--event", "1")]
    public void What_ordered_outcomes_do_not_have_is_refused(string message, params string[] options)
    {
        var run = Margcond.Run(["glmm", Repository.Data("wine"), Formula, "--family", "ordinal", .. options]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, Flat(run.Error), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("glmm", "--nominal belongs to ordinal outcomes.", "--nominal", "temp")]
    [InlineData("glmm", "--mean-of belongs to ordinal outcomes.", "--lsmeans", "temp", "--scale", "response", "--mean-of", "score")]
    [InlineData("lmm", "no option --mean-of", "--lsmeans", "temp", "--mean-of", "score")]
    [InlineData("glmm", "The loglog link is for ordinal outcomes.", "--link", "loglog")]
    [InlineData("compare", "--scores belongs to ordinal outcomes.", "--scores", "1,2")]
    [InlineData("lmm", "--family", "--family", "ordinal")]
    [InlineData("profile", "--family ordinal has no model here.", "--family", "ordinal")]
    public void What_belongs_to_ordered_outcomes_is_refused_elsewhere(string command, string message, params string[] options)
    {
        var run = Margcond.Run([command, Repository.Data("wine"), "bottle ~ temp + (1 | judge)", .. options]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, Flat(run.Error), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--dial has no meaning for ordinal outcomes.", "--dial", "law")]
    [InlineData("--period averages means of clusters and periods", "--period", "bottle")]
    [InlineData("--scores cannot read \"1,2\": every category needs one number.", "--scores", "1,2")]
    [InlineData("--standardized-se jackknife is not for ordinal outcomes.", "--standardized-se", "jackknife")]
    public void Comparisons_refuse_what_they_have_not(string message, params string[] options)
    {
        var run = Margcond.Run(["compare", Repository.Data("wine"), Formula, "--family", "ordinal", "--treatment", "contact", .. options]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, Flat(run.Error), StringComparison.Ordinal);
    }

    /// <summary>emmeans on clmm has 1.8334 on the latent scale; probabilities over all judges are those of the predictions.</summary>
    [Fact]
    public void Means_are_latent_or_probabilities_or_scores()
    {
        var link = Means();
        Assert.Equal(1.83343, link.GetProperty("pairs")[0].GetProperty("estimate").GetDouble(), 1e-4);
        Assert.False(link.TryGetProperty("meanOf", out _));
        var own = Means("--scale", "response");
        Assert.Equal("categories", own.GetProperty("meanOf").GetString());
        Assert.Equal(10, own.GetProperty("means").GetArrayLength());
        Assert.Equal("2", own.GetProperty("means")[3].GetProperty("at").GetProperty("rating").GetString());
        var score = Means("--scale", "response", "--mean-of", "score").GetProperty("means");
        for (var arm = 0; arm < 2; arm++)
        {
            var sum = Enumerable.Range(0, 5).Sum(
                k => (k + 1) * own.GetProperty("means")[(2 * k) + arm].GetProperty("estimate").GetDouble());
            Assert.Equal(sum, score[arm].GetProperty("estimate").GetDouble(), 1e-10);
        }
    }

    /// <summary>clmm2's profile of σ, and clmm against clm.</summary>
    [Fact]
    public void Profiles_tests_of_variances_and_a_bootstrap_have_members_and_tables()
    {
        string[] options = ["--nodes", "25", "--ci", "profile", "--bootstrap", "5", "--contrast", "tempwarm - contactyes"];
        var root = Json(options);
        var profile = root.GetProperty("profileIntervals")[0];
        Assert.Equal("SD (Intercept) | judge", profile.GetProperty("of").GetString());
        Assert.Equal(0.504875, profile.GetProperty("lower").GetDouble(), 1e-3);
        Assert.Equal(9.918925, root.GetProperty("varianceTests")[0].GetProperty("statistic").GetDouble(), 1e-4);
        Assert.Equal(0.862728, root.GetProperty("coefficients")[1].GetProperty("lower").GetDouble(), 1e-3);
        Assert.Equal(5, root.GetProperty("bootstrap").GetProperty("attempted").GetInt32());
        Assert.Equal(7, root.GetProperty("bootstrap").GetProperty("parameters").GetArrayLength());
        var table = Margcond.Run(["glmm", Repository.Data("wine"), Formula, "--family", "ordinal", .. options]).Out;
        Assert.Contains("Profile likelihood", table, StringComparison.Ordinal);
        Assert.Contains("No random effect", table, StringComparison.Ordinal);
        Assert.Contains("5 refits converged", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Subgroups_have_members_and_a_table()
    {
        string[] line =
        [
            "compare", Repository.Data("wine"), Formula, "--family", "ordinal", "--treatment", "contact", "--by", "temp",
            "--standardized-se", "influence",
        ];
        using var document = JsonDocument.Parse(Margcond.Run([.. line, "--format", "json"]).Out);
        var root = document.RootElement;
        Assert.Equal(["cold", "warm"], root.GetProperty("subgroups").EnumerateArray().Select(
            subgroup => subgroup.GetProperty("by").GetProperty("temp").GetString()));
        Assert.Equal(36, root.GetProperty("subgroups")[0].GetProperty("rows").GetInt32());
        Assert.Contains(root.GetProperty("interactions").EnumerateArray(), row => row.GetProperty("scale").GetString() == "log win odds");
        var table = Margcond.Run(line).Out;
        Assert.Contains("contact yes against no, by temp", table, StringComparison.Ordinal);
        Assert.Contains("is it one effect?", table, StringComparison.Ordinal);
        Assert.Contains("interaction of rung 2", Margcond.Run([.. line, "--format", "csv"]).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Time_has_ladders_at_it_and_of_the_change()
    {
        string[] line =
        [
            "compare", Repository.Data("arthritis"), "y ~ trt * time + (1 | id)", "--factor", "trt", "--family", "ordinal", "--treatment",
            "trt", "--wave", "time", "--standardized-se", "influence", "--between", "1,5",
        ];
        var root = Parse(Margcond.Run([.. line, "--format", "json"]).Out);
        var times = root.GetProperty("ladder").EnumerateArray().Select(row => row.GetProperty("at").GetProperty("time").GetString())
            .Distinct();
        Assert.Equal(["5", "5 - 1"], times);
        var run = Margcond.Run(line);
        Assert.Contains("time = 5 - 1", Flat(run.Out), StringComparison.Ordinal);
        Assert.Contains("the ladder is at time = 5, the last", Flat(run.Error), StringComparison.Ordinal);
        Assert.Contains("At time = 5, of two people", Flat(run.Out), StringComparison.Ordinal);
        Assert.Contains("0: no covariates to average over", run.Out, StringComparison.Ordinal);
        var refused = Margcond.Run([.. line[..^2], "--period", "time"]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("--period", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_penalty_says_so()
    {
        var root = Json("--penalty", "1");
        Assert.InRange(root.GetProperty("coefficients")[0].GetProperty("estimate").GetDouble(), 2, 3);
        Assert.Contains("penalized", root.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
    }

    private static JsonElement Means(params string[] options) => Json(["--lsmeans", "contact", "--pairs", "reverse", .. options]);

    private static JsonElement Json(params string[] options)
    {
        var run = Margcond.Run(
            ["glmm", Repository.Data("wine"), Formula, "--family", "ordinal", "--format", "json", .. options]);
        Assert.True(run.ExitCode == 0, run.Error);
        using var document = JsonDocument.Parse(run.Out);
        return document.RootElement.Clone();
    }

    [Fact]
    public void Several_groupings_have_no_quadrature()
    {
        var run = Margcond.Run(
            "glmm", Repository.Data("wine"), "rating ~ temp + (1 | judge) + (1 | bottle)", "--family", "ordinal", "--nodes", "9");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("integrated by the Laplace approximation alone", Flat(run.Error), StringComparison.Ordinal);
    }

    [Fact]
    public void Nested_groupings_have_quadrature_and_crossed_ones_say_that_they_have_none()
    {
        string[] line =
        [
            "glmm", Repository.Data("wine"), "rating ~ temp + contact + (1 | judge/temp)", "--family", "ordinal", "--format", "json",
        ];
        var unasked = Margcond.Run(line);
        Assert.Equal(9, Parse(unasked.Out).GetProperty("nodes").GetInt32());
        var laplace = Margcond.Run([.. line, "--nodes", "1"]);
        Assert.Equal(1, Parse(laplace.Out).GetProperty("nodes").GetInt32());

        // Nearer to the maximum than Laplace's approximation, which is a little low with few rows a group.
        Assert.InRange(
            Parse(unasked.Out).GetProperty("logLik").GetDouble() - Parse(laplace.Out).GetProperty("logLik").GetDouble(), 0, 0.5);
        var crossed = Margcond.Run(
            "glmm", Repository.Data("wine"), "rating ~ contact + (1 | judge) + (1 | temp)", "--family", "ordinal", "--format", "json");
        Assert.Equal(1, Parse(crossed.Out).GetProperty("nodes").GetInt32());
        Assert.Contains("The random effects cross", Parse(crossed.Out).GetProperty("warnings").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Separated_categories_end_with_exit_code_3()
    {
        var run = Margcond.Run(
            "glmm", Repository.Data("wine"), Formula, "--family", "ordinal", "--nominal", "all", "--format", "json");
        Assert.Equal(3, run.ExitCode);
        var root = Parse(run.Out);
        Assert.Equal("separation", root.GetProperty("convergence").GetProperty("status").GetString());
        var marginal = Margcond.Run("marginalize", Repository.Data("wine"), Formula, "--family", "ordinal", "--nominal", "temp");
        Assert.Equal(3, marginal.ExitCode);
        var compared = Margcond.Run(
            "compare", Repository.Data("wine"), Formula, "--family", "ordinal", "--treatment", "contact", "--nominal", "temp");
        Assert.Equal(3, compared.ExitCode);
    }

    [Fact]
    public void Lower_is_better_turns_the_win_probability_and_scores_weigh_the_categories()
    {
        var higher = Compare();
        var lower = Compare("--lower-better", "--scores", "0,0,0,0,1");
        Assert.Equal(
            1, higher.GetProperty("winProbability").GetProperty("estimate").GetDouble()
                + lower.GetProperty("winProbability").GetProperty("estimate").GetDouble(), 1e-12);
        Assert.Equal(
            higher.GetProperty("probabilities")[4].GetProperty("estimate").GetDouble(),
            lower.GetProperty("meanScore").GetProperty("estimate").GetDouble(),
            1e-12);

        static JsonElement Compare(params string[] options) => Parse(Margcond.Run(
            [
                "compare", Repository.Data("wine"), Formula, "--family", "ordinal", "--treatment", "contact", "--format", "json",
                .. options,
            ]).Out).GetProperty("standardized")[0].GetProperty("contrasts")[0];
    }

    [Fact]
    public void Tests_of_proportional_odds_are_in_the_JSON()
    {
        var root = Parse(Margcond.Run(
            "glmm", Repository.Data("wine"), Formula, "--family", "ordinal", "--nodes", "25", "--nominal", "contact",
            "--format", "json").Out);
        var test = root.GetProperty("proportionalOdds").GetProperty("tests")[0];
        Assert.Equal("contact", test.GetProperty("term").GetString());
        Assert.Equal(0.498519690878624, test.GetProperty("statistic").GetDouble(), 1e-5);
        Assert.Equal(3, test.GetProperty("df").GetInt32());
        Assert.Equal(0.919216508557823, test.GetProperty("p").GetDouble(), 1e-5);
        Assert.Equal(4, root.GetProperty("proportionalOdds").GetProperty("slopes").GetArrayLength());
    }

    private static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    /// <summary>A message without the breaks and indents of a narrow terminal.</summary>
    private static string Flat(string text) =>
        string.Join(' ', text.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));
}
