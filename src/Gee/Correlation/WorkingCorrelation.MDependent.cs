namespace MarginalConditional.Gee.Correlation;

public abstract partial class WorkingCorrelation
{
    private sealed class MDependentCorrelation : WorkingCorrelation
    {
        private readonly int m;

        public MDependentCorrelation(int m)
            : base("m-dependent", dependsOnWaves: true)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(m, 1);
            this.m = m;
        }

        internal override CorrelationKernel CreateKernel(CorrelationInput input) => new BandedKernel(input, m);
    }
}
