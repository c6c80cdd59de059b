using System.Globalization;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;

namespace MarginalConditional.Gee.Correlation;

/// <summary>One correlation for each lag up to m, 0 beyond: m-dependent, and Toeplitz when m is the longest lag.</summary>
/// <remarks>
/// R is banded, so a cluster of n rows costs O(nm²) to factor and O(nm) to whiten and to store. All clusters of consecutive waves share the
/// factor of the longest one, as its first rows are the factor of every
/// shorter series; those with gaps have one for each pattern of distances.
/// </remarks>
internal sealed class BandedKernel : CorrelationKernel
{
    private const long MostNumbers = 100_000_000;
    private const int LongestExact = 1000;

    private readonly NearestByCuts nearest = new();
    private readonly CorrelationInput input;
    private readonly Clusters clusters;
    private readonly LagProducts lags;
    private readonly double[] divisors;
    private readonly string? note;
    private readonly int m;
    private readonly ClusterPatterns patterns;
    private readonly int[] factorOfPattern;
    private readonly List<int[]> codes = [];
    private readonly List<double[]> factors = [];

    /// <summary>Finds the patterns.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="m">The longest lag with correlation.</param>
    /// <param name="note">What should be said about it, or null.</param>
    public BandedKernel(CorrelationInput input, int m, string? note = null)
        : base(input.Tolerances, m, m)
    {
        this.note = note;
        this.input = input;
        this.m = m;
        clusters = input.Frame.Clusters;
        lags = new LagProducts(input, m);
        divisors = lags.Divisors(input);
        patterns = new ClusterPatterns(clusters, Distances(input.Frame));
        factorOfPattern = new int[patterns.Count];
        var series = -1;
        for (var pattern = 0; pattern < patterns.Count; pattern++)
        {
            var own = patterns.Codes(pattern).ToArray();
            var consecutive = own[^1] == own.Length - 1;
            if (!consecutive || series < 0)
            {
                factorOfPattern[pattern] = codes.Count;
                series = consecutive ? codes.Count : series;
                codes.Add(own);
                continue;
            }

            factorOfPattern[pattern] = series;
            codes[series] = own.Length > codes[series].Length ? own : codes[series];
        }

        RequireRoom();
        factors.AddRange(codes.Select(own => new double[own.Length * (Width(own.Length) + 1)]));
    }

    /// <inheritdoc/>
    public override string? Note => note ?? Absent();

    /// <inheritdoc/>
    public override bool Occurs(int parameter) => !double.IsPositiveInfinity(divisors[parameter]);

    public override void AddMoments(int firstCluster, int endCluster, ReadOnlySpan<double> residuals, Span<double> sums) =>
        lags.Add(firstCluster, endCluster, residuals, sums);

    public override void Estimate(ReadOnlySpan<double> sums, double scale, Span<double> alpha)
    {
        for (var lag = 0; lag < m; lag++)
        {
            alpha[lag] = divisors[lag] > 0 ? sums[lag] / scale / divisors[lag] : double.NaN;
        }
    }

    public override string? Prepare()
    {
        for (var at = 0; at < factors.Count; at++)
        {
            Fill(codes[at], factors[at]);
            if (!BandedCholesky.TryFactor(factors[at], codes[at].Length, Width(codes[at].Length), Tolerances.PositiveDefinite))
            {
                return Violation(codes[at], Array.IndexOf(factorOfPattern, at));
            }
        }

        return null;
    }

    /// <summary>
    /// The nearest of the matrices of all waves, from the first to the last that a cluster spans; counting each lag as often as it
    /// stands in it.
    /// </summary>
    public override void Repair()
    {
        var waves = LagProducts.LongestDistance(input.Frame) + 1;
        int[] series = [.. Enumerable.Range(0, Math.Min(waves, LongestExact))];
        double[] weights = [.. Enumerable.Range(1, m).Select(lag => (double)Math.Max(0, waves - lag))];
        nearest.Project(
            weights,
            Tolerances.RepairMargin,
            gradient => waves > LongestExact ? SpectralMinimum(gradient) : Smallest(series, gradient),
            Alpha);
    }

    public override void Whiten(int firstCluster, int endCluster, Span<double> column)
    {
        var offsets = clusters.Offsets;
        var origin = offsets[firstCluster];
        for (var i = firstCluster; i < endCluster; i++)
        {
            var at = factorOfPattern[patterns.Of(i)];
            BandedCholesky.SolveLower(factors[at], offsets[i + 1] - offsets[i], Width(codes[at].Length), column[(offsets[i] - origin)..]);
        }
    }

    private string? Absent() => AbsentPairs.Sentence(
        [.. Enumerable.Range(1, m).Where(lag => !Occurs(lag - 1)).Select(lag => lag.ToString(CultureInfo.InvariantCulture))],
        lags => $"No two rows of a cluster are in waves that differ by {lags}");

    private static int[] Distances(ModelFrame frame)
    {
        var distances = frame.Waves.ToArray();
        for (var i = 0; i < frame.Clusters.Count; i++)
        {
            var first = frame.Waves[frame.Clusters.Start(i)];
            foreach (ref var wave in distances.AsSpan(frame.Clusters.Start(i), frame.Clusters.Size(i)))
            {
                wave -= first;
            }
        }

        return distances;
    }

    private void RequireRoom()
    {
        var needed = codes.Sum(own => (long)own.Length * (Width(own.Length) + 1));
        if (needed > MostNumbers)
        {
            throw new InputException(
                $"The correlation has {m} lags and the largest cluster {clusters.MaximumSize} rows: its factors would need {needed} "
                    + $"numbers, and {MostNumbers} are the most.")
            {
                Hint = "Use m-dependent with a smaller --m, or exchangeable, ar1, decay, nested or block: they have closed forms for "
                    + "clusters of any size.",
            };
        }
    }

    private int Width(int rows) => Math.Min(m, rows - 1);

    private double OfLag(int lag) => lag == 0 ? 1 : lag <= m ? Alpha[lag - 1] : 0;

    private void Fill(ReadOnlySpan<int> waves, Span<double> matrix)
    {
        var width = Width(waves.Length);
        matrix.Clear();
        for (var j = 0; j < waves.Length; j++)
        {
            for (var k = Math.Max(0, j - width); k <= j; k++)
            {
                matrix[(j * (width + 1)) + k - j + width] = OfLag(waves[j] - waves[k]);
            }
        }
    }

    private string Violation(ReadOnlySpan<int> waves, int pattern)
    {
        if (m == 1 && waves[^1] == waves.Length - 1)
        {
            var bound = 0.5 / Math.Cos(Math.PI / (waves.Length + 1));
            return FormattableString.Invariant($"The 1-dependent correlation {Alpha[0]:G6} is outside (-{bound:G6}, {bound:G6}), where ")
                + FormattableString.Invariant($"it is positive definite for {waves.Length} consecutive waves.");
        }

        var smallest = waves.Length > LongestExact ? SpectralMinimum(new double[m]) : Smallest(waves, new double[m]);
        return FormattableString.Invariant($"The working correlation of cluster {clusters.Label(patterns.Representative(pattern))} ")
            + FormattableString.Invariant($"({waves.Length} rows) is not positive definite: its smallest eigenvalue is {smallest:G4}, ")
            + FormattableString.Invariant($"and it must be above 0.");
    }

    private double Smallest(ReadOnlySpan<int> waves, Span<double> gradient)
    {
        var width = Width(waves.Length);
        var matrix = new double[waves.Length * (width + 1)];
        Fill(waves, matrix);
        var vector = new double[waves.Length];
        var value = SmallestEigenpair.Find(new BandedMatrix(matrix, waves.Length, width), vector);
        gradient.Clear();
        for (var j = 0; j < vector.Length; j++)
        {
            for (var k = Math.Max(0, j - width); k < j; k++)
            {
                if (waves[j] - waves[k] is var lag && lag <= m)
                {
                    gradient[lag - 1] += 2 * vector[j] * vector[k];
                }
            }
        }

        return value;
    }

    /// <summary>
    /// The eigenvalues of a long series fill the range of its spectral density 1 + 2 Σ α_l cos(lω), and are never below its minimum.
    /// </summary>
    private double SpectralMinimum(Span<double> gradient)
    {
        var step = Math.PI / Math.Max(2000, 40 * m);
        var (least, at) = (double.PositiveInfinity, 0.0);
        for (var frequency = 0.0; frequency < Math.PI + step; frequency += step)
        {
            // The lowest of several nearly equal minima may lie between the points of the grid.
            if (Density(frequency) <= Math.Min(Density(frequency - step), Density(frequency + step)))
            {
                var minimum = LocalMinimum(frequency - step, frequency + step);
                (least, at) = Density(minimum) < least ? (Density(minimum), minimum) : (least, at);
            }
        }

        for (var lag = 1; lag <= m; lag++)
        {
            gradient[lag - 1] = 2 * Math.Cos(lag * at);
        }

        return least;
    }

    private double LocalMinimum(double low, double high)
    {
        for (var round = 0; round < 60; round++)
        {
            var (left, right) = (low + ((high - low) / 3), high - ((high - low) / 3));
            (low, high) = Density(left) < Density(right) ? (low, right) : (left, high);
        }

        return 0.5 * (low + high);
    }

    private double Density(double frequency)
    {
        var sum = 1.0;
        for (var lag = 1; lag <= m; lag++)
        {
            sum += 2 * Alpha[lag - 1] * Math.Cos(lag * frequency);
        }

        return sum;
    }
}
