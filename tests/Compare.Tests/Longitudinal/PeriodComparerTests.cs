using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Longitudinal;
using MarginalConditional.Data;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;

namespace MarginalConditional.Compare.Tests.Longitudinal;

/// <summary>The averages over periods against their definitions, and their errors against refits.</summary>
public sealed class PeriodComparerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_four_averages_are_those_of_their_definitions(bool binary)
    {
        var rows = WedgeTrial.Rows(9, 3, 4, binary);
        var options = WedgeTrial.Options(binary, WorkingCorrelation.Exchangeable);
        var comparison = ModelComparer.Compare(WedgeTrial.Frame(rows), options);

        Same(PeriodTwin.Means(rows, null), comparison.Periods!, null, binary);
        Same(PeriodTwin.Means(rows, Predict(comparison.Gee, binary)), comparison.Periods!, "GEE", binary);
        Assert.Equal(["2", "3"], comparison.Periods!.Periods);
        Assert.Equal(["1", "4"], comparison.Periods.LeftOut);
    }

    [Theory]
    [InlineData("jackknife")]
    [InlineData("one-step")]
    [InlineData("closed")]
    public void Errors_are_those_of_fits_without_each_cluster(string errors)
    {
        // A linear model under independence: one step is the deletion itself.
        var rows = WedgeTrial.Rows(9, 3, 5, binary: false);
        var options = WedgeTrial.Options(binary: false) with { StandardizedErrors = Kind(errors) };
        var analysis = ModelComparer.Compare(WedgeTrial.Frame(rows), options).Periods!;
        for (var e = 0; e < PeriodEstimand.All.Count; e++)
        {
            var position = e;
            Near(Jackknife(rows, subset => Difference(PeriodTwin.Means(subset, null)[position])), Row(analysis, e, null), 1e-9);
            Near(
                Jackknife(rows, subset => Difference(PeriodTwin.Means(subset, Predict(Fit(subset, options), false))[position])),
                Row(analysis, e, "GEE"),
                errors == "closed" ? 0.05 : 1e-7);
        }
    }

    [Fact]
    public void Without_the_only_cluster_of_an_arm_a_period_compares_nothing_and_a_warning_says_so()
    {
        var rows = WedgeTrial.Rows(3, 3, 6, binary: false);
        foreach (var errors in (StandardizedErrors[])[StandardizedErrors.OneStep, StandardizedErrors.Closed])
        {
            var options = WedgeTrial.Options(binary: false) with { StandardizedErrors = errors };
            var analysis = ModelComparer.Compare(WedgeTrial.Frame(rows), options).Periods!;

            Assert.Equal(2, analysis.Warnings.Count);
            Assert.StartsWith("At period = 2 only one cluster has arm = 1", analysis.Warnings[0], StringComparison.Ordinal);
            Near(Jackknife(rows, subset => Difference(PeriodTwin.Means(subset, null)[1])), Row(analysis, 1, null), 1e-9);
        }
    }

    [Fact]
    public void The_ladder_of_a_trial_by_period_ends_at_its_horizontal_averages()
    {
        var comparison = ModelComparer.Compare(WedgeTrial.Frame(WedgeTrial.Rows(9, 3, 7, binary: true)), WedgeTrial.Options(binary: true));
        foreach (var scale in (string[])["risk difference", "log odds ratio"])
        {
            foreach (var (weighting, estimand) in (ReadOnlySpan<(ClusterWeighting, PeriodEstimand)>)[
                (ClusterWeighting.Participant, PeriodEstimand.HorizontalIndividual),
                (ClusterWeighting.Cluster, PeriodEstimand.HorizontalCluster)])
            {
                var rung = comparison.Ladder.Rungs.First(rung => rung.Rung == 3 && rung.Scale == scale && rung.Weighting == weighting);
                var own = comparison.Periods!.Estimates.First(row =>
                    row.Method == "GLMM" && row.Scale == scale && row.Estimand == estimand);

                Assert.Equal(own.Inference.Estimate, rung.Inference.Estimate, 1e-12);
                Assert.Equal(own.Inference.StandardError, rung.Inference.StandardError, 1e-10);
            }
        }
    }

    [Fact]
    public void Cells_of_one_size_need_no_test_of_equality()
    {
        var rows = WedgeTrial.Rows(9, 3, 8, binary: false);
        List<WedgeRow> equal = [.. rows.GroupBy(row => (row.Cluster, row.Period)).SelectMany(cell => cell.Take(3))];
        var analysis = ModelComparer.Compare(WedgeTrial.Frame(equal), WedgeTrial.Options(binary: false)).Periods!;

        Assert.All(analysis.Tests, test => Assert.Null(test.Test));
        Assert.Equal(Row(analysis, 0, "GEE").Inference.Estimate, Row(analysis, 3, "GEE").Inference.Estimate, 1e-12);
    }

    [Fact]
    public void Averages_that_differ_are_a_reason_that_is_named()
    {
        // Half the clusters have large cells and no effect.
        var rows = WedgeTrial.Rows(30, 3, 11, binary: false, effect: 3, less: 3);
        var comparison = ModelComparer.Compare(
            WedgeTrial.Frame(rows), WedgeTrial.Options(binary: false) with { CheckReasons = true });

        Assert.Contains(comparison.Checks, check => check.Key == "period-averages-differ"
            && check.Outcome == Compare.Comparison.Reasons.ReasonOutcome.Sign);
        Assert.Empty(comparison.Summaries.Estimates);
    }

    [Fact]
    public void Two_arms_in_a_cell_are_refused_with_the_cell_named()
    {
        var rows = WedgeTrial.Rows(6, 3, 9, binary: false);
        var first = rows.FindIndex(row => row.Period == 2);
        rows[first] = rows[first] with { Arm = 1 - rows[first].Arm };
        var refusal = Assert.Throws<InputException>(
            () => ModelComparer.Compare(WedgeTrial.Frame(rows), WedgeTrial.Options(binary: false)));

        Assert.Contains("id 0 has both", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("period = 2", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trial_without_a_period_that_has_both_arms_is_refused()
    {
        List<WedgeRow> rows = [.. WedgeTrial.Rows(6, 3, 10, binary: false).Where(row => row.Period is 1 or 4)];
        var refusal = Assert.Throws<InputException>(
            () => ModelComparer.Compare(WedgeTrial.Frame(rows, "y ~ arm + x + (1 | id)"), WedgeTrial.Options(binary: false)));

        Assert.StartsWith("No value of period has every arm (0, 1)", refusal.Message, StringComparison.Ordinal);
    }

    private static void Same((double Control, double Treated)[] means, PeriodAnalysis analysis, string? method, bool binary)
    {
        foreach (var measure in binary ? EffectMeasure.All : [EffectMeasure.Difference])
        {
            for (var e = 0; e < means.Length; e++)
            {
                var row = analysis.Estimates.First(row =>
                    row.Method == method && row.Estimand == PeriodEstimand.All[e] && row.Scale == measure.ScaleOf(binary));
                Assert.Equal(measure.Value(means[e].Control, means[e].Treated), row.Inference.Estimate, 1e-10);
            }
        }
    }

    private static void Near(double standardError, PeriodEstimate row, double tolerance) =>
        Assert.InRange(row.Inference.StandardError / standardError, 1 - tolerance, 1 + tolerance);

    private static double Difference((double Control, double Treated) means) => means.Treated - means.Control;

    private static PeriodEstimate Row(PeriodAnalysis analysis, int estimand, string? method) =>
        analysis.Estimates.First(row => row.Method == method && row.Estimand == PeriodEstimand.All[estimand]);

    private static StandardizedErrors Kind(string name) => StandardizedErrors.All.First(kind => kind.Name == name);

    private static GeeFit Fit(IReadOnlyList<WedgeRow> rows, ComparisonOptions options) =>
        GeeFitter.Fit(WedgeTrial.Frame(rows), options.Gee);

    /// <summary>The mean that a fit of <c>y ~ arm + factor(period) + x</c> gives a row under an arm.</summary>
    private static Func<WedgeRow, int, double> Predict(GeeFit fit, bool binary)
    {
        var names = fit.Frame.Design.Names.ToList();
        var coefficients = fit.Coefficients.ToArray();
        return (row, arm) =>
        {
            var period = names.IndexOf($"factor(period){row.Period}");
            var eta = coefficients[0] + (arm * coefficients[names.IndexOf("arm")]) + (row.X * coefficients[names.IndexOf("x")])
                + (period < 0 ? 0 : coefficients[period]);
            return binary ? 1 / (1 + Math.Exp(-eta)) : eta;
        };
    }

    /// <summary>The jackknife of type 1 by leaving each cluster out of the data.</summary>
    private static double Jackknife(IReadOnlyList<WedgeRow> rows, Func<IReadOnlyList<WedgeRow>, double> estimate)
    {
        double[] without = [.. rows.Select(row => row.Cluster).Distinct().Select(c => estimate([.. rows.Where(row => row.Cluster != c)]))];
        var mean = without.Average();
        return Math.Sqrt((without.Length - 1.0) / without.Length * without.Sum(value => (value - mean) * (value - mean)));
    }
}
