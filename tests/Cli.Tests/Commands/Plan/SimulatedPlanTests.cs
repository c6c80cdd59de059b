using System.Globalization;
using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Plan;

/// <summary><c>plan --simulate</c> through the console.</summary>
public sealed class SimulatedPlanTests
{
    private const string Normal = "plan --difference .5 --sd 1 --rho .05 --size 20 --simulate --replicates 1000";

    [Fact]
    public void Each_estimand_has_its_clusters_beside_the_formula()
    {
        using var plan = JsonDocument.Parse(Margcond.RunLine(Normal + " --format json").Out);
        var simulated = plan.RootElement.GetProperty("simulated");
        Assert.Equal("clusters", simulated.GetProperty("goal").GetString());
        Assert.Equal(
            ["participant average", "cluster average"],
            simulated.GetProperty("estimands").EnumerateArray().Select(answer => answer.GetProperty("estimand").GetString()));
        foreach (var answer in simulated.GetProperty("estimands").EnumerateArray())
        {
            var exact = answer.GetProperty("formula").GetDouble();
            Assert.Equal(plan.RootElement.GetProperty("clusters").GetInt32(), exact);
            Assert.InRange(exact, answer.GetProperty("atLeast").GetDouble(), answer.GetProperty("atMost").GetDouble());
            Assert.InRange(answer.GetProperty("clustersNeeded").GetDouble(), exact - 2, exact + 2);
            Assert.True(answer.GetProperty("power").GetDouble() >= 0.8);
        }
    }

    [Fact]
    public void With_clusters_it_is_the_power_and_with_both_the_least_effect()
    {
        using var power = JsonDocument.Parse(Margcond.RunLine(Normal + " --clusters 10 --format json").Out);
        var drawn = power.RootElement.GetProperty("simulated").GetProperty("estimands")[0];
        Assert.Equal("power", power.RootElement.GetProperty("simulated").GetProperty("goal").GetString());
        Assert.InRange(
            drawn.GetProperty("formula").GetDouble(), drawn.GetProperty("lower").GetDouble(), drawn.GetProperty("upper").GetDouble());
        Assert.False(drawn.TryGetProperty("clustersNeeded", out _));
        using var effect = JsonDocument.Parse(Margcond.RunLine(Normal + " --clusters 10 --power .9 --format json").Out);
        var least = effect.RootElement.GetProperty("simulated").GetProperty("estimands")[0];
        var needed = least.GetProperty("factorNeeded").GetDouble();
        Assert.Equal(0.5 * needed, least.GetProperty("effect").GetDouble(), 1e-12);
        var there = string.Create(CultureInfo.InvariantCulture, $"plan --difference {0.5 * needed} --sd 1 --rho .05 --size 20");
        using var formula = JsonDocument.Parse(Margcond.RunLine(there + " --clusters 10 --format json").Out);
        Assert.InRange(formula.RootElement.GetProperty("power").GetDouble(), 0.86, 0.93);
    }

    [Fact]
    public void The_table_has_every_estimand_of_two_kinds_of_clusters()
    {
        var run = Margcond.RunLine("plan --kind 10:.3:.5 --kind 30:.4:.6 --rho .05 --clusters 12 --simulate --replicates 100");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("Drawn: the power of 12 clusters, at most 100 trials each, seed 1", run.Out, StringComparison.Ordinal);
        foreach (var name in new[] { "patient ", "participant average ", "cluster average " })
        {
            Assert.Contains("\n  " + name, run.Out, StringComparison.Ordinal);
        }

        Assert.Contains("by kind", run.Out, StringComparison.Ordinal);
        Assert.All(run.Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
        var csv = Margcond.RunLine(Normal + " --format csv").Out.Split('\n');
        Assert.Equal("estimand,effect,needed,at_least,at_most,clusters,power,mcse,lower,upper,trials,failed", csv[0]);
        Assert.StartsWith("participant average,0.5,", csv[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_are_drawn_with_the_rate_ratio_at_a_cluster()
    {
        var run = Margcond.RunLine(
            "plan --control-rate .4 --treatment-rate .7 --time 1.5 --rho .1 --size 12 --clusters 20 --simulate --replicates 100");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("RR 1.75", run.Out, StringComparison.Ordinal);
        Assert.Contains("rate ratio at a cluster, mixed model", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("By formula", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_may_vary_by_a_list_or_a_coefficient_of_variation()
    {
        const string Trial = "plan --control .3 --treatment .5 --rho .05 --clusters 12 --simulate --replicates 100 --format json";
        foreach (var sizes in new[] { "--size 20 --cv .5", "--sizes 5,20,35" })
        {
            using var plan = JsonDocument.Parse(Margcond.RunLine($"{Trial} {sizes}").Out);
            Assert.Equal(3, plan.RootElement.GetProperty("simulated").GetProperty("estimands").GetArrayLength());
        }
    }

    [Theory]
    [InlineData("plan --control .3 --treatment .5 --rho .05 --size 20 --seed 3", "--seed has no effect without --simulate or --study")]
    [InlineData("plan --control .3 --treatment .5 --rho .05 --size 20 --clusters 8 --power .9", "find the least effect by --simulate")]
    [InlineData("plan --control .3 --treatment .5 --rho .05 --size 20.5 --simulate", "--size is 20.5; clusters that are drawn")]
    [InlineData("plan --control .3 --treatment .5 --rho .5 --corr ar1 --size 20 --simulate", "--simulate draws two arms of clusters")]
    [InlineData("plan --slope-difference .3 --sd 1 --times 0,1,2 --rho .5 --simulate", "--simulate draws two arms of clusters")]
    [InlineData("plan --control .3 --treatment .5 --rho .05 --size 20 --simulate --replicates 9", "--replicates has to be from 100")]
    public void What_is_not_drawn_is_refused(string line, string message)
    {
        var run = Margcond.RunLine(line);
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        var error = string.Join(' ', run.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(message, error, StringComparison.Ordinal);
    }
}
