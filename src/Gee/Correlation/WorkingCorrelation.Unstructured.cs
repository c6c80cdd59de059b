namespace MarginalConditional.Gee.Correlation;

public abstract partial class WorkingCorrelation
{
    private sealed class UnstructuredCorrelation() : WorkingCorrelation("unstructured", dependsOnWaves: true)
    {
        internal override CorrelationKernel CreateKernel(CorrelationInput input) => new UnstructuredKernel(input);
    }
}
