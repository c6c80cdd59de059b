using System.Globalization;
using MarginalConditional.Cli.Tests.Harness;
using MathNet.Numerics.Distributions;

namespace MarginalConditional.Cli.Tests.Commands.Plan;

/// <summary>Plans against their formulas: variances of an effect, information of a cluster, and the normal test's power.</summary>
public sealed class PlanByHandTests
{
    /// <summary>A mean of rows that are alike by ρ has the variance {1 + (m − 1) ρ} / m of one row's.</summary>
    [Theory]
    [InlineData(10, 0.1, 40)]
    [InlineData(1, 0.3, 100)]
    [InlineData(25, 0, 12)]
    public void A_difference_of_means_has_the_power_of_the_normal_test(int size, double rho, int clusters)
    {
        var plan = Answers.Json(Line($"plan --difference 2 --sd 5 --size {size} --rho {rho} --clusters {clusters} --df normal"));
        var effect = 1 + ((size - 1) * rho);
        var error = Math.Sqrt(4 * 25 * effect / size / clusters);
        Assert.Equal(2, plan.Number("estimate"));
        Assert.Equal(effect, plan.Number("designEffect"), 1e-12);
        Assert.Equal(size / effect, plan.Number("informationPerCluster"), 1e-12);
        Assert.Equal(error, plan.Number("se"), 1e-12);
        Assert.Equal(clusters * size, plan.Number("rows"));
        Assert.Equal(Power(2 / error, 0.05), plan.Number("power"), 1e-9);
    }

    /// <summary>Each arm's log odds have the variance 1 / p (1 − p) a row; a share of the clusters is treated.</summary>
    [Theory]
    [InlineData(0.5, 0.05)]
    [InlineData(0.3, 0.01)]
    public void An_odds_ratio_has_the_power_of_the_normal_test(double share, double alpha)
    {
        var plan = Answers.Json(Line(
            $"plan --control 0.3 --treatment 0.2 --size 30 --rho 0.05 --clusters 60 --df normal --share {share} --alpha {alpha}"));
        var effect = Math.Log(0.2 / 0.8 / (0.3 / 0.7));
        var error = Math.Sqrt(((1 / (share * 0.2 * 0.8)) + (1 / ((1 - share) * 0.3 * 0.7))) * (1 + (29 * 0.05)) / 30 / 60);
        Assert.Equal(effect, plan.Number("estimate"), 1e-12);
        Assert.Equal(error, plan.Number("se"), 1e-12);
        Assert.Equal(Power(effect / error, alpha), plan.Number("power"), 1e-9);
    }

    /// <summary>A count of mean rate × time has the variance of its mean, here on the scale of its logarithm.</summary>
    [Fact]
    public void A_ratio_of_rates_counts_events()
    {
        var plan = Answers.Json("plan --control-rate 2 --treatment-rate 1.5 --time 3 --size 5 --rho 0.1 --clusters 20 --df normal");
        var error = Math.Sqrt(((2 / (1.5 * 3)) + (2 / (2.0 * 3))) * 1.4 / 5 / 20);
        Assert.Equal(Math.Log(0.75), plan.Number("estimate"), 1e-12);
        Assert.Equal(error, plan.Number("se"), 1e-12);
        Assert.Equal(Power(Math.Log(0.75) / error, 0.05), plan.Number("power"), 1e-9);
    }

    /// <summary>The least even number whose power is enough: two fewer have less.</summary>
    [Theory]
    [InlineData(0.8)]
    [InlineData(0.9)]
    [InlineData(0.99)]
    public void The_clusters_needed_are_the_fewest_by_the_formula(double power)
    {
        var plan = Answers.Json(Line($"plan --difference 1 --sd 4 --size 20 --rho 0.02 --df normal --power {power}"));
        var one = Math.Sqrt(4 * 16 * 1.38 / 20);
        var needed = 4;
        while (Power(Math.Sqrt(needed) / one, 0.05) < power)
        {
            needed += 2;
        }

        Assert.Equal(needed, plan.Number("clusters"));
        Assert.Equal(needed * 20, plan.Number("rows"));
    }

    /// <summary>With K − 2 degrees of freedom the critical value is larger, and so is the trial; the difference fades.</summary>
    [Fact]
    public void Few_clusters_need_more_than_the_normal_test_says()
    {
        foreach (var (difference, extra) in new[] { (6.0, 2), (2.0, 2), (0.4, 2) })
        {
            var student = Answers.Json(Line($"plan --difference {difference} --sd 5 --size 10 --rho 0.05")).Number("clusters");
            var normal = Answers.Json(Line($"plan --difference {difference} --sd 5 --size 10 --rho 0.05 --df normal")).Number("clusters");
            Assert.InRange(student - normal, 0, extra);
            Assert.True(difference < 1 || student > normal);
        }
    }

    /// <summary>Of an autoregression 1ᵀR⁻¹1 = {m − (m − 2) ρ} / (1 + ρ).</summary>
    [Theory]
    [InlineData(2, 0.4)]
    [InlineData(7, 0.7)]
    public void Neighbouring_waves_have_the_information_of_an_autoregression(int size, double rho)
    {
        var plan = Answers.Json(Line($"plan --difference 1 --sd 1 --size {size} --rho {rho} --corr ar1 --clusters 20"));
        Assert.Equal((size - ((size - 2) * rho)) / (1 + rho), plan.Number("informationPerCluster"), 1e-10);
    }

    [Fact]
    public void Sizes_one_by_one_are_averaged()
    {
        var plan = Answers.Json("plan --difference 1 --sd 1 --sizes 4,9,9,30 --rho 0.1 --clusters 20");
        double Of(double size) => size / (1 + ((size - 1) * 0.1));
        Assert.Equal((Of(4) + (2 * Of(9)) + Of(30)) / 4, plan.Number("informationPerCluster"), 1e-12);
        Assert.Equal(20 * 13, plan.Number("rows"));
        var even = Answers.Json("plan --difference 1 --sd 1 --size 13 --rho 0.1 --clusters 20");
        Assert.True(even.Number("informationPerCluster") > plan.Number("informationPerCluster"));
        var varied = Answers.Json("plan --difference 1 --sd 1 --size 13 --cv 0.6 --rho 0.1 --clusters 20");
        Assert.True(even.Number("informationPerCluster") > varied.Number("informationPerCluster"));
        var none = Answers.Json("plan --difference 1 --sd 1 --size 13 --cv 0 --rho 0.1 --clusters 20");
        Assert.Equal(even.Number("power"), none.Number("power"));
    }

    /// <summary>A participant's slope has the variance σ² (1 − ρ) / Σ(t − t̄)² + that of the true slopes.</summary>
    [Theory]
    [InlineData("0,1,2", 2, 0)]
    [InlineData("0,6,12,24", 315, 0.05)]
    public void Slopes_are_compared_by_the_spread_of_the_times(string times, double squares, double deviation)
    {
        var plan = Answers.Json(Line(
            $"plan --slope-difference 0.5 --sd 3 --rho 0.6 --slope-sd {deviation} --times {times} --clusters 80 --df normal"));
        var error = Math.Sqrt(4 * ((9 * 0.4 / squares) + (deviation * deviation)) / 80);
        Assert.Equal(error, plan.Number("se"), 1e-10);
        Assert.Equal(Power(0.5 / error, 0.05), plan.Number("power"), 1e-9);
    }

    /// <summary>
    /// Hussey and Hughes (2007), equation 8: cells of m rows of variance σ² + τ², I clusters in T periods, U treated cells, W the sum of
    /// squares of the periods' treated cells, V that of the clusters'.
    /// </summary>
    [Theory]
    [InlineData(3, 12)]
    [InlineData(4, 8)]
    public void A_stepped_wedge_has_the_variance_of_Hussey_and_Hughes(int steps, int clusters)
    {
        var plan = Answers.Json(Line($"plan --steps {steps} --size 10 --rho 0.05 --difference 1 --sd 2 --clusters {clusters} --df normal"));
        var (cell, between) = (4 * 0.95 / 10, 4 * 0.05);
        var (periods, each) = (steps + 1, clusters / steps);
        double treated = 0, byPeriod = 0, byCluster = 0;
        for (var step = 1; step <= steps; step++)
        {
            // The sequence that crosses after the step-th period is treated in those that are left.
            treated += each * (periods - step);
            byCluster += each * Math.Pow(periods - step, 2);
            byPeriod += Math.Pow(each * step, 2);
        }

        var variance = clusters * cell * (cell + (periods * between)) / (
            (((clusters * treated) - byPeriod) * cell)
            + (((treated * treated) + (clusters * periods * treated) - (periods * byPeriod) - (clusters * byCluster)) * between));
        Assert.Equal(Math.Sqrt(variance), plan.Number("se"), 1e-10);
        Assert.Equal(Power(1 / Math.Sqrt(variance), 0.05), plan.Number("power"), 1e-9);
        Assert.Equal((steps, periods), (plan.Number("sequences"), plan.Number("periods")));
        var named = string.Join(',', Enumerable.Range(1, steps).Select(step => new string('0', step) + new string('1', periods - step)));
        var listed = Answers.Json(Line(
            $"plan --sequences {named} --size 10 --rho 0.05 --difference 1 --sd 2 --clusters {clusters} --df normal"));
        Assert.Equal(plan.Number("se"), listed.Number("se"), 1e-12);
    }

    /// <summary>The effect within a cluster is the one whose averages over normal clusters are the probabilities planned.</summary>
    [Fact]
    public void The_conditional_effect_averages_to_the_probabilities()
    {
        var other = Answers.Json("plan --control 0.3 --treatment 0.2 --size 30 --rho 0.05 --clusters 40").At("others", 0);
        var words = other.At("effect").GetString()!;
        var sigma = double.Parse(words[(words.LastIndexOf(' ') + 1)..].TrimEnd(')'), CultureInfo.InvariantCulture);
        Assert.InRange(sigma, 0.4, 0.6);
        var (control, treated) = (Solve(0.3, sigma), Solve(0.2, sigma));
        Assert.Equal(treated - control, other.Number("estimate"), 1e-4);
        Assert.Contains(
            $"odds ratio {Math.Exp(other.Number("estimate")).ToString("0.####", CultureInfo.InvariantCulture)} at a cluster", words,
            StringComparison.Ordinal);
    }

    private static double Solve(double mean, double sigma)
    {
        var (low, high) = (-10.0, 10.0);
        while (high - low > 1e-9)
        {
            var middle = (low + high) / 2;
            (low, high) = BruteForce.NormalMean(z => 1 / (1 + Math.Exp(-middle - (sigma * z))), sigma) < mean
                ? (middle, high) : (low, middle);
        }

        return low;
    }

    private static double Power(double statistic, double alpha)
    {
        var critical = -Normal.InvCDF(0, 1, alpha / 2);
        return Normal.CDF(0, 1, Math.Abs(statistic) - critical) + Normal.CDF(0, 1, -Math.Abs(statistic) - critical);
    }

    private static string Line(FormattableString line) => FormattableString.Invariant(line);

    /// <summary>Sizes with next to no variation are those with none; they had taken a search for quantiles that did not end.</summary>
    [Theory]
    [InlineData("1e-300")]
    [InlineData("1e-9")]
    public void Next_to_no_variation_of_sizes_is_none(string variation)
    {
        const string Plan = "plan --steps 3 --size 10 --rho 0.05 --difference 1 --sd 2 --clusters 12";
        Assert.Equal(Answers.Json(Plan).Number("power"), Answers.Json($"{Plan} --cv {variation}").Number("power"), 1e-12);
    }

    /// <summary>Beyond the change to the other way to a quantile nothing jumps.</summary>
    [Fact]
    public void Quantiles_of_sizes_are_the_same_on_both_ways()
    {
        const string Plan = "plan --steps 3 --size 4000 --rho 0.05 --difference 0.1 --sd 2 --clusters 12";
        var (search, cube) = (Answers.Json($"{Plan} --cv 0.0010001"), Answers.Json($"{Plan} --cv 0.0009999"));
        Assert.Equal(search.Number("power"), cube.Number("power"), 1e-7);
    }

    [Fact]
    public void Sizes_that_would_nearly_all_be_one_row_are_refused() => Assert.Contains(
        "--cv is 11; sizes are drawn up to 10. Give all sizes by --sizes.",
        Answers.Refusal("plan --steps 3 --size 10 --rho 0.05 --difference 1 --sd 2 --cv 11"), StringComparison.Ordinal);
}
