namespace MarginalConditional.Gee.Correlation;

public abstract partial class WorkingCorrelation
{
    private sealed class Ar1Correlation() : WorkingCorrelation("ar1", dependsOnWaves: true)
    {
        internal override CorrelationKernel CreateKernel(CorrelationInput input) => new Ar1Kernel(input);
    }
}
