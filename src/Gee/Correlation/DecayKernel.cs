using MarginalConditional.Data.Frames;

namespace MarginalConditional.Gee.Correlation;

/// <summary>R_jk = α^|t_j − t_k| with the numeric values of the wave column: continuous-time AR(1), in closed form.</summary>
/// <remarks>
/// α is fitted to products of residuals by least squares: to those of adjacent rows, with Liang and Zeger's divisor, or to those of all
/// pairs, weighted, in geepack's convention. With unit gaps the first is the moment estimator of AR(1). Positive definite iff 0 ≤ α &lt; 1;
/// residuals
/// that are negatively correlated give α = 0, as a negative base has no power for all times.
/// </remarks>
internal sealed class DecayKernel : CorrelationKernel
{
    /// <summary>More pairs than this are not stored; adjacent ones then have to do.</summary>
    private const long MostPairs = 50_000_000;

    private readonly ModelFrame frame;
    private readonly bool asksForAllPairs;
    private readonly bool allPairs;
    private readonly int[] pairStart;
    private readonly double[] products;
    private readonly int[] lagOfPair;
    private readonly double[] lags;
    private readonly double[] weights;
    private readonly double[] sums;
    private readonly double[] power;
    private readonly double[] precision;

    public DecayKernel(CorrelationInput input)
        : base(input.Tolerances, parameters: 1, moments: 0)
    {
        frame = input.Frame;
        asksForAllPairs = input.Convention.UsesAllPairs;
        allPairs = asksForAllPairs && AllPairs() <= MostPairs;
        pairStart = CountPairs();
        products = new double[pairStart[^1]];
        power = new double[frame.Rows];
        precision = new double[frame.Rows];
        (lags, lagOfPair) = DistinctLags();
        sums = new double[lags.Length];
        weights = Weights(input);
    }

    /// <inheritdoc/>
    public override string? Note => Alpha[0] == 0 && products.Length > 0
        ? "The decay correlation is 0, the edge of its range: the residuals are not positively correlated. Decay cannot express a negative "
            + "correlation."
        : asksForAllPairs && !allPairs
            ? $"There are more than {MostPairs} pairs of rows; the decay correlation was estimated from adjacent rows only."
            : null;

    /// <summary>Stores the products; each pair has a place of its own, so threads do not meet.</summary>
    public override void AddMoments(int firstCluster, int endCluster, ReadOnlySpan<double> residuals, Span<double> sums)
    {
        var offsets = frame.Clusters.Offsets;
        var origin = offsets[firstCluster];
        for (var i = firstCluster; i < endCluster; i++)
        {
            var at = pairStart[i];
            for (var j = offsets[i] + 1; j < offsets[i + 1]; j++)
            {
                for (var k = allPairs ? offsets[i] : j - 1; k < j; k++)
                {
                    products[at++] = residuals[j - origin] * residuals[k - origin];
                }
            }
        }
    }

    public override void Estimate(ReadOnlySpan<double> sums, double scale, Span<double> alpha)
    {
        Array.Clear(this.sums);
        for (var pair = 0; pair < products.Length; pair++)
        {
            this.sums[lagOfPair[pair]] += products[pair];
        }

        alpha[0] = DecayLeastSquares.Fit(this.sums, weights, lags, scale, Alpha[0]);
    }

    public override string? Prepare()
    {
        var alpha = Alpha[0];
        if (!(alpha is >= 0 and < 1))
        {
            return FormattableString.Invariant($"The decay correlation {alpha:G6} is outside [0, 1), where it is positive definite.");
        }

        for (var i = 0; i < frame.Clusters.Count; i++)
        {
            for (var row = frame.Clusters.Start(i) + 1; row < frame.Clusters.Start(i) + frame.Clusters.Size(i); row++)
            {
                var rho = Math.Pow(alpha, frame.WaveValues[row] - frame.WaveValues[row - 1]);
                power[row] = rho;
                precision[row] = 1 / Math.Sqrt(1 - (rho * rho));
            }
        }

        return null;
    }

    public override void Repair() => Alpha[0] = Math.Clamp(Alpha[0], 0, 1 - Tolerances.RepairMargin);

    public override void Whiten(int firstCluster, int endCluster, Span<double> column)
    {
        var offsets = frame.Clusters.Offsets;
        var origin = offsets[firstCluster];
        for (var i = firstCluster; i < endCluster; i++)
        {
            for (var row = offsets[i + 1] - 1; row > offsets[i]; row--)
            {
                var j = row - origin;
                column[j] = (column[j] - (power[row] * column[j - 1])) * precision[row];
            }
        }
    }

    private long AllPairs()
    {
        var pairs = 0L;
        for (var i = 0; i < frame.Clusters.Count; i++)
        {
            long size = frame.Clusters.Size(i);
            pairs += size * (size - 1) / 2;
        }

        return pairs;
    }

    private int[] CountPairs()
    {
        var start = new int[frame.Clusters.Count + 1];
        for (var i = 0; i < frame.Clusters.Count; i++)
        {
            long size = frame.Clusters.Size(i);
            start[i + 1] = checked(start[i] + (int)(allPairs ? size * (size - 1) / 2 : size - 1));
        }

        return start;
    }

    private (double[] Lags, int[] LagOfPair) DistinctLags()
    {
        var all = new double[products.Length];
        ForEachPair((pair, j, k) => all[pair] = frame.WaveValues[j] - frame.WaveValues[k]);
        double[] distinct = [.. all.Distinct().Order()];
        var index = new int[all.Length];
        for (var pair = 0; pair < all.Length; pair++)
        {
            index[pair] = Array.BinarySearch(distinct, all[pair]);
        }

        return (distinct, index);
    }

    private double[] Weights(CorrelationInput input)
    {
        var totals = new double[lags.Length];
        ForEachPair((pair, j, k) => totals[lagOfPair[pair]] += input.PairDivisor(k, j));
        var total = totals.Sum();
        var factor = total > 0 ? input.Convention.Divisor(total, input.Coefficients) / total : 1;
        for (var lag = 0; lag < totals.Length; lag++)
        {
            totals[lag] *= factor;
        }

        return totals;
    }

    private void ForEachPair(Action<int, int, int> visit)
    {
        var pair = 0;
        for (var i = 0; i < frame.Clusters.Count; i++)
        {
            var start = frame.Clusters.Start(i);
            for (var j = start + 1; j < start + frame.Clusters.Size(i); j++)
            {
                for (var k = allPairs ? start : j - 1; k < j; k++)
                {
                    visit(pair++, j, k);
                }
            }
        }
    }
}
