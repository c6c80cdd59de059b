namespace MarginalConditional.Gee.Correlation;

/// <summary>Block exchangeable correlation when some individuals miss periods: one factorization a pattern.</summary>
internal sealed class IncompleteBlockKernel(CorrelationInput input, BlockLayout layout)
    : PatternKernel(input, Codes(layout), parameters: 3, moments: 3)
{
    private const int Base = 1 << 15;

    public override void AddMoments(int firstCluster, int endCluster, ReadOnlySpan<double> residuals, Span<double> sums) =>
        layout.AddMoments(firstCluster, endCluster, residuals, sums);

    public override void Estimate(ReadOnlySpan<double> sums, double scale, Span<double> alpha) => layout.Estimate(sums, scale, alpha);

    // The nearest of the matrices of all clusters together: each correlation counts as often as it stands in them.
    public override void Repair() => NearestByCuts.Project(Alpha, layout.PairCounts(), SmallestOfAll);

    protected override double CorrelationOfCodes(int code, int otherCode) =>
        Alpha[Kind(code, otherCode)];

    private double SmallestOfAll(double[] gradient)
    {
        var smallest = double.PositiveInfinity;
        for (var pattern = 0; pattern < Patterns.Count; pattern++)
        {
            var value = Smallest(pattern, out var vector);
            if (value >= smallest)
            {
                continue;
            }

            smallest = value;
            Array.Clear(gradient);
            var codes = Patterns.Codes(pattern);
            for (var j = 0; j < codes.Length; j++)
            {
                for (var k = 0; k < j; k++)
                {
                    gradient[Kind(codes[j], codes[k])] += 2 * vector[j] * vector[k];
                }
            }
        }

        return smallest;
    }

    private static int Kind(int code, int otherCode) => code % Base == otherCode % Base ? 2 : code / Base == otherCode / Base ? 0 : 1;

    private static new int[] Codes(BlockLayout layout) =>
        [.. layout.Periods.Select((period, row) => checked((period * Base) + layout.Individuals[row]))];
}
