namespace MarginalConditional.Gee.Correlation;

/// <summary>A known matrix by wave: nothing is estimated.</summary>
internal sealed class FixedKernel(
    CorrelationInput input,
    double[] matrix,
    int order) : PatternKernel(input, [.. input.Frame.Waves], parameters: 0, moments: 0)
{
    public override double[] Numbers => matrix;

    public override void AddMoments(int firstCluster, int endCluster, ReadOnlySpan<double> residuals, Span<double> sums)
    {
    }

    public override void Estimate(ReadOnlySpan<double> sums, double scale, Span<double> alpha)
    {
    }

    public override void Repair() => NearestCorrelation.Replace(order, Tolerances.RepairMargin, matrix);

    protected override double CorrelationOfCodes(int code, int otherCode) => matrix[(code * order) + otherCode];
}
