using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;
using MathNet.Numerics.Distributions;

namespace MarginalConditional.Cli.Tests.Commands.Compare;

/// <summary>
/// Ten clusters of two to four rows without covariates: rungs of the ladder are averages of shares, the cluster-level analysis is a t test
/// of ten numbers, and its permutation test tries all 252 allocations.
/// </summary>
public sealed class CompareByHandTests : IDisposable
{
    private static readonly (int Arm, int[] Yes)[] Clusters =
    [
        (0, [1, 1, 0, 1]), (0, [0, 0, 0]), (0, [1, 0, 0, 0]), (0, [0, 0, 1, 0]), (0, [1, 1, 1]),
        (1, [1, 1, 1, 0]), (1, [1, 1]), (1, [0, 1, 0, 0]), (1, [1, 1, 1, 1]), (1, [0, 0, 1]),
    ];

    private readonly TemporaryFolder folder = new();
    private readonly string file;
    private readonly string line;

    public CompareByHandTests()
    {
        file = folder.Write("clusters.csv", "id,arm,y\n" + string.Concat(Clusters.SelectMany((one, cluster) =>
            one.Yes.Select(yes => FormattableString.Invariant($"{cluster + 1},{one.Arm},{yes}\n")))));
        line = $"compare {file} \"y ~ arm + (1 | id)\" --treatment arm --no-checks";
    }

    private static double[] Means => [.. Clusters.Select(one => one.Yes.Average())];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Rungs_are_the_conditional_the_marginalized_and_the_observed_effects()
    {
        var answer = Answers.Json(line);
        var glmm = Answers.Json($"glmm {file} \"y ~ arm + (1 | id)\" --nodes 25");
        var averaged = Answers.Json($"marginalize {file} \"y ~ arm + (1 | id)\"");
        Assert.Equal(glmm.Number("coefficients", 1, "estimate"), Rung(answer, 0, "participant", "log odds ratio"), 1e-8);
        Assert.Equal(averaged.Number("coefficients", 1, "estimate"), Rung(answer, 1, "participant", "log odds ratio"), 1e-8);
        Assert.Equal(Rung(answer, 1, "participant", "log odds ratio"), Rung(answer, 2, "participant", "log odds ratio"), 1e-9);
        var (rows, clusters) = (Shares(), new[] { Means[..5].Average(), Means[5..].Average() });
        foreach (var (weighting, own, other) in new[] { ("participant", rows, clusters), ("cluster", clusters, rows) })
        {
            Assert.Equal(own[1] - own[0], Rung(answer, 3, weighting, "risk difference"), 1e-9);
            Assert.Equal(Math.Log(own[1] / own[0]), Rung(answer, 3, weighting, "log risk ratio"), 1e-9);
            Assert.Equal(Logit(own[1]) - Logit(own[0]), Rung(answer, 3, weighting, "log odds ratio"), 1e-9);
            Assert.Equal(other[1] - other[0], Rung(answer, 4, weighting, "risk difference"), 1e-9);
        }
    }

    [Fact]
    public void A_step_is_what_the_rungs_differ_by_and_is_zero_where_an_identity_says_so()
    {
        var answer = Answers.Json(line);
        var steps = answer.GetProperty("steps").EnumerateArray().ToArray();
        Assert.NotEmpty(steps);
        foreach (var step in steps)
        {
            var (weighting, scale) = (step.At("weighting").GetString()!, step.At("scale").GetString()!);
            var (from, to) = ((int)step.Number("from"), (int)step.Number("to"));
            Assert.Equal(Rung(answer, to, weighting, scale) - Rung(answer, from, weighting, scale), step.Number("estimate"), 1e-9);
            Assert.Equal(from + 1, to);
            if (step.At("zeroByIdentity").GetBoolean())
            {
                Assert.Equal((0, 0), (step.Number("estimate"), step.Number("se")));
            }
        }

        // Averaging over clusters changes no difference of risks.
        Assert.Contains(steps, step => step.Number("to") == 1 && step.At("scale").GetString() == "risk difference"
            && step.At("zeroByIdentity").GetBoolean());
        Assert.Contains(steps, step => step.Number("to") == 1 && step.At("scale").GetString() == "log odds ratio"
            && !step.At("zeroByIdentity").GetBoolean());
    }

    [Fact]
    public void The_gap_between_the_models_is_split_without_a_rest_left_over()
    {
        var effect = Answers.Json(line).At("effects", 0);
        var rows = effect.GetProperty("rows").EnumerateArray().ToDictionary(row => row.At("estimand").GetString()!, StringComparer.Ordinal);
        var gee = Answers.Json($"gee {file} \"y ~ arm\" --cluster id --se mancl-derouen --df k-p");
        Assert.Equal(gee.Number("coefficients", 1, "estimate"), rows["marginal"].Number("estimate"), 1e-8);
        Assert.Equal(gee.Number("coefficients", 1, "se"), rows["marginal"].Number("se"), 1e-8);
        Assert.Equal(8, rows["marginal"].Number("df"));
        var gap = effect.GetProperty("gap");
        Assert.Equal(rows["conditional"].Number("estimate") - rows["marginal"].Number("estimate"), gap.Number("total", "estimate"), 1e-9);
        Assert.Equal(
            rows["conditional"].Number("estimate") - rows["marginalized"].Number("estimate"),
            gap.Number("nonCollapsibility", "estimate"), 1e-9);
        Assert.Equal(
            gap.Number("total", "estimate"), gap.Number("nonCollapsibility", "estimate") + gap.Number("rest", "estimate"), 1e-9);
    }

    [Fact]
    public void Model_robust_means_are_the_arms_shares_and_the_number_needed_their_inverse()
    {
        var answer = Answers.Json(line);
        var robust = answer.GetProperty("standardized").EnumerateArray().First(one =>
            one.At("weighting").GetString() == "participant" && one.At("modelRobust").GetBoolean());
        Answers.Near(Shares(), [.. robust.GetProperty("means").EnumerateArray().Select(mean => mean.GetDouble())]);
        var difference = robust.At("contrasts", 0);
        Assert.Equal("risk difference", difference.At("measure").GetString());
        Assert.Equal(1 / (Shares()[1] - Shares()[0]), difference.Number("numberNeededToTreat", "estimate"), 1e-8);
        Assert.Equal("harm", difference.At("numberNeededToTreat", "to").GetString());

        // Limits on either side of no difference: the numbers needed go through infinity.
        Assert.True(difference.At("numberNeededToTreat", "throughInfinity").GetBoolean());
        double[] limits = [1 / difference.Number("lower"), 1 / difference.Number("upper")];
        Answers.Near(
            [.. limits.Order()],
            [.. new[] { "first", "second" }.Select(limit => difference.Number("numberNeededToTreat", limit)).Order()], 1e-9);
        var benefit = Answers.Json(line + " --event-is benefit").GetProperty("standardized").EnumerateArray().First(one =>
            one.At("weighting").GetString() == "participant" && one.At("modelRobust").GetBoolean());
        Assert.Equal("benefit", benefit.At("contrasts", 0, "numberNeededToTreat", "to").GetString());
    }

    [Fact]
    public void Cluster_level_analysis_is_the_t_test_of_the_clusters_means()
    {
        var answer = Answers.Json(line);
        var row = answer.GetProperty("summaries").EnumerateArray().First(one =>
            one.At("weighting").GetString() == "cluster" && one.At("measure").GetString() == "risk difference");
        var (first, second) = (Means[..5], Means[5..]);
        var error = Math.Sqrt((Squares(first) + Squares(second)) / 8 * 2 / 5);
        var t = (second.Average() - first.Average()) / error;
        Assert.Equal(second.Average() - first.Average(), row.Number("estimate"), 1e-9);
        Assert.Equal(error, row.Number("se"), 1e-9);
        Assert.Equal(8, row.Number("df"));
        Assert.Equal(t, row.Number("statistic"), 1e-9);
        Assert.Equal(2 * StudentT.CDF(0, 1, 8, -Math.Abs(t)), row.Number("p"), 1e-9);
        Assert.Equal(row.Number("estimate") + (2.306004135204166 * error), row.Number("upper"), 1e-7);
        foreach (var (arm, means) in new[] { first, second }.Index())
        {
            var summary = answer.At("summaryArms", arm);
            Assert.Equal(5, summary.Number("clusters"));
            Assert.Equal(means.Average(), summary.Number("mean"), 1e-12);
            Assert.Equal(Math.Sqrt(Squares(means) / 4), summary.Number("sd"), 1e-9);
            Assert.Equal(Math.Sqrt(Squares(means) / 4 / 5), summary.Number("se"), 1e-9);
        }
    }

    [Fact]
    public void The_permutation_test_counts_all_allocations()
    {
        var test = Answers.Json(line).At("permutation", 0);
        Assert.Equal("cluster", test.At("weighting").GetString());
        Assert.True(test.At("exact").GetBoolean());
        Assert.Equal(252, test.Number("replicates"));
        var seen = Studentized(0b1111100000);
        Assert.Equal(seen, test.Number("statistic"), 1e-9);
        var extreme = Enumerable.Range(0, 1 << 10).Count(set => int.PopCount(set) == 5 && Math.Abs(Studentized(set)) >= seen - 1e-9);
        Assert.Equal(extreme / 252.0, test.Number("p"), 1e-12);
    }

    [Fact]
    public void A_margin_is_tested_one_sided_against_the_rung_s_effect()
    {
        var answer = Answers.Json(line + " --margin risk-difference:-0.2");
        var rung = answer.GetProperty("ladder").EnumerateArray().First(one => one.Number("rung") == 3
            && one.At("weighting").GetString() == "participant" && one.At("scale").GetString() == "risk difference");
        var text = answer.GetProperty("margins").EnumerateArray().First();
        var t = (rung.Number("estimate") + 0.2) / rung.Number("se");
        var tests = text.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Number)
            .Select(member => member.Value.GetDouble()).ToArray();
        Assert.Contains(tests, value => Math.Abs(value - rung.Number("estimate")) < 1e-12);
        Assert.Contains(tests, value => Math.Abs(value - StudentT.CDF(0, 1, rung.Number("df"), -t)) < 1e-8);
    }

    private static double Studentized(int set)
    {
        double[] treated = [.. Means.Where((_, cluster) => (set >> cluster & 1) == 1)];
        double[] control = [.. Means.Where((_, cluster) => (set >> cluster & 1) == 0)];
        return (treated.Average() - control.Average()) / Math.Sqrt((Squares(treated) + Squares(control)) / 4 / 5);
    }

    private static double[] Shares() =>
        [.. new[] { 0, 1 }.Select(arm => Clusters.Where(one => one.Arm == arm).SelectMany(one => one.Yes).Average())];

    private static double Squares(double[] values) => values.Sum(value => Math.Pow(value - values.Average(), 2));

    private static double Logit(double share) => Math.Log(share / (1 - share));

    private static double Rung(JsonElement answer, int rung, string weighting, string scale) =>
        answer.GetProperty("ladder").EnumerateArray().Single(one => one.Number("rung") == rung
            && one.At("weighting").GetString() == weighting && one.At("scale").GetString() == scale).Number("estimate");
}
