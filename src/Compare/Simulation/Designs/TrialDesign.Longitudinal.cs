using MarginalConditional.Data.Coding;

namespace MarginalConditional.Compare.Simulation.Designs;

public abstract partial class TrialDesign
{
    /// <summary>
    /// The parallel longitudinal trial: each cluster is a participant seen
    /// at every wave. Columns (Intercept), treatment, time, treatment:time.
    /// </summary>
    public static TrialDesign Longitudinal { get; } = new LongitudinalDesign();

    private sealed class LongitudinalDesign()
        : TrialDesign("longitudinal", [DesignMatrix.InterceptName, "treatment", "time", "treatment:time"], 3)
    {
        public override bool IsSaturated => false;

        public override string? SizeProblem(ISizeLaw size) =>
            size.Fixed >= 2 ? null : "A longitudinal trial needs a fixed cluster-size, the number of waves, of 2 or more.";

        public override double Treatment(int arm, int row, int size) => arm;

        public override void Fill(double treatment, int row, int size, Span<double> values)
        {
            values[0] = 1;
            values[1] = treatment;
            values[2] = row;
            values[3] = treatment * row;
        }

        public override double[] Coefficients(TrialEffects effects) =>
            [effects.Baseline, effects.ArmDifference, effects.Trend, effects.Effect];
    }
}
