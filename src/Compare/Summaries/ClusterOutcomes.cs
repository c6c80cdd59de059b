using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Summaries;

/// <summary>The outcomes of each cluster summed up: yᵢ₊, nᵢ and the mean or rate ȳᵢ = yᵢ₊/nᵢ. Immutable.</summary>
/// <remarks>
/// Weights and trials count as rows. Under a log link with an offset nᵢ is the exposure Σ exp(offset), so ȳᵢ is a rate and a participant
/// counts as long as he or she was at risk; under the identity the offset is taken from the outcome; under other links it has no such
/// meaning and is left out.
/// </remarks>
internal sealed class ClusterOutcomes
{
    private readonly double[] totals;
    private readonly double[] sizes;
    private readonly double[] means;

    private ClusterOutcomes(double[] totals, double[] sizes, bool leavesOffsetOut)
    {
        this.totals = totals;
        this.sizes = sizes;
        LeavesOffsetOut = leavesOffsetOut;
        means = new double[totals.Length];
        SpanMath.Divide(totals, sizes, means);
    }

    /// <summary>yᵢ₊, K.</summary>
    public ReadOnlySpan<double> Totals => totals;

    /// <summary>nᵢ, K: rows, trials, weights or exposure.</summary>
    public ReadOnlySpan<double> Sizes => sizes;

    /// <summary>ȳᵢ, K.</summary>
    public ReadOnlySpan<double> Means => means;

    /// <summary>Whether there is an offset that a mean of outcomes cannot take into account.</summary>
    public bool LeavesOffsetOut { get; }

    /// <summary>Sums up a frame.</summary>
    public static ClusterOutcomes Of(ModelFrame frame, Link link)
    {
        var rate = !frame.Offset.IsEmpty && link == Link.Log;
        var shifted = !frame.Offset.IsEmpty && link == Link.Identity;
        var response = frame.Response;
        if (shifted)
        {
            var without = response.ToArray();
            SpanMath.Subtract(without, frame.Offset, without);
            response = without;
        }

        var sizes = Sums(frame, rate ? Array.ConvertAll(frame.Offset.ToArray(), Math.Exp) : []);
        return new ClusterOutcomes(Sums(frame, response), sizes, !frame.Offset.IsEmpty && !rate && !shifted);
    }

    /// <summary>The sum of a value over each cluster, K; a row that stands for several counts as often.</summary>
    /// <param name="frame">The rows.</param>
    /// <param name="values">n, or empty for 1.</param>
    public static double[] Sums(ModelFrame frame, ReadOnlySpan<double> values)
    {
        var counts = ConditionalModel.CountOf(frame);
        var sums = new double[frame.Clusters.Count];
        for (var c = 0; c < sums.Length; c++)
        {
            for (var row = frame.Clusters.Start(c); row < frame.Clusters.Start(c + 1); row++)
            {
                sums[c] += (values.IsEmpty ? 1 : values[row]) * (counts.Length == 0 ? 1 : counts[row]);
            }
        }

        return sums;
    }
}
