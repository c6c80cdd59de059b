namespace MarginalConditional.Gee.Correlation;

/// <summary>R = I: nothing to estimate, nothing to whiten.</summary>
internal sealed class IndependenceKernel(GeeTolerances tolerances) : CorrelationKernel(tolerances, parameters: 0, moments: 0)
{
    public override void AddMoments(int firstCluster, int endCluster, ReadOnlySpan<double> residuals, Span<double> sums)
    {
    }

    public override void Estimate(ReadOnlySpan<double> sums, double scale, Span<double> alpha)
    {
    }

    public override string? Prepare() => null;

    public override void Repair()
    {
    }

    public override void Whiten(int firstCluster, int endCluster, Span<double> column)
    {
    }
}
