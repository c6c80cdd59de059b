using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Gee.Association;

/// <summary>
/// The covariates of the log odds ratio: one row for each pair j &lt; k of rows of a cluster, clusters in order, k within j.
/// </summary>
public sealed class PairDesign
{
    private readonly double[] values;

    private PairDesign(IReadOnlyList<string> names, double[] values)
    {
        Names = names;
        this.values = values;
        Count = values.Length / names.Count;
    }

    /// <summary>The names of the q coefficients.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The number of pairs.</summary>
    public int Count { get; }

    /// <summary>One log odds ratio for all pairs.</summary>
    public static PairDesign Exchangeable(ModelFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var matrix = new double[CountPairs(frame)];
        Array.Fill(matrix, 1);
        return new PairDesign(["log odds ratio"], matrix);
    }

    /// <summary>Covariates given for every pair.</summary>
    /// <param name="frame">The rows whose pairs they describe.</param>
    /// <param name="names">q names.</param>
    /// <param name="covariates">Writes the q covariates of the pair of two rows of the frame.</param>
    public static PairDesign Create(ModelFrame frame, IReadOnlyList<string> names, Action<int, int, Span<double>> covariates)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(covariates);
        ArgumentOutOfRangeException.ThrowIfZero(names.Count);
        var matrix = new double[checked(CountPairs(frame) * names.Count)];
        var at = 0;
        ForEach(frame, (j, k) =>
        {
            covariates(j, k, matrix.AsSpan(at, names.Count));
            at += names.Count;
        });
        return new PairDesign(names, matrix);
    }

    /// <summary>Visits the pairs in order.</summary>
    public static void ForEach(ModelFrame frame, Action<int, int> visit)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(visit);
        for (var i = 0; i < frame.Clusters.Count; i++)
        {
            CancellationScope.Check();
            var end = frame.Clusters.Start(i) + frame.Clusters.Size(i);
            for (var j = frame.Clusters.Start(i); j < end; j++)
            {
                for (var k = j + 1; k < end; k++)
                {
                    visit(j, k);
                }
            }
        }
    }

    /// <summary>The number of pairs within clusters.</summary>
    public static int CountPairs(ModelFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var pairs = 0;
        for (var i = 0; i < frame.Clusters.Count; i++)
        {
            CancellationScope.Check();
            pairs = checked(pairs + (frame.Clusters.Size(i) * (frame.Clusters.Size(i) - 1) / 2));
        }

        return pairs;
    }

    /// <summary>The q covariates of a pair.</summary>
    internal ReadOnlySpan<double> Row(int pair) => values.AsSpan(pair * Names.Count, Names.Count);
}
