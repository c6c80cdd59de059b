namespace MarginalConditional.Gee.Correlation;

/// <summary>Block exchangeable correlation when some individuals miss periods: one factorization a pattern.</summary>
internal sealed class IncompleteBlockKernel(CorrelationInput input, BlockLayout layout)
    : PatternKernel(input, Codes(layout), parameters: 3, moments: 3)
{
    private const int Base = 1 << 15;

    public override void AddMoments(int firstCluster, int endCluster, ReadOnlySpan<double> residuals, Span<double> sums) =>
        layout.AddMoments(firstCluster, endCluster, residuals, sums);

    public override void Estimate(ReadOnlySpan<double> sums, double scale, Span<double> alpha) => layout.Estimate(sums, scale, alpha);

    public override void Repair() => RayRepair.Shrink(this);

    protected override double CorrelationOfCodes(int code, int otherCode) =>
        code % Base == otherCode % Base ? Alpha[2] : code / Base == otherCode / Base ? Alpha[0] : Alpha[1];

    private static new int[] Codes(BlockLayout layout) =>
        [.. layout.Periods.Select((period, row) => checked((period * Base) + layout.Individuals[row]))];
}
