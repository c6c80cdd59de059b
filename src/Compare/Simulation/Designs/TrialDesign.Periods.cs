using MarginalConditional.Data.Coding;

namespace MarginalConditional.Compare.Simulation.Designs;

public abstract partial class TrialDesign
{
    /// <summary>
    /// The stepped wedge: all clusters begin as controls, and sequence after sequence is treated from one of the later periods on. Columns
    /// (Intercept), treatment, period2, period3, …
    /// </summary>
    /// <param name="periods">3 or more: one more than sequences.</param>
    /// <param name="allocation">Of the clusters to the sequences.</param>
    public static TrialDesign SteppedWedge(int periods, Allocation allocation)
    {
        ArgumentNullException.ThrowIfNull(allocation);
        ArgumentOutOfRangeException.ThrowIfLessThan(periods, 3);
        ArgumentOutOfRangeException.ThrowIfNotEqual(allocation.Count, periods - 1);
        return new WedgeDesign(new PeriodPlan(periods), allocation);
    }

    /// <summary>
    /// The cluster crossover: clusters change between treatment and control from period to period; sequence 0 begins as controls. Columns
    /// (Intercept), treatment, period2, …
    /// </summary>
    /// <param name="periods">2 or more.</param>
    /// <param name="allocation">Of the clusters to the two sequences.</param>
    public static TrialDesign ClusterCrossover(int periods, Allocation allocation)
    {
        ArgumentNullException.ThrowIfNull(allocation);
        ArgumentOutOfRangeException.ThrowIfLessThan(periods, 2);
        ArgumentOutOfRangeException.ThrowIfNotEqual(allocation.Count, 2);
        return new ClusterCrossoverDesign(new PeriodPlan(periods), allocation);
    }

    /// <summary>What is wrong with sizes that are shared out over periods.</summary>
    private static string? Shared(ISizeLaw size, PeriodPlan plan, string name) => size.Fixed < plan.Periods
        ? FormattableString.Invariant($"The {name} design shares the rows of a cluster out over {plan.Periods} periods and needs as many.")
        : null;

    /// <summary>A design of periods with an effect of each and a constant effect of the treatment.</summary>
    private abstract class PeriodDesign(string name, PeriodPlan periods, Allocation shares)
        : TrialDesign(name, [DesignMatrix.InterceptName, "treatment", .. periods.Columns], 1)
    {
        private readonly PeriodPlan plan = periods;
        private readonly Allocation allocation = shares;

        public override bool IsSaturated => false;

        public override int Sequences => allocation.Count;

        public override string? SizeProblem(ISizeLaw size) => Shared(size, plan, Name);

        public override int Sequence(int cluster) => allocation.Arm(cluster);

        public override double Treatment(int arm, int row, int size) => IsTreated(arm, Period(row, size)) ? 1 : 0;

        public override int Period(int row, int size) => plan.Period(row, size);

        public override int Person(int row, int size) => plan.Person(row, size);

        public override void Fill(double treatment, int row, int size, Span<double> values)
        {
            values[0] = 1;
            values[1] = treatment;
            plan.Fill(row, size, values[2..]);
        }

        public override double[] Coefficients(TrialEffects effects) =>
            [effects.Baseline, effects.Effect, .. Enumerable.Range(1, plan.Periods - 1).Select(period => effects.Trend * period)];

        public override double Surplus(TrialEffects effects, int arm, int row, int size)
        {
            var period = Period(row, size);
            return period > 0 && IsTreated(arm, period - 1) && !IsTreated(arm, period) ? effects.CarryOver : 0;
        }

        /// <summary>Whether the clusters of a sequence are treated in a period, both from 0.</summary>
        protected abstract bool IsTreated(int sequence, int period);
    }

    private sealed class WedgeDesign(PeriodPlan periods, Allocation shares) : PeriodDesign("stepped-wedge", periods, shares)
    {
        protected override bool IsTreated(int sequence, int period) => period > sequence;
    }

    private sealed class ClusterCrossoverDesign(PeriodPlan periods, Allocation shares)
        : PeriodDesign("cluster-crossover", periods, shares)
    {
        protected override bool IsTreated(int sequence, int period) => (sequence + period) % 2 == 1;
    }
}
