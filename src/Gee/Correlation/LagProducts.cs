using MarginalConditional.Data.Frames;

namespace MarginalConditional.Gee.Correlation;

/// <summary>Sums of products of residuals by the number of waves between the two rows.</summary>
internal sealed class LagProducts
{
    private readonly ModelFrame frame;
    private readonly int lags;

    /// <summary>Prepares the lags that the convention asks for: the first alone, or all.</summary>
    public LagProducts(CorrelationInput input)
        : this(input, Count(input))
    {
    }

    /// <summary>Prepares lags 1 to a number of lags.</summary>
    public LagProducts(CorrelationInput input, int lags)
    {
        frame = input.Frame;
        this.lags = lags;
    }

    /// <summary>
    /// The number of lags: one for adjacent waves alone, else the longest distance between two waves of one cluster (at least one).
    /// </summary>
    public static int Count(CorrelationInput input) => input.Convention.UsesAllPairs ? Math.Max(1, LongestDistance(input.Frame)) : 1;

    /// <summary>The longest distance in waves between two rows of one cluster.</summary>
    public static int LongestDistance(ModelFrame frame)
    {
        var longest = 0;
        for (var i = 0; i < frame.Clusters.Count; i++)
        {
            if (frame.Clusters.Size(i) > 1)
            {
                var start = frame.Clusters.Start(i);
                longest = Math.Max(longest, frame.Waves[start + frame.Clusters.Size(i) - 1] - frame.Waves[start]);
            }
        }

        return longest;
    }

    /// <summary>Whether only pairs one wave apart are used.</summary>
    public bool AreAdjacentOnly => lags == 1;

    /// <summary>Adds the products of some clusters; entry l − 1 of the sums is for lag l.</summary>
    public void Add(int firstCluster, int endCluster, ReadOnlySpan<double> residuals, Span<double> sums)
    {
        var offsets = frame.Clusters.Offsets;
        var origin = offsets[firstCluster];
        for (var i = firstCluster; i < endCluster; i++)
        {
            var size = offsets[i + 1] - offsets[i];
            var waves = frame.Waves.Slice(offsets[i], size);
            var rows = residuals.Slice(offsets[i] - origin, size);
            if (size > 1 && waves[^1] - waves[0] == size - 1)
            {
                Autocorrelation.Add(rows, sums[..lags]);
                continue;
            }

            for (var j = 0; j < size; j++)
            {
                for (var k = j + 1; k < size; k++)
                {
                    var lag = waves[k] - waves[j];
                    if (lag > lags)
                    {
                        break;
                    }

                    sums[lag - 1] += rows[j] * rows[k];
                }
            }
        }
    }

    /// <summary>
    /// The divisor of each lag by the convention; infinite for a lag without pairs, which never enters R, so that its correlation is 0.
    /// </summary>
    public double[] Divisors(CorrelationInput input)
    {
        var totals = new double[lags];
        var offsets = frame.Clusters.Offsets;
        var waves = frame.Waves;
        for (var i = 0; i + 1 < offsets.Length; i++)
        {
            var size = offsets[i + 1] - offsets[i];
            if (input.PairWeights.Length == 0 && size > 1 && waves[offsets[i + 1] - 1] - waves[offsets[i]] == size - 1)
            {
                for (var lag = 1; lag <= lags && lag < size; lag++)
                {
                    totals[lag - 1] += size - lag;
                }

                continue;
            }

            for (var j = offsets[i]; j < offsets[i + 1]; j++)
            {
                for (var k = j + 1; k < offsets[i + 1] && waves[k] - waves[j] <= lags; k++)
                {
                    totals[waves[k] - waves[j] - 1] += input.PairDivisor(j, k);
                }
            }
        }

        for (var lag = 0; lag < lags; lag++)
        {
            totals[lag] = totals[lag] > 0 ? input.Convention.Divisor(totals[lag], input.Coefficients) : double.PositiveInfinity;
        }

        return totals;
    }
}
