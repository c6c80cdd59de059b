using MarginalConditional.Data.Coding;

namespace MarginalConditional.Compare.Simulation.Designs;

public abstract partial class TrialDesign
{
    /// <summary>
    /// The AB/BA crossover: sequence 0 is treated in the second period, sequence 1 in the first. Columns (Intercept), treatment, period.
    /// </summary>
    public static TrialDesign Crossover { get; } = new CrossoverDesign(Allocation.Equal(2));

    /// <summary>The AB/BA crossover with its own allocation to the two sequences.</summary>
    public static TrialDesign CrossoverOf(Allocation allocation)
    {
        ArgumentNullException.ThrowIfNull(allocation);
        ArgumentOutOfRangeException.ThrowIfNotEqual(allocation.Count, 2);
        return new CrossoverDesign(allocation);
    }

    private sealed class CrossoverDesign(Allocation shares)
        : TrialDesign("crossover", [DesignMatrix.InterceptName, "treatment", "period"], 1)
    {
        private readonly Allocation allocation = shares;

        public override bool IsSaturated => false;

        public override string? SizeProblem(ISizeLaw size) =>
            size.Fixed is { } rows && rows % 2 == 0 ? null : "A crossover needs a fixed, even cluster-size: 2 for one row a period.";

        public override int Sequence(int cluster) => allocation.Arm(cluster);

        public override double Treatment(int arm, int row, int size) => arm == 1 ? 1 - Period(row, size) : Period(row, size);

        public override void Fill(double treatment, int row, int size, Span<double> values)
        {
            values[0] = 1;
            values[1] = treatment;
            values[2] = Period(row, size);
        }

        public override double[] Coefficients(TrialEffects effects) => [effects.Baseline, effects.Effect, effects.Period];

        public override double Surplus(TrialEffects effects, int arm, int row, int size) =>
            arm == 1 && Period(row, size) == 1 ? effects.CarryOver : 0;

        /// <summary>0 in the first half of a cluster's rows, 1 in the second.</summary>
        public override int Period(int row, int size) => row < size / 2 ? 0 : 1;

        /// <summary>Both periods have the same persons.</summary>
        public override int Person(int row, int size) => row % (size / 2);
    }
}
