namespace MarginalConditional.Gee.Correlation;

public abstract partial class WorkingCorrelation
{
    private sealed class ExchangeableCorrelation() : WorkingCorrelation("exchangeable", dependsOnWaves: false)
    {
        internal override CorrelationKernel CreateKernel(CorrelationInput input) => new ExchangeableKernel(input);
    }
}
