using System.Text.Json;
using MarginalConditional.Cli.Commands.Plan;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Plan;

/// <summary><see cref="PlanCommand"/> through the console: what <see cref="PlanCommandReport"/> prints.</summary>
public sealed class PlanCommandTests
{
    private const string Trial = "plan --control 0.3 --treatment 0.2 --size 30 --rho 0.05";

    [Fact]
    public void The_clusters_for_a_power_have_that_power_and_two_fewer_have_not()
    {
        using var plan = JsonDocument.Parse(Margcond.RunLine(Trial + " --power 0.9 --format json").Out);
        var clusters = plan.RootElement.GetProperty("clusters").GetInt32();
        Assert.True(plan.RootElement.GetProperty("power").GetDouble() >= 0.9);
        using var fewer = JsonDocument.Parse(Margcond.RunLine($"{Trial} --clusters {clusters - 2} --format json").Out);
        Assert.True(fewer.RootElement.GetProperty("power").GetDouble() < 0.9);
    }

    [Fact]
    public void The_design_effect_of_equal_clusters_is_that_of_the_books()
    {
        using var plan = JsonDocument.Parse(Margcond.RunLine(Trial + " --format json").Out);
        Assert.Equal(1 + (29 * 0.05), plan.RootElement.GetProperty("designEffect").GetDouble(), 1e-12);
    }

    [Fact]
    public void Csv_is_one_line_and_the_table_stars_the_plan()
    {
        var csv = Margcond.RunLine(Trial + " --clusters 40 --format csv").Out.Split('\n');
        Assert.Equal("clusters,rows,power,se,design_effect,effect", csv[0]);
        Assert.StartsWith("40,1200,", csv[1], StringComparison.Ordinal);
        var table = Margcond.RunLine(Trial + " --clusters 40", width: 120).Out;
        Assert.Contains(" 40 *", table, StringComparison.Ordinal);
        Assert.Contains("design effect 2.45", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Kinds_of_clusters_plan_both_averages()
    {
        using var plan = JsonDocument.Parse(Margcond.RunLine("plan --kind 10:.3:.5 --kind 90:.4:.43 --rho .05 --format json").Out);
        Assert.Equal(64, plan.RootElement.GetProperty("clusters").GetInt32());
        var participants = plan.RootElement.GetProperty("others")[0];
        Assert.Equal("participant average", participants.GetProperty("name").GetString());
        Assert.Equal(354, participants.GetProperty("clustersNeeded").GetInt32());
        var table = Margcond.RunLine("plan --kind 10:.3:.5 --kind 90:.4:.43 --rho .05").Out;
        Assert.Contains("participant average", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Risks_plan_the_conditional_effect_beside_the_marginal_one()
    {
        using var plan = JsonDocument.Parse(Margcond.RunLine(Trial + " --format json").Out);
        var conditional = plan.RootElement.GetProperty("others")[0];
        Assert.True(conditional.GetProperty("estimate").GetDouble() < plan.RootElement.GetProperty("estimate").GetDouble());
        Assert.InRange(conditional.GetProperty("power").GetDouble(), 0.8, 0.9);
        Assert.DoesNotContain("others", Margcond.RunLine(Trial + " --corr ar1 --format json").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Slopes_and_rates_are_planned()
    {
        var slopes = Margcond.RunLine("plan --slope-difference .5 --sd 5 --slope-sd .8 --rho .5 --times 0,1,2,3").Out;
        Assert.Contains("398 *", slopes, StringComparison.Ordinal);
        var rates = Margcond.RunLine("plan --control-rate .3 --treatment-rate .2 --rho .02 --size 30").Out;
        Assert.Contains("ratio of rates 0.6667", rates, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plan --control 0.3 --size 30 --rho 0.05", "Give --control and --treatment (probabilities), or --difference and --sd")]
    [InlineData("plan --difference 3 --sd 10 --size 30", "--rho, the correlation within clusters, is missing.")]
    [InlineData("plan --difference 3 --sd 10 --rho 0.05", "--size, the mean number of rows a cluster, is missing.")]
    [InlineData("plan --difference 3 --sd 10 --rho 0.05 --sizes 12,x", "--sizes cannot read \"x\"")]
    [InlineData("plan --difference 3 --sd 10 --rho 0.05 --size 30 --clusters 2", "--clusters is 2; it has to be 4 or more.")]
    [InlineData("plan --difference 3 --sd 10 --rho 0.05 --size 30 --share 1", "--share has to lie between 0 and 1.")]
    [InlineData("plan --kind 10:.3 --rho 0.05", "Write SIZE:CONTROL:TREATMENT")]
    [InlineData("plan --kind 10:.3:.5 --rho 0.05 --size 30", "--size has no effect beside --kind")]
    [InlineData("plan --kind 10:.3:1.5 --rho 0.05", "risks lie between 0 and 1")]
    [InlineData("plan --slope-difference 1 --sd 5 --rho 0.5", "--times, when each participant is seen, is missing")]
    [InlineData("plan --control-rate 1 --treatment-rate 1 --size 30 --rho 0.05", "the rates must differ")]
    [InlineData("plan --control 0.3 --treatment 0.2 --size 30 --rho 0.05 --times 0,1", "--times has no effect")]
    [InlineData("plan --control 0.3 --treatment 0.2 --size 30 --rho 0.05 --power 2", "--power has to lie between 0 and 1")]
    [InlineData("plan --difference 1e-9 --sd 10 --rho 0.05 --size 30", "More than a hundred million clusters would be needed")]
    public void What_cannot_be_planned_is_refused(string line, string words)
    {
        var run = Margcond.RunLine(line, width: 400);
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Out);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stepped_wedge_has_swdpwrs_power()
    {
        // swdpower(K = 30, 12 clusters in 4 steps, binomial, marginal, logit, .2 -> .25, treated .33, alpha0 = .03, alpha1 = .015): .461.
        using var plan = JsonDocument.Parse(Margcond.RunLine(
            "plan --steps 4 --control .2 --control-end .25 --treatment .33 --rho .03 --rho-between .015 --size 30 --clusters 12 "
            + "--df normal --format json").Out);
        Assert.Equal(0.461, plan.RootElement.GetProperty("power").GetDouble(), 5e-4);
        Assert.Equal(4, plan.RootElement.GetProperty("sequences").GetInt32());
        Assert.Equal(5, plan.RootElement.GetProperty("periods").GetInt32());
        Assert.Equal(1800, plan.RootElement.GetProperty("rows").GetDouble());
    }

    [Fact]
    public void A_stepped_wedge_has_clusters_of_unequal_size_and_effects_on_any_scale()
    {
        const string Wedge = "plan --steps 4 --control .2 --control-end .25 --treatment .33 --rho .03 --clusters 24 --format json ";
        double Power(string more)
        {
            using var plan = JsonDocument.Parse(Margcond.RunLine(Wedge + more).Out);
            Assert.Equal("conditional (GLMM)", plan.RootElement.GetProperty("others")[0].GetProperty("name").GetString());
            return plan.RootElement.GetProperty("power").GetDouble();
        }

        Assert.Equal(Power("--size 30"), Power("--sizes 30,30"), 12);
        Assert.InRange(Power("--size 30 --cv .5"), Power("--size 30 --cv .9"), Power("--size 30"));
        Assert.All(["probit", "cloglog", "log", "identity"], link => Assert.InRange(Power("--size 30 --link " + link), 0.7, 0.9));
    }

    [Theory]
    [InlineData("--steps 4 --control .2 --treatment .3 --size 10", "--rho")]
    [InlineData("--steps 4 --control .2 --treatment .3 --rho .05", "--size")]
    [InlineData("--steps 4 --control .2 --treatment .3 --rho .05 --size 10 --clusters 10", "--clusters 12")]
    [InlineData("--steps 4 --control .2 --treatment .3 --rho .05 --rho-between .1 --size 10", "between 0 and that within")]
    [InlineData("--steps 4 --control .2 --treatment .3 --rho .05 --size 10 --cv -1", "--cv 0 or more")]
    [InlineData("--steps 4 --control .2 --treatment .3 --rho .05 --size 10 --share .4", "--share has no effect")]
    [InlineData("--steps 4 --control .2 --treatment .3 --rho .05 --size 10 --decay .9 --rho-between .02", "beside --decay")]
    [InlineData("--steps 4 --control .2 --treatment .3 --rho .05 --size 10 --cohort", "without --decay")]
    [InlineData("--sequences 01,01 --control .2 --treatment .3 --rho .05 --size 10", "does not tell the treatment")]
    [InlineData("--sequences 01,0a --control .2 --treatment .3 --rho .05 --size 10", "no sequence")]
    [InlineData("--control .2 --treatment .3 --rho .05 --size 10 --rho-between .02", "without --steps")]
    [InlineData("--steps 3 --difference 1 --sd 2 --link log --rho .05 --size 10", "binary outcomes")]
    public void A_stepped_wedge_that_cannot_be_planned_is_explained(string options, string sentence)
    {
        var run = Margcond.RunLine("plan " + options);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            sentence, string.Join(' ', run.Error.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
