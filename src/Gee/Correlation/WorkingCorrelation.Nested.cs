namespace MarginalConditional.Gee.Correlation;

public abstract partial class WorkingCorrelation
{
    private sealed class NestedCorrelation(string subcluster) : WorkingCorrelation("nested", dependsOnWaves: false)
    {
        public override string? AuxiliaryColumn { get; } = subcluster;

        public override bool AllowsRepeatedWaves => true;

        internal override CorrelationKernel CreateKernel(CorrelationInput input) =>
            new NestedKernel(input, SubclusterCodes.Within(input.Frame, AuxiliaryColumn!));
    }
}
