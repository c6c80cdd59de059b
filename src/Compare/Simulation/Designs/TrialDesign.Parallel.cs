using MarginalConditional.Data.Coding;

namespace MarginalConditional.Compare.Simulation.Designs;

public abstract partial class TrialDesign
{
    /// <summary>
    /// The parallel cluster-randomized trial of two arms: whole clusters are treated or not. Columns (Intercept), treatment.
    /// </summary>
    public static TrialDesign Parallel { get; } = new ParallelDesign(Allocation.Equal(2));

    /// <summary>The parallel trial by cluster of two or more arms; of three or more the columns are (Intercept), arm2, arm3, …</summary>
    public static TrialDesign ParallelOf(Allocation allocation)
    {
        ArgumentNullException.ThrowIfNull(allocation);
        return new ParallelDesign(allocation);
    }

    /// <summary>The columns of a design that compares arms and nothing else.</summary>
    private static string[] ArmColumns(int arms) => arms == 2
        ? [DesignMatrix.InterceptName, "treatment"]
        : [DesignMatrix.InterceptName, .. Enumerable.Range(2, arms - 1).Select(arm => FormattableString.Invariant($"arm{arm}"))];

    /// <summary>A saturated row: the intercept, and 1 in the column of the arm.</summary>
    private static void FillArm(double treatment, Span<double> values)
    {
        values.Clear();
        values[0] = 1;
        if (treatment > 0)
        {
            values[(int)treatment] = 1;
        }
    }

    private static double[] ArmCoefficients(TrialEffects effects, int arms) =>
        [effects.Baseline, .. Enumerable.Range(1, arms - 1).Select(effects.EffectOf)];

    private sealed class ParallelDesign(Allocation shares) : TrialDesign("parallel", ArmColumns(shares.Count), 1)
    {
        private readonly Allocation allocation = shares;

        public override bool IsSaturated => true;

        public override int Sequences => allocation.Count;

        public override int Treatments => allocation.Count;

        public override bool TreatsWholeClusters => true;

        public override int Sequence(int cluster) => allocation.Arm(cluster);

        public override double Treatment(int arm, int row, int size) => arm;

        public override void Fill(double treatment, int row, int size, Span<double> values) => FillArm(treatment, values);

        public override double[] Coefficients(TrialEffects effects) => ArmCoefficients(effects, Treatments);
    }
}
