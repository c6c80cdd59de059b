using MarginalConditional.Data.Coding;

namespace MarginalConditional.Compare.Simulation.Designs;

public abstract partial class TrialDesign
{
    /// <summary>The parallel cluster-randomized trial: whole clusters are treated or not. Columns (Intercept), treatment.</summary>
    public static TrialDesign Parallel { get; } = new ParallelDesign();

    private sealed class ParallelDesign() : TrialDesign("parallel", [DesignMatrix.InterceptName, "treatment"], 1)
    {
        public override bool IsSaturated => true;

        public override string? SizeProblem(ISizeLaw size) => null;

        public override double Treatment(int arm, int row, int size) => arm;

        public override void Fill(double treatment, int row, int size, Span<double> values)
        {
            values[0] = 1;
            values[1] = treatment;
        }

        public override double[] Coefficients(TrialEffects effects) => [effects.Baseline, effects.Effect];
    }
}
