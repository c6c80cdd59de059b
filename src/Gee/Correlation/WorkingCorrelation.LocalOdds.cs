using MarginalConditional.Gee.Stacking;

namespace MarginalConditional.Gee.Correlation;

public abstract partial class WorkingCorrelation
{
    private sealed class LocalOddsCorrelation(string name, LocalOddsForm form) : WorkingCorrelation(name, dependsOnWaves: true)
    {
        internal override LocalOddsForm? LocalOdds { get; } = form;

        internal override CorrelationKernel CreateKernel(CorrelationInput input) =>
            new LocalOddsKernel(
                input.LocalOdds ?? throw new ArgumentException("Local odds ratios need ordered outcomes.", nameof(input)),
                input.Tolerances);
    }
}
