using MarginalConditional.Gee.Stacking;

namespace MarginalConditional.Gee.Correlation;

/// <summary>Local odds ratios, estimated before the equations; the indicators are whitened by them, so nothing is left to do.</summary>
internal sealed class LocalOddsKernel : CorrelationKernel
{
    private readonly LocalOddsRatios ratios;

    public LocalOddsKernel(LocalOddsRatios ratios, GeeTolerances tolerances)
        : base(tolerances, ratios.Values().Length, moments: 0)
    {
        this.ratios = ratios;
        ratios.Values().CopyTo(Alpha, 0);
    }

    public override bool IsEstimated => false;

    public override bool Occurs(int parameter) => ratios.Occurs(parameter);

    public override void AddMoments(int firstCluster, int endCluster, ReadOnlySpan<double> residuals, Span<double> sums)
    {
    }

    public override void Estimate(ReadOnlySpan<double> sums, double scale, Span<double> alpha)
    {
    }

    public override string? Prepare() => ratios.Problem;

    public override void Repair()
    {
    }

    public override void Whiten(int firstCluster, int endCluster, Span<double> column)
    {
    }
}
