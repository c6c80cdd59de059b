using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Longitudinal;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Inference;

namespace MarginalConditional.Compare.Tests.Longitudinal;

/// <summary>Intervals of the averages over periods in small stepped wedges whose effect goes with size.</summary>
public sealed class PeriodCoverageTests
{
    private const int Replicates = 400;

    /// <summary>
    /// Half the clusters have four rows more in each cell and an effect of .3 rather than .8: cells' sizes are 3 or 5 and 7 or 9, so that
    /// persons see (4·.8 + 8·.3)/12 and clusters .55.
    /// </summary>
    [Fact]
    public void Intervals_cover_in_small_trials_whose_effect_goes_with_size()
    {
        double[] truths = [5.6 / 12, 0.55, 5.6 / 12, 0.55];
        var covered = new int[2, PeriodEstimand.All.Count];
        Parallel.For(0, Replicates, replicate =>
        {
            var analysis = Analyse((ulong)replicate, 0.5);
            foreach (var row in analysis.Estimates)
            {
                var e = PeriodEstimand.All.ToList().IndexOf(row.Estimand);
                if (row.Inference.Lower <= truths[e] && truths[e] <= row.Inference.Upper)
                {
                    Interlocked.Increment(ref covered[row.IsAugmented ? 1 : 0, e]);
                }
            }
        });

        // At least 95 % less three Monte Carlo errors.
        var least = Replicates * (0.95 - (3 * Math.Sqrt(0.95 * 0.05 / Replicates)));
        Assert.All(covered.Cast<int>(), count => Assert.InRange(count, least, Replicates));
    }

    [Fact]
    public void The_test_of_equality_keeps_its_level_where_one_effect_holds_for_all()
    {
        var rejected = new int[2];
        Parallel.For(0, Replicates, replicate =>
        {
            foreach (var row in Analyse((ulong)replicate, 0).Tests.Where(row => row.Test!.PValue < 0.05))
            {
                Interlocked.Increment(ref rejected[row.IsAugmented ? 1 : 0]);
            }
        });

        // At most 5 % and three Monte Carlo errors.
        Assert.All(rejected, count => Assert.InRange(count, 0, Replicates * (0.05 + (3 * Math.Sqrt(0.05 * 0.95 / Replicates)))));
    }

    private static PeriodAnalysis Analyse(ulong seed, double less)
    {
        var frame = WedgeTrial.Frame(WedgeTrial.Rows(18, 3, 1000 + seed, binary: false, less: less));
        var options = WedgeTrial.Options(binary: false);
        var question = TrialStandardization.Of(frame, options, ["0", "1"])!;
        var model = WorkingModel.Of(GeeInference.Of(GeeFitter.Fit(frame, options.Gee)));
        return PeriodComparer.Analyse(question, [(model, StandardizedErrors.OneStep, model.Deletions())], options)!;
    }
}
