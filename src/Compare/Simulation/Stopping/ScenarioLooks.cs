using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Performance;

namespace MarginalConditional.Compare.Simulation.Stopping;

/// <summary>Looks at one scenario as its replicates come, each seen once.</summary>
/// <remarks>
/// Replicates are taken in the order of their numbers and looked at after fixed numbers of them, so that the end depends on the estimates
/// alone. Failed ones are in no interval: each holds for the proportion among usable replicates.
/// </remarks>
internal sealed class ScenarioLooks
{
    private readonly StoppingRule rule;
    private readonly double alpha;
    private readonly double[] truths;
    private readonly int[] usable;
    private readonly int[] covered;
    private readonly int[] rejected;
    private readonly CriticalValues critical;

    /// <summary>Begins before the first replicate.</summary>
    /// <param name="rule">What is asked for.</param>
    /// <param name="alpha">α of each interval.</param>
    /// <param name="level">The level of the methods' own intervals and tests.</param>
    /// <param name="truths">What each method estimates; not a number where nobody knows it: nothing is asked of such a coverage.</param>
    public ScenarioLooks(StoppingRule rule, double alpha, double level, double[] truths)
    {
        this.rule = rule;
        this.alpha = alpha;
        this.truths = truths;
        critical = new CriticalValues(level);
        (usable, covered, rejected) = (new int[truths.Length], new int[truths.Length], new int[truths.Length]);
    }

    /// <summary>Replicates seen.</summary>
    public int Replicates { get; private set; }

    /// <summary>Whether everything asked for is decided by the replicates seen.</summary>
    public bool IsDecided => Replicates > 0 && Criteria().All(criterion => criterion.IsMet);

    /// <summary>Sees the replicates up to a number.</summary>
    /// <param name="estimates">One column a method.</param>
    /// <param name="end">One past the last replicate to see.</param>
    public void See(EffectEstimate[][] estimates, int end)
    {
        for (var m = 0; m < truths.Length; m++)
        {
            for (var replicate = Replicates; replicate < end; replicate++)
            {
                var estimate = estimates[m][replicate];
                if (estimate.IsUsable)
                {
                    var half = estimate.StandardError * critical.Of(estimate.DegreesOfFreedom);
                    usable[m]++;
                    covered[m] += Math.Abs(estimate.Value - truths[m]) <= half ? 1 : 0;
                    rejected[m] += Math.Abs(estimate.Value) <= half ? 0 : 1;
                }
            }
        }

        Replicates = end;
    }

    /// <summary>What is asked for, and how far it has come.</summary>
    public IEnumerable<StoppingCriterion> Criteria()
    {
        for (var m = 0; m < truths.Length; m++)
        {
            if (rule.CoverageError is not null && !double.IsNaN(truths[m]))
            {
                var (lower, upper) = ConfidenceSequence.Interval(covered[m], usable[m], alpha);
                yield return new StoppingCriterion(
                    m, "coverage-mcse", covered[m], usable[m], lower, upper, upper - lower <= rule.CoverageWidth);
            }

            if (rule.Power is { } power)
            {
                var (lower, upper) = ConfidenceSequence.Interval(rejected[m], usable[m], alpha);
                yield return new StoppingCriterion(m, "power", rejected[m], usable[m], lower, upper, lower > power || upper < power);
            }
        }
    }
}
