using MarginalConditional.Glmm.Model;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Parallelism;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Glmm.Tests.Quadrature;

/// <summary>Clusters of several sizes, made from a seed: an intercept, a covariate, q effects, responses as a law wants them.</summary>
internal static class SmallClusters
{
    /// <summary>p.</summary>
    public const int Columns = 2;

    /// <summary>Makes clusters of 1 to <paramref name="mostRows"/> rows, the sizes in no order.</summary>
    public static ClusterData Make(int seed, int patterns, int dimension, int mostRows, IScalarLaw law, bool correlated = true)
    {
        var stream = new RandomStream((ulong)seed, 0, 0);
        var offsets = new int[patterns + 1];
        for (var pattern = 0; pattern < patterns; pattern++)
        {
            offsets[pattern + 1] = offsets[pattern] + (pattern == 1 ? mostRows : 1 + (int)(mostRows * stream.NextUniform()));
        }

        var rows = offsets[^1];
        return new ClusterData
        {
            Columns = Columns,
            Dimension = dimension,
            Design = Numbers(rows * Columns, at => at % Columns == 0 ? 1 : stream.NextNormal()),
            RandomDesign = Numbers(rows * dimension, at => at % dimension == 0 ? 1 : stream.NextNormal()),
            CoarseWidth = 0,
            CoarseDesign = [],
            Offset = Numbers(rows, _ => 0.3 * stream.NextNormal()),
            Response = Numbers(rows, _ => law.Draw(stream)),
            Weight = Numbers(rows, _ => 1 + (int)(3 * stream.NextUniform())),
            PatternOffsets = offsets,
            Multiplicity = Numbers(patterns, _ => 1 + (int)(4 * stream.NextUniform())),
            PatternOfCluster = [.. Enumerable.Range(0, patterns)],
            Constant = 0,
            Factor = Factor(dimension, correlated),
            Chunks = new ClusterChunks(offsets),
            MaximumRows = mostRows,
        };
    }

    /// <summary>A place where every derivative counts: neither the truth nor the maximum.</summary>
    public static double[] Point(int count) => Numbers(count, j => 0.5 + (0.35 * Math.Sin(1 + (7.3 * j))));

    // Correlated effects are one term; others are one term each.
    private static CovarianceFactor Factor(int dimension, bool correlated) =>
        new(correlated ? FactorLayout.Upper((dimension, true)) : FactorLayout.Upper(Enumerable.Repeat((1, true), dimension)));

    private static double[] Numbers(int count, Func<int, double> number)
    {
        var numbers = new double[count];
        for (var at = 0; at < count; at++)
        {
            numbers[at] = number(at);
        }

        return numbers;
    }
}
