using System.Text.RegularExpressions;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Strangers;

/// <summary>Inputs that the fuzzer found, with what they have to come to: a result whose gaps are named, or a sentence.</summary>
public sealed partial class FuzzedInputTests
{
    [Fact]
    public void A_limit_that_is_not_found_is_a_dash_and_named() => Comes(
        3,
        "a dash stands for it in the intervals of",
        "glmm", "separated", "y ~ scale(x) + pmax(t - 2, 0) + (1 | id)", "--family", "binomial", "--nodes", "1", "--ci", "profile");

    [Fact]
    public void A_fit_that_offsets_have_lost_has_no_replicates() => Comes(
        3,
        string.Empty,
        "glmm", "offset-700", "y ~ I(x >= 0.5) + factor(t) + (x || id)", "--family", "poisson", "--offset", "o", "--nodes", "5",
        "--bootstrap", "5");

    [Fact]
    public void Variances_that_are_no_numbers_have_no_measures_of_clustering() => Comes(
        3, string.Empty, "glmm", "lost", "y ~ g * x + (1 | sub:id)", "--family", "binomial", "--nodes", "1");

    [Fact]
    public void Influences_that_are_no_numbers_single_out_no_cluster() => Comes(
        0,
        string.Empty,
        "compare", "few-clusters", "y ~ I(x >= 0.5) + factor(t)", "--family", "gaussian", "--offset", "o", "--cluster", "id",
        "--wave", "t", "--corr", "decay", "--treatment", "x", "--se", "mancl-derouen");

    [Fact]
    public void Waves_that_nested_effects_put_in_another_order_are_refused_where_order_matters() => Comes(
        2,
        "in which waves do not ascend, and --corr decay needs them to",
        "compare", "nested", "y ~ g * x + (1 | id/sub)", "--family", "gaussian", "--cluster", "id", "--wave", "t", "--corr", "decay",
        "--treatment", "x");

    [Fact]
    public void A_cluster_without_which_the_model_cannot_be_fitted_has_no_refit() => Comes(
        3,
        "cannot be estimated",
        "gee", "deleted-cluster", "y ~ x + t", "--family", "gaussian", "--cluster", "id", "--wave", "t", "--corr", "unstructured", "--se",
        "jackknife-full");

    [Fact]
    public void A_correlation_beyond_all_bounds_is_not_repaired_for_minutes() => Comes(
        3,
        "not positive definite",
        "gee", "huge", "y ~ scale(x) + pmax(t - 2, 0)", "--family", "gaussian", "--cluster", "id", "--wave", "t", "--corr", "block",
        "--within", "sub", "--scale-fix", "1");

    [Fact]
    public void Residuals_are_not_correlated_across_the_groups_of_an_effect() => Comes(
        2,
        "lies in more than one group of a random effect",
        "lmm", "finer-effect", "y ~ I(x >= 0.5) + factor(t) + (1 | sub:id)", "--residual", "ar1", "--wave", "t", "--cluster", "id");

    [Fact]
    public void Profiles_of_a_fit_without_a_maximum_are_not_searched_for() => Comes(
        3,
        "without a maximum to fall from there are no profile intervals",
        "lmm", "flat-profile", "y ~ x", "--residual", "ante", "--wave", "t", "--cluster", "id", "--ci", "profile");

    [Fact]
    public void An_empty_name_of_weights_is_refused() => Comes(
        2,
        "--staying-weights does not know",
        "gee", "nested", "y ~ x", "--cluster", "id", "--wave", "t", "--staying", "~ y + x", "--staying-weights", "");

    [Fact]
    public void An_offset_that_no_predictor_has_is_refused_with_the_logarithm() => Comes(
        2,
        "--offset \"log(time)\"",
        "glmm", "offset-700", "y ~ x + (1 | id)", "--family", "poisson", "--offset", "pmax(1000 * n, 5000)");

    [Fact]
    public void Crossed_effects_are_compared_over_fewer_clusters_than_parameters() => Comes(
        0,
        "clusters taken as independent",
        "compare", "crossed", "y ~ 0 + g + (1 | id) + (1 | sub)", "--family", "gamma", "--offset", "o", "--cluster", "id", "--wave", "t",
        "--corr", "independence", "--treatment", "g", "--estimand");

    [Fact]
    public void Searches_for_modes_do_not_turn_over_rounding() => Comes(
        3,
        string.Empty,
        "glmm", "rounding", "y ~ x + z + t + g + (1 | id/sub)", "--family", "gaussian", "--factor", "t", "--nodes", "1", "--ci", "profile");

    private static void Comes(int code, string words, string command, string file, params string[] rest)
    {
        var result = Margcond.Run([command, Repository.File("tests", "Cli.Tests", "Strangers", $"fuzzed-{file}.csv"), .. rest]);
        Assert.True(result.ExitCode == code, $"exit {result.ExitCode}: {result.Error}");
        Assert.Contains(words, Joined().Replace(result.Out + result.Error, " "), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", result.Out, StringComparison.Ordinal);
        Assert.Equal(code == 2, result.Out.Length == 0);
    }

    /// <summary>Lines that the width has broken.</summary>
    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Joined();
}
