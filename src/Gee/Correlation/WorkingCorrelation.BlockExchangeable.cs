namespace MarginalConditional.Gee.Correlation;

public abstract partial class WorkingCorrelation
{
    private sealed class BlockExchangeableCorrelation(string individual) : WorkingCorrelation("block", dependsOnWaves: true)
    {
        public override string? AuxiliaryColumn { get; } = individual;

        public override bool AllowsRepeatedWaves => true;

        internal override CorrelationKernel CreateKernel(CorrelationInput input)
        {
            var individuals = SubclusterCodes.Within(input.Frame, AuxiliaryColumn!);
            var layout = new BlockLayout(input, individuals);
            return layout.IsComplete ? new CompleteBlockKernel(input, layout) : new IncompleteBlockKernel(input, layout);
        }
    }
}
