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

        internal override CorrelationKernel CreateKernel(CorrelationInput input)
        {
            var longest = Math.Max(1, LagProducts.LongestDistance(input.Frame));
            return m <= longest
                ? new BandedKernel(input, m)
                : new BandedKernel(input, longest, FormattableString.Invariant($"No two rows of a cluster are more than {longest} waves ")
                    + FormattableString.Invariant($"apart; correlations at longer distances, up to {m}, do not occur."));
        }
    }
}
