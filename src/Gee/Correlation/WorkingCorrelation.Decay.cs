namespace MarginalConditional.Gee.Correlation;

public abstract partial class WorkingCorrelation
{
    private sealed class DecayCorrelation() : WorkingCorrelation("decay", dependsOnWaves: true)
    {
        internal override CorrelationKernel CreateKernel(CorrelationInput input) =>
            input.Frame.WaveValues.IsEmpty
                ? throw new ArgumentException("The decay correlation needs the numeric values of the waves.", nameof(input))
                : new DecayKernel(input);
    }
}
