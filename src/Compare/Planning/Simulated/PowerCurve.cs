using MarginalConditional.Compare.Simulation.Stopping;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare.Planning.Simulated;

/// <summary>The power of one test in drawn trials, as far as it has to be known.</summary>
internal sealed class PowerCurve(TrialTest test, SimulatedPlanOptions options, double alpha)
{
    /// <summary>Trials from one look to the next.</summary>
    private const int Every = 100;

    /// <summary>The power with so many clusters.</summary>
    /// <param name="trials">The trials.</param>
    /// <param name="clusters">K.</param>
    /// <param name="factor">What their effect was multiplied by.</param>
    /// <param name="decides">Whether trials end once the interval excludes the power wanted.</param>
    public SimulatedPower At(DrawnTrials trials, int clusters, double factor, bool decides)
    {
        using var scope = CancellationScope.Enter(options.Cancellation);
        var treated = Math.Clamp((int)Math.Round(clusters * options.TreatedShare), 2, clusters - 2);
        var critical = -StudentDistribution.Quantile(
            options.Level / 2, options.UsesStudent ? clusters - 2 : double.PositiveInfinity);
        var statistics = new double[options.Trials];
        var (seen, rejected, failed, side) = (0, 0, 0, 0);
        using var work = LongWork.Begin(FormattableString.Invariant($"trials of {clusters} clusters"), options.Trials);
        while (seen < options.Trials && !(decides && side != 0))
        {
            var end = Math.Min(seen + Every, options.Trials);
            ParallelWork.For(seen, end, options.Threads, trial =>
            {
                var (sizes, sums, arms) = trials.Trial(trial, clusters - treated, treated);
                statistics[trial] = test.Statistic(sizes, sums, arms);
                work.Step();
            });
            for (; seen < end; seen++)
            {
                failed += double.IsNaN(statistics[seen]) ? 1 : 0;
                rejected += Math.Abs(statistics[seen]) >= critical ? 1 : 0;
            }

            side = ConfidenceSequence.Contains(rejected, seen - failed, options.Power, alpha) ? 0
                : rejected > options.Power * (seen - failed) ? 1
                : -1;
        }

        var (lower, upper) = ConfidenceSequence.Interval(rejected, seen - failed, alpha);
        return new SimulatedPower(clusters, factor, rejected, seen - failed, failed, lower, upper, side);
    }
}
