using MarginalConditional.Data.Coding;

namespace MarginalConditional.Compare.Simulation.Designs;

public abstract partial class TrialDesign
{
    /// <summary>
    /// The parallel longitudinal trial: each cluster is a participant seen
    /// at every wave. Columns (Intercept), treatment, time, treatment:time.
    /// </summary>
    public static TrialDesign Longitudinal { get; } = new LongitudinalDesign(null, Allocation.Equal(2));

    /// <summary>The longitudinal trial with its own allocation, by participant or by cluster.</summary>
    /// <param name="waves">The number of waves over which the rows of a cluster are shared out; null where every row is a wave.</param>
    /// <param name="allocation">Of two arms.</param>
    public static TrialDesign LongitudinalOf(int? waves, Allocation allocation)
    {
        ArgumentNullException.ThrowIfNull(allocation);
        ArgumentOutOfRangeException.ThrowIfNotEqual(allocation.Count, 2);
        return new LongitudinalDesign(waves is { } count ? new PeriodPlan(count) : null, allocation);
    }

    private sealed class LongitudinalDesign(PeriodPlan? waves, Allocation shares)
        : TrialDesign("longitudinal", [DesignMatrix.InterceptName, "treatment", "time", "treatment:time"], 3)
    {
        private readonly PeriodPlan? plan = waves;
        private readonly Allocation allocation = shares;

        public override bool IsSaturated => false;

        public override bool TreatsWholeClusters => true;

        public override string? SizeProblem(ISizeLaw size) =>
            plan is not null ? Shared(size, plan, Name)
            : size.Fixed >= 2 ? null
            : "A longitudinal trial needs a fixed cluster-size, the number of waves, of 2 or more.";

        public override int Sequence(int cluster) => allocation.Arm(cluster);

        public override double Treatment(int arm, int row, int size) => arm;

        public override int Period(int row, int size) => plan?.Period(row, size) ?? row;

        public override int Person(int row, int size) => plan?.Person(row, size) ?? 0;

        public override void Fill(double treatment, int row, int size, Span<double> values)
        {
            var time = Period(row, size);
            values[0] = 1;
            values[1] = treatment;
            values[2] = time;
            values[3] = treatment * time;
        }

        public override double[] Coefficients(TrialEffects effects) =>
            [effects.Baseline, effects.ArmDifference, effects.Trend, effects.Effect];
    }
}
