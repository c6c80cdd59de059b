using MarginalConditional.Compare.Longitudinal;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Glmm;

namespace MarginalConditional.Compare.Tests.Longitudinal;

/// <summary>
/// <see cref="ClusterSums"/> as <see cref="PeriodSums"/> and <see cref="AverageSums"/> fill them: their slopes against differences, their
/// parts against their whole, and the estimates of <see cref="ClusterEstimates"/> against sums taken the slow way.
/// </summary>
public sealed class PeriodSumsTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Sums_without_a_cluster_are_the_sums_of_the_others(bool mixed, bool ladder)
    {
        var sums = Sums(mixed, ladder);
        double[] parameters = [.. sums.Model.Parameters.ToArray().Select(value => value + 0.01)];
        double[] without = new double[sums.Count], own = new double[sums.Count], total = new double[sums.Count];
        sums.Without(parameters, 4, without);
        for (var c = 0; c < sums.Clusters.Count; c++)
        {
            own = Own(sums, parameters, c);
            for (var k = 0; k < own.Length && c != 4; k++)
            {
                total[k] += own[k];
            }
        }

        Near(total, without, 1e-10);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Slopes_are_differences_of_sums(bool mixed, bool ladder)
    {
        const double Step = 1e-5;
        var sums = Sums(mixed, ladder);
        var m = sums.Model.Parameters.Length;
        var slopes = new double[sums.Count * m];
        sums.Slopes(slopes);
        for (var j = 0; j < m; j++)
        {
            var (above, below) = (Total(sums, j, Step), Total(sums, j, -Step));
            double[] expected = [.. above.Zip(below, (a, b) => (a - b) / (2 * Step))];
            double[] column = [.. Enumerable.Range(0, sums.Count).Select(k => slopes[(k * m) + j])];
            Near(expected, column, 1e-6);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Estimates_move_as_their_differential_says(bool ladder)
    {
        const double Step = 1e-6;
        var sums = Sums(mixed: true, ladder);
        var total = Total(sums, 0, 0);
        var direction = Own(sums, sums.Model.Parameters.ToArray(), 2);
        double[] above = new double[sums.Estimates], below = new double[sums.Estimates], change = new double[sums.Estimates];
        sums.Evaluate([.. total.Zip(direction, (s, d) => s + (Step * d))], -1, above);
        sums.Evaluate([.. total.Zip(direction, (s, d) => s - (Step * d))], -1, below);
        sums.Differentiate(total, direction, change);

        Near([.. above.Zip(below, (a, b) => (a - b) / (2 * Step))], change, 1e-6);
    }

    [Fact]
    public void A_period_is_kept_as_long_as_every_arm_has_another_cluster()
    {
        var rows = WedgeTrial.Rows(5, 3, 41, binary: false);
        var frame = WedgeTrial.Frame(rows);
        int[] arms = [.. frame.Recipe!.CodesOf("arm")];
        var periods = TrialPeriods.Of(frame, "period", arms, ["0", "1"]);

        Assert.Equal(["2", "3"], periods.Labels);
        for (var period = 0; period < periods.Count; period++)
        {
            for (var c = -1; c < 5; c++)
            {
                var left = rows.Where(row => row.Cluster != c && $"{row.Period}" == periods.Labels[period]).Select(row => row.Arm);
                Assert.Equal(left.Distinct().Count() == 2, periods.IsKept(period, c));
            }

            Assert.Equal(
                rows.Where(row => $"{row.Period}" == periods.Labels[period] && row.Arm == 1).Select(row => row.Cluster).Distinct().Count(),
                periods.ClustersWith(period, 1));
        }
    }

    [Fact]
    public void Every_cluster_counts_in_all_periods_also_where_a_period_depends_on_one()
    {
        var rows = WedgeTrial.Rows(6, 3, 41, binary: true).ToArray();
        var only = rows.First(row => row.Cluster == 1 && row.Period == 2).Arm;
        var frame = WedgeTrial.Frame([.. rows.Where(row => row.Period != 2 || row.Arm != only || row.Cluster == 1)]);
        var periods = TrialPeriods.Of(frame, "period", [.. frame.Recipe!.CodesOf("arm")], ["0", "1"]);
        Assert.Contains(Enumerable.Range(0, periods.Count), period => !periods.IsKept(period, 1));

        var sums = Sums(frame, mixed: false, ladder: false);
        var each = Enumerable.Repeat(7.0, sums.Clusters.Count * sums.Count).ToArray();
        double[] total = new double[sums.Count], whole = new double[sums.Count];
        sums.OfEach([], each);
        for (var i = 0; i < each.Length; i++)
        {
            total[i % sums.Count] += each[i];
        }

        sums.Without(sums.Model.Parameters, -1, whole);
        Near(total, whole, 1e-10);
    }

    private static ClusterSums Sums(bool mixed, bool ladder) =>
        Sums(WedgeTrial.Frame(WedgeTrial.Rows(9, 3, 42, binary: true)), mixed, ladder);

    private static ClusterSums Sums(ModelFrame frame, bool mixed, bool ladder)
    {
        var options = WedgeTrial.Options(binary: true);
        var question = TrialStandardization.Of(frame, options, ["0", "1"])!;
        var model = Model(frame, options, mixed);
        return ladder
            ? new AverageSums(model, question.Rows, question.Settings(), question.Ratios)
            : new PeriodSums(model, question.Rows, question.Settings());
    }

    private static WorkingModel Model(ModelFrame frame, ComparisonOptions options, bool mixed) => mixed
        ? WorkingModel.Of(GlmmFitter.Fit(frame, options.Glmm))
        : WorkingModel.Of(GeeInference.Of(GeeFitter.Fit(frame, options.Gee)));

    /// <summary>s_c(ψ) of one cluster.</summary>
    private static double[] Own(ClusterSums sums, double[] parameters, int cluster)
    {
        var all = new double[sums.Clusters.Count * sums.Count];
        double[] changes = [.. sums.Model.Parameters.ToArray().Zip(parameters, (a, b) => a - b)];
        sums.OfEach([.. Enumerable.Repeat(changes, sums.Clusters.Count).SelectMany(values => values)], all);
        return all[(cluster * sums.Count)..((cluster + 1) * sums.Count)];
    }

    private static double[] Total(ClusterSums sums, int parameter, double change)
    {
        var parameters = sums.Model.Parameters.ToArray();
        parameters[parameter] += change;
        double[] total = new double[sums.Count], own = new double[sums.Count];
        for (var c = 0; c < sums.Clusters.Count; c++)
        {
            own = Own(sums, parameters, c);
            total = [.. total.Zip(own, (a, b) => a + b)];
        }

        return total;
    }

    private static void Near(double[] expected, double[] actual, double tolerance)
    {
        for (var k = 0; k < expected.Length; k++)
        {
            if (!double.IsNaN(expected[k]) || !double.IsNaN(actual[k]))
            {
                Assert.InRange(actual[k] - expected[k], -tolerance * (1 + Math.Abs(expected[k])), tolerance * (1 + Math.Abs(expected[k])));
            }
        }
    }
}
