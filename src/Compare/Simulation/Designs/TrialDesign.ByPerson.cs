namespace MarginalConditional.Compare.Simulation.Designs;

public abstract partial class TrialDesign
{
    /// <summary>Persons are randomized within clusters, such as centres. Columns as in the parallel trial.</summary>
    /// <param name="allocation">In what proportion: persons are allotted in turn, every cluster beginning one further on.</param>
    public static TrialDesign ByPerson(Allocation allocation)
    {
        ArgumentNullException.ThrowIfNull(allocation);
        return new ByPersonDesign("by-person", allocation);
    }

    /// <summary>
    /// Several trials, each a cluster whose persons are randomized within it: to be pooled. Columns (Intercept), treatment.
    /// </summary>
    /// <param name="allocation">In what proportion each trial allots its persons to two arms.</param>
    public static TrialDesign MetaAnalysis(Allocation allocation)
    {
        ArgumentNullException.ThrowIfNull(allocation);
        ArgumentOutOfRangeException.ThrowIfNotEqual(allocation.Count, 2);
        return new ByPersonDesign("meta-analysis", allocation);
    }

    private sealed class ByPersonDesign(string name, Allocation shares) : TrialDesign(name, ArmColumns(shares.Count), 1)
    {
        private readonly Allocation allocation = shares;

        public override bool IsSaturated => true;

        public override int Sequences => allocation.Block;

        public override int Treatments => allocation.Count;

        public override double Treatment(int arm, int row, int size) => allocation.Arm(arm + row);

        public override void Fill(double treatment, int row, int size, Span<double> values) => FillArm(treatment, values);

        public override double[] Coefficients(TrialEffects effects) => ArmCoefficients(effects, Treatments);
    }
}
