using MarginalConditional.Data.Coding;

namespace MarginalConditional.Compare.Simulation.Designs;

public abstract partial class TrialDesign
{
    /// <summary>
    /// Units side by side, to be compared with each other: nobody is treated. Column (Intercept), which is what is estimated.
    /// </summary>
    public static TrialDesign Units { get; } = new UnitsDesign();

    private sealed class UnitsDesign() : TrialDesign("units", [DesignMatrix.InterceptName], 0)
    {
        public override bool IsSaturated => true;

        public override int Sequences => 1;

        public override int Treatments => 1;

        public override double Treatment(int arm, int row, int size) => 0;

        public override void Fill(double treatment, int row, int size, Span<double> values) => values[0] = 1;

        public override double[] Coefficients(TrialEffects effects) => [effects.Baseline];
    }
}
