using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Gee.Stacking;

/// <summary>
/// Ordered outcomes as indicators z_k = 1(Y ≤ k), J rows each: where they stand, and the J copies of the clusters that correlate alike.
/// </summary>
/// <remarks>
/// The rows of a cluster of n outcomes are its n indicators of the first threshold, then those of the second, and so on: threshold k of
/// outcome t is row kn + t of the cluster. Such a stretch of n rows is a copy. Once the indicators of every outcome are whitened among
/// themselves, the copies are independent and each has the working correlation of the outcomes, so that a kernel for the copies is all
/// that a correlation takes.
/// </remarks>
internal sealed class CumulativeStack
{
    private readonly ModelFrame frame;

    /// <summary>Describes a frame of indicators.</summary>
    /// <param name="frame">nJ rows in the order above.</param>
    /// <param name="model">F and J.</param>
    public CumulativeStack(ModelFrame frame, CumulativeModel model)
    {
        this.frame = frame;
        Link = model.Link;
        Thresholds = model.Thresholds;
        Copies = CopiesOf(frame);
    }

    /// <summary>F.</summary>
    public CumulativeLink Link { get; }

    /// <summary>J.</summary>
    public int Thresholds { get; }

    /// <summary>n, the number of outcomes.</summary>
    public int Outcomes => frame.Rows / Thresholds;

    /// <summary>The frame with the copies as its clusters: cluster i has the copies iJ to iJ + J − 1.</summary>
    public ModelFrame Copies { get; }

    /// <summary>F and its density at each η.</summary>
    /// <param name="eta">θ_k − η of some rows.</param>
    /// <param name="mean">Receives F.</param>
    /// <param name="slope">Receives f.</param>
    public void MeanAndSlope(ReadOnlySpan<double> eta, Span<double> mean, Span<double> slope)
    {
        if (!Link.IsReflected)
        {
            Link.Marginal.MeanAndDerivative(eta, mean, slope);
            return;
        }

        SpanMath.Negate(eta, mean);
        Link.Marginal.MeanAndDerivative(mean, mean, slope);
        SpanMath.Subtract(1, mean, mean);
    }

    /// <summary>
    /// The coefficients that give every outcome the shares of the data, which are thresholds alone; least squares where the columns are
    /// others. False when the columns are not independent.
    /// </summary>
    /// <param name="weights">nJ values, or empty; rows of weight 0 do not count for the coefficients.</param>
    /// <param name="beta">Receives p values.</param>
    public bool TryStart(ReadOnlySpan<double> weights, Span<double> beta)
    {
        var shares = Shares();
        var predictor = new double[frame.Rows];
        ForEachCopy((copy, start, size) => predictor.AsSpan(start, size).Fill(Link.Quantile(shares[copy % Thresholds])));
        if (!frame.Offset.IsEmpty)
        {
            SpanMath.Subtract(predictor, frame.Offset, predictor);
        }

        var p = beta.Length;
        var gram = new double[p * p];
        var counted = new double[frame.Rows];
        for (var row = 0; row < counted.Length; row++)
        {
            counted[row] = weights.IsEmpty || weights[row] > 0 ? 1 : 0;
        }

        var column = new double[frame.Rows];
        for (var j = 0; j < p; j++)
        {
            SpanMath.Multiply(frame.Design.Column(j), counted, column);
            beta[j] = SpanMath.Dot(column, predictor);
            for (var k = 0; k <= j; k++)
            {
                gram[(j * p) + k] = SpanMath.Dot(column, frame.Design.Column(k));
            }
        }

        if (!Cholesky.TryFactor(gram, p, out _))
        {
            return false;
        }

        Cholesky.Solve(gram, p, beta);
        return true;
    }

    /// <summary>The number of outcomes of a cluster.</summary>
    public int Size(int cluster) => frame.Clusters.Size(cluster) / Thresholds;

    /// <summary>Does something for every outcome, given its row of the first threshold and the number of outcomes of its cluster.</summary>
    public void ForEachOutcome(Action<int, int> action)
    {
        for (var cluster = 0; cluster < frame.Clusters.Count; cluster++)
        {
            var start = frame.Clusters.Start(cluster);
            for (var outcome = 0; outcome < Size(cluster); outcome++)
            {
                action(start + outcome, Size(cluster));
            }
        }
    }

    /// <summary>Σ w log p of the outcomes of some clusters.</summary>
    /// <param name="firstCluster">The first cluster.</param>
    /// <param name="endCluster">One past the last.</param>
    /// <param name="eta">θ_k − η of their rows.</param>
    /// <param name="weights">w of every row of the frame, or empty.</param>
    public double LogLikelihood(int firstCluster, int endCluster, ReadOnlySpan<double> eta, ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        var origin = frame.Clusters.Start(firstCluster);
        for (var cluster = firstCluster; cluster < endCluster; cluster++)
        {
            var size = Size(cluster);
            for (var first = frame.Clusters.Start(cluster); first < frame.Clusters.Start(cluster) + size; first++)
            {
                var (lower, upper) = Ends(first, size, weights);
                if (lower >= 0 || upper >= 0)
                {
                    var weight = weights.IsEmpty ? 1 : weights[Math.Max(lower, upper)];
                    sum += weight * Link.LogInterval(
                        lower < 0 ? double.NegativeInfinity : eta[lower - origin],
                        upper < 0 ? double.PositiveInfinity : eta[upper - origin]);
                }
            }
        }

        return sum;
    }

    /// <summary>Whether the thresholds of every outcome of some clusters ascend, so that no category has a negative probability.</summary>
    /// <param name="firstCluster">The first cluster.</param>
    /// <param name="endCluster">One past the last.</param>
    /// <param name="eta">θ_k − η of their rows.</param>
    /// <param name="weights">w of every row of the frame, or empty; rows of weight 0 do not count.</param>
    public bool Ascends(int firstCluster, int endCluster, ReadOnlySpan<double> eta, ReadOnlySpan<double> weights) =>
        Crossing(firstCluster, endCluster, eta, weights) < 0;

    /// <summary>The first row whose predictor is not above that of the threshold before; −1 without one.</summary>
    /// <inheritdoc cref="Ascends"/>
    public int Crossing(int firstCluster, int endCluster, ReadOnlySpan<double> eta, ReadOnlySpan<double> weights)
    {
        var origin = frame.Clusters.Start(firstCluster);
        for (var cluster = firstCluster; cluster < endCluster; cluster++)
        {
            var size = Size(cluster);
            var (start, end) = (frame.Clusters.Start(cluster), frame.Clusters.Start(cluster) + frame.Clusters.Size(cluster));
            for (var row = start; row < end; row++)
            {
                var counts = weights.IsEmpty || weights[row] > 0;
                if (counts && !double.IsFinite(eta[row - origin]))
                {
                    return row;
                }

                if (counts && row >= start + size && (weights.IsEmpty || weights[row - size] > 0)
                    && !(eta[row - origin] > eta[row - size - origin]))
                {
                    return row;
                }
            }
        }

        return -1;
    }

    /// <summary>Which row forbids a step after which its thresholds would cross; null without one.</summary>
    /// <param name="eta">θ_k − η of every row after the step.</param>
    /// <param name="weights">w of every row, or empty.</param>
    public string? Refusal(ReadOnlySpan<double> eta, ReadOnlySpan<double> weights)
    {
        var row = Crossing(0, frame.Clusters.Count, eta, weights);
        return row < 0 ? null : $"No step keeps the thresholds in order in every row: in row {frame.DataRow(row)} of the data a category "
            + "would have a negative probability. Give fewer terms a coefficient a threshold (--nominal).";
    }

    /// <summary>The category of an outcome, from 0.</summary>
    /// <param name="first">The outcome's row of the first threshold.</param>
    /// <param name="size">The number of outcomes of its cluster.</param>
    public int Category(int first, int size)
    {
        var category = 0;
        while (category < Thresholds && frame.Response[first + (category * size)] == 0)
        {
            category++;
        }

        return category;
    }

    /// <summary>The rows of the thresholds below and above an outcome's category; −1 where there is none or it has weight 0.</summary>
    /// <param name="first">The outcome's row of the first threshold.</param>
    /// <param name="size">The number of outcomes of its cluster.</param>
    /// <param name="weights">w of every row of the frame, or empty.</param>
    public (int Lower, int Upper) Ends(int first, int size, ReadOnlySpan<double> weights)
    {
        var category = Category(first, size);
        var (lower, upper) = (first + ((category - 1) * size), first + (category * size));
        return (
            category > 0 && (weights.IsEmpty || weights[lower] > 0) ? lower : -1,
            category < Thresholds && (weights.IsEmpty || weights[upper] > 0) ? upper : -1);
    }

    /// <summary>The mean of each threshold's indicators, J values.</summary>
    private double[] Shares()
    {
        var shares = new double[Thresholds];
        ForEachCopy((copy, start, size) =>
            shares[copy % Thresholds] += SpanMath.Sum(frame.Response.Slice(start, size)) / Outcomes);
        return shares;
    }

    private void ForEachCopy(Action<int, int, int> action)
    {
        var clusters = Copies.Clusters;
        for (var copy = 0; copy < clusters.Count; copy++)
        {
            action(copy, clusters.Start(copy), clusters.Size(copy));
        }
    }

    private ModelFrame CopiesOf(ModelFrame stacked)
    {
        var clusters = stacked.Clusters;
        var offsets = new int[(clusters.Count * Thresholds) + 1];
        for (var copy = 0; copy < offsets.Length - 1; copy++)
        {
            var cluster = copy / Thresholds;
            offsets[copy] = clusters.Start(cluster) + (copy % Thresholds * Size(cluster));
        }

        offsets[^1] = stacked.Rows;
        return stacked.WithClusters(new Clusters(clusters.Name, offsets, copy => clusters.Label(copy / Thresholds)));
    }
}
