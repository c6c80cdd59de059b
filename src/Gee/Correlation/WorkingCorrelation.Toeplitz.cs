namespace MarginalConditional.Gee.Correlation;

public abstract partial class WorkingCorrelation
{
    private sealed class ToeplitzCorrelation() : WorkingCorrelation("toeplitz", dependsOnWaves: true)
    {
        internal override CorrelationKernel CreateKernel(CorrelationInput input) =>
            new BandedKernel(input, Math.Max(1, LagProducts.LongestDistance(input.Frame)));
    }
}
