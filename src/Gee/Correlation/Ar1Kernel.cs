using System.Runtime.Intrinsics;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;

namespace MarginalConditional.Gee.Correlation;

/// <summary>R_jk = α^|wave_j − wave_k|, in closed form, with any gaps between waves.</summary>
/// <remarks>
/// The inverse factor is bidiagonal: (W x)_j = (x_j − ρ_j x_{j−1}) / √(1 − ρ_j²) with ρ_j = α^gap, so a column costs O(n).
/// Liang and Zeger (1986) estimate α from pairs one wave apart; geepack fits α^lag to all pairs by weighted least squares.
/// Positive definite iff |α| &lt; 1.
/// </remarks>
internal sealed class Ar1Kernel : CorrelationKernel
{
    private readonly ModelFrame frame;
    private readonly LagProducts lags;
    private readonly double[] divisors;
    private readonly bool contiguous;
    private readonly int longestGap;
    private readonly double[] power;
    private readonly double[] precision;

    public Ar1Kernel(CorrelationInput input)
        : base(input.Tolerances, parameters: 1, LagProducts.Count(input))
    {
        frame = input.Frame;
        lags = new LagProducts(input);
        divisors = lags.Divisors(input);
        (longestGap, contiguous) = Gaps(frame);
        power = new double[longestGap + 1];
        precision = new double[longestGap + 1];
    }

    /// <inheritdoc/>
    public override string? Inestimable => longestGap > 0 && lags.AreAdjacentOnly && double.IsPositiveInfinity(divisors[0])
        ? "No two rows of a cluster are one wave apart, so the AR(1) correlation cannot be estimated from such pairs. Use --corr decay, "
            + "which takes the waves as times, or --moments geepack, which uses pairs any number of waves apart."
        : null;

    public override void AddMoments(int firstCluster, int endCluster, ReadOnlySpan<double> residuals, Span<double> sums) =>
        lags.Add(firstCluster, endCluster, residuals, sums);

    public override void Estimate(ReadOnlySpan<double> sums, double scale, Span<double> alpha)
    {
        alpha[0] = divisors[0] > 0 && Inestimable is null ? sums[0] / scale / divisors[0] : double.NaN;
        if (sums.Length > 1)
        {
            alpha[0] = PowerLeastSquares.Fit(sums, divisors, scale, alpha[0]);
        }
    }

    public override string? Prepare()
    {
        var alpha = Alpha[0];
        if (!(Math.Abs(alpha) < 1))
        {
            return FormattableString.Invariant($"The AR(1) correlation {alpha:G6} is outside (-1, 1), where it is positive definite.");
        }

        for (var gap = 1; gap <= longestGap; gap++)
        {
            power[gap] = Math.Pow(alpha, gap);
            precision[gap] = 1 / Math.Sqrt(1 - (power[gap] * power[gap]));
        }

        return null;
    }

    public override void Repair() => Alpha[0] = Math.Clamp(Alpha[0], -1 + Tolerances.RepairMargin, 1 - Tolerances.RepairMargin);

    public override void Whiten(int firstCluster, int endCluster, Span<double> column)
    {
        var offsets = frame.Clusters.Offsets;
        var origin = offsets[firstCluster];
        if (longestGap == 0)
        {
            return;
        }

        if (contiguous)
        {
            WhitenContiguous(offsets[firstCluster..(endCluster + 1)], column[..(offsets[endCluster] - origin)]);
            return;
        }

        var waves = frame.Waves;
        for (var i = firstCluster; i < endCluster; i++)
        {
            for (var row = offsets[i + 1] - 1; row > offsets[i]; row--)
            {
                var gap = waves[row] - waves[row - 1];
                var j = row - origin;
                column[j] = (column[j] - (power[gap] * column[j - 1])) * precision[gap];
            }
        }
    }

    /// <summary>
    /// All clusters as one long series, from the end backwards, so that a predecessor is still unchanged
    /// when it is read; the first row of each cluster, which has none, is put back afterwards.
    /// </summary>
    private void WhitenContiguous(ReadOnlySpan<int> offsets, Span<double> column)
    {
        var clusters = offsets.Length - 1;
        Span<double> firsts = clusters <= 512 ? stackalloc double[clusters] : new double[clusters];
        for (var i = 0; i < clusters; i++)
        {
            firsts[i] = column[offsets[i] - offsets[0]];
        }

        var width = Vector256<double>.Count;
        var rho = power[1];
        var factor = precision[1];
        var rhos = Vector256.Create(rho);
        var j = column.Length;
        for (; j > width; j -= width)
        {
            var current = Vector256.Create(column[(j - width)..]);
            var previous = Vector256.Create(column[(j - width - 1)..]);
            ((current - (rhos * previous)) * factor).CopyTo(column[(j - width)..]);
        }

        for (j--; j > 0; j--)
        {
            column[j] = (column[j] - (rho * column[j - 1])) * factor;
        }

        for (var i = 0; i < clusters; i++)
        {
            column[offsets[i] - offsets[0]] = firsts[i];
        }
    }

    private static (int Longest, bool Contiguous) Gaps(ModelFrame frame)
    {
        var longest = 0;
        var adjacent = true;
        var waves = frame.Waves;
        var clusters = frame.Clusters;
        for (var i = 0; i < clusters.Count; i++)
        {
            for (var row = clusters.Start(i) + 1; row < clusters.Start(i) + clusters.Size(i); row++)
            {
                var gap = waves[row] - waves[row - 1];
                longest = Math.Max(longest, gap);
                adjacent &= gap == 1;
            }
        }

        return (longest, adjacent);
    }
}
