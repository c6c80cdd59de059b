namespace MarginalConditional.Gee.Correlation;

public abstract partial class WorkingCorrelation
{
    private sealed class IndependenceCorrelation() : WorkingCorrelation("independence", dependsOnWaves: false)
    {
        internal override CorrelationKernel CreateKernel(CorrelationInput input) => new IndependenceKernel(input.Tolerances);
    }
}
