using System.Text.Json;
using MarginalConditional.Cli.Commands.Meta;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Meta;

/// <summary><see cref="ModeratorOptions"/>, tables and single arms through the console; the numbers are metafor's.</summary>
public sealed class MetaRegressionCommandTests
{
    private const string Counts = "--treat tpos,tneg --control cpos,cneg";
    private const string Effects = "yi,vi,x,g,e\n0.1,0.1,1,a,1\n0.4,0.2,2,a,2\n"
        + "0.2,0.1,3,b,3\n0.9,0.3,4,b,4\n0.5,0.2,5,c,5\n0.3,0.2,7,c,6\n";

    [Fact]
    public void A_moderator_has_metafors_numbers()
    {
        // rma(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, mods = ~ ablat, data = dat.bcg), metafor 3.8-1.
        using var result = Json($"meta {Repository.Data("bcg")} --measure RR {Counts} --moderators ablat --at ablat=30");
        var root = result.RootElement;
        var slope = root.GetProperty("coefficients")[1];
        Assert.Equal("ablat", slope.GetProperty("term").GetString());
        Assert.Equal(-0.0291, slope.GetProperty("estimate").GetDouble(), 1e-4);
        Assert.Equal(0.0072, slope.GetProperty("se").GetDouble(), 1e-4);
        Assert.Equal(0.0764, root.GetProperty("tau2").GetDouble(), 1e-4);
        Assert.Equal(16.3571, root.GetProperty("moderatorTest").GetProperty("statistic").GetDouble(), 2e-3);
        Assert.Equal(75.62, root.GetProperty("r2").GetDouble(), 2e-2);
        Assert.Equal(30.7331, root.GetProperty("q").GetDouble(), 1e-4);
        Assert.Equal("30", root.GetProperty("predictions")[0].GetProperty("at").GetProperty("ablat").GetString());
        Assert.False(root.TryGetProperty("estimate", out _));
    }

    [Fact]
    public void Several_effects_a_study_have_components_and_robust_errors()
    {
        using var result = Json($"meta {Repository.Data("bcg")} --measure RR {Counts} --random author/trial --cluster author");
        var root = result.RootElement;
        Assert.Equal(11, root.GetProperty("clusters").GetInt32());
        Assert.Equal(
            ["author", "trial:author"],
            root.GetProperty("components").EnumerateArray().Select(one => one.GetProperty("group").GetString()));
        Assert.Equal("robust", root.GetProperty("interval").GetString());
        Assert.InRange(root.GetProperty("df").GetDouble(), 5, 10);
        Assert.Equal(root.GetProperty("coefficients")[0].GetProperty("se").GetDouble(), root.GetProperty("se").GetDouble());
    }

    [Fact]
    public void One_arm_is_shown_as_a_proportion()
    {
        using var result = Json($"meta {Repository.Data("bcg")} --measure PLO --arm cpos,cneg --method exact");
        var natural = result.RootElement.GetProperty("natural");
        var logit = result.RootElement.GetProperty("estimate").GetDouble();
        Assert.Equal(1 / (1 + Math.Exp(-logit)), natural.GetProperty("estimate").GetDouble(), 1e-12);
        Assert.True(natural.GetProperty("mean").GetDouble() > natural.GetProperty("estimate").GetDouble());
    }

    [Fact]
    public void Totals_and_people_without_the_event_are_the_same_studies()
    {
        var path = Path.Combine(Path.GetTempPath(), $"arms-{Environment.ProcessId}.csv");
        File.WriteAllText(path, "x,rest,n\n3,27,30\n5,45,50\n2,88,90\n");
        try
        {
            using var rest = Json($"meta {path} --measure PLO --arm x,rest");
            using var total = Json($"meta {path} --measure PLO --arm x/n");
            Assert.Equal(rest.RootElement.GetProperty("estimate").GetDouble(), total.RootElement.GetProperty("estimate").GetDouble());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("--moderators z", "no column \"z\"", "yi, vi, x, g, e")]
    [InlineData("--moderators \"x +\"", "--moderators", "formula")]
    [InlineData("--moderators factor(e)", "more are needed", "Leave moderators out")]
    [InlineData("--moderators x --at y=3", "y", "x")]
    [InlineData("--moderators x --at x=low", "holds numbers", "low")]
    [InlineData("--moderators x --at x", "--at cannot read", "NAME=VALUE")]
    [InlineData("--moderators x --random \"(x | g)\"", "has a slope", "(1 | g)")]
    [InlineData("--random \"(1 | e) + (1 | x)\"", "put the rows used into the same groups", "Leave out one of the two")]
    [InlineData("--random g/e --method DL", "by likelihood", "--method REML")]
    [InlineData("--random g --ci hartung-knapp", "one effect each", "--cluster")]
    [InlineData("--random g --cluster e", "in several clusters", "coarsest")]
    [InlineData("--moderators \"x + I(x ^ 2)\" --cluster g", "more clusters than coefficients", "3 for 3")]
    [InlineData("--moderators x --method exact", "from the counts of both arms", "--measure OR")]
    [InlineData("--moderators x --leave-one-out", "has no effect", "--moderators")]
    [InlineData("--at x=3", "has no effect", "--moderators")]
    [InlineData("--method MH", "events of two arms", "--measure OR")]
    [InlineData("--method Peto", "odds ratios", "--measure OR")]
    [InlineData("--arm x,e", "--arm", "no place")]
    public void Bad_input_is_explained(string options, string first, string second)
    {
        var path = Path.Combine(Path.GetTempPath(), $"regression-{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.csv");
        File.WriteAllText(path, Effects);
        try
        {
            var run = Margcond.RunLine($"meta {path} --yi yi --vi vi {options}");
            Assert.Equal(2, run.ExitCode);
            Assert.Empty(run.Out);
            var error = string.Join(' ', run.Error.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
            Assert.Contains(first, error, StringComparison.Ordinal);
            Assert.Contains(second, error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static JsonDocument Json(string line)
    {
        var run = Margcond.RunLine(line + " --format json");
        Assert.Equal(0, run.ExitCode);
        return JsonDocument.Parse(run.Out);
    }
}
