using System.Runtime.Intrinsics;
using MarginalConditional.Data.Rows;

namespace MarginalConditional.Gee.Correlation;

/// <summary>R = (1 − α) I + α J, in closed form.</summary>
/// <remarks>
/// With one eigenvalue 1 + (n − 1)α along 1 and 1 − α elsewhere, R^−½ x = (x − k_n 1 Σx) / √(1 − α) with
/// k_n = (1 − √((1 − α) / (1 + (n − 1)α))) / n. Positive definite iff −1/(n − 1) &lt; α &lt; 1 for the largest n.
/// </remarks>
internal sealed class ExchangeableKernel : CorrelationKernel
{
    /// <summary>The eigenvalue 1 + (n - 1)α of R that is rounding.</summary>
    private const double AtBound = 1e-6;

    private readonly Clusters clusters;
    private readonly double divisor;
    private readonly double[] shrinkBySize;
    private double scale = 1;

    public ExchangeableKernel(CorrelationInput input)
        : base(input.Tolerances, parameters: 1, moments: 1)
    {
        clusters = input.Frame.Clusters;
        shrinkBySize = new double[clusters.MaximumSize + 1];
        var pairs = PairDivisors(input);
        divisor = pairs > 0 ? input.Convention.Divisor(pairs, input.Coefficients) : double.PositiveInfinity;
    }

    /// <inheritdoc/>
    public override bool IsAtBound => clusters.MaximumSize > 1 && 1 + ((clusters.MaximumSize - 1) * Alpha[0]) < AtBound;

    /// <inheritdoc/>
    public override string? Note => IsAtBound
        ? FormattableString.Invariant($"The exchangeable correlation is at its bound, -1/(n - 1) = {-1.0 / (clusters.MaximumSize - 1):G4} ")
            + FormattableString.Invariant($"for clusters of {clusters.MaximumSize} rows: within a cluster the residuals add up to 0, ")
            + "as those of shares, ranks or differences from the cluster's mean do. Sums over a cluster have no error left, so "
            + "standard errors that rest on them mean nothing: leave one row of each cluster out, or use --corr independence."
        : null;

    public override void AddMoments(int firstCluster, int endCluster, ReadOnlySpan<double> residuals, Span<double> sums)
    {
        var offsets = clusters.Offsets;
        var origin = offsets[firstCluster];
        var products = 0.0;
        for (var i = firstCluster; i < endCluster; i++)
        {
            var rows = residuals[(offsets[i] - origin)..(offsets[i + 1] - origin)];
            var sum = 0.0;
            foreach (var value in rows)
            {
                products += sum * value;
                sum += value;
            }
        }

        sums[0] += products;
    }

    public override void Estimate(ReadOnlySpan<double> sums, double scale, Span<double> alpha) =>
        alpha[0] = divisor > 0 ? sums[0] / scale / divisor : double.NaN;

    public override string? Prepare()
    {
        var alpha = Alpha[0];
        var largest = clusters.MaximumSize;
        var lower = largest > 1 ? -1.0 / (largest - 1) : double.NegativeInfinity;
        if (!(alpha > lower && alpha < 1) && largest > 1)
        {
            return FormattableString.Invariant($"The exchangeable correlation {alpha:G6} is outside ({lower:G6}, 1), where it is ")
                + FormattableString.Invariant($"positive definite for clusters of up to {largest} rows.");
        }

        scale = 1 / Math.Sqrt(1 - alpha);
        for (var n = 1; n < shrinkBySize.Length; n++)
        {
            shrinkBySize[n] = (1 - Math.Sqrt((1 - alpha) / (1 + ((n - 1) * alpha)))) / n;
        }

        return null;
    }

    public override void Repair()
    {
        var lower = clusters.MaximumSize > 1 ? -1.0 / (clusters.MaximumSize - 1) : -1;
        Alpha[0] = Math.Clamp(Alpha[0], lower * (1 - Tolerances.RepairMargin), 1 - Tolerances.RepairMargin);
    }

    public override void Whiten(int firstCluster, int endCluster, Span<double> column)
    {
        var offsets = clusters.Offsets;
        var origin = offsets[firstCluster];
        var factor = scale;
        for (var i = firstCluster; i < endCluster; i++)
        {
            var rows = column[(offsets[i] - origin)..(offsets[i + 1] - origin)];
            var shift = shrinkBySize[rows.Length] * Sum(rows);
            var shifts = Vector256.Create(shift);
            var j = 0;
            for (; j <= rows.Length - Vector256<double>.Count; j += Vector256<double>.Count)
            {
                ((Vector256.Create(rows[j..]) - shifts) * factor).CopyTo(rows[j..]);
            }

            for (; j < rows.Length; j++)
            {
                rows[j] = (rows[j] - shift) * factor;
            }
        }
    }

    private static double Sum(ReadOnlySpan<double> rows)
    {
        var sums = Vector256<double>.Zero;
        var j = 0;
        for (; j <= rows.Length - Vector256<double>.Count; j += Vector256<double>.Count)
        {
            sums += Vector256.Create(rows[j..]);
        }

        var sum = Vector256.Sum(sums);
        for (; j < rows.Length; j++)
        {
            sum += rows[j];
        }

        return sum;
    }

    private static double PairDivisors(CorrelationInput input)
    {
        var total = 0.0;
        var offsets = input.Frame.Clusters.Offsets;
        var weights = input.PairWeights;
        for (var i = 0; i + 1 < offsets.Length; i++)
        {
            if (weights.Length == 0)
            {
                total += 0.5 * (offsets[i + 1] - offsets[i]) * (offsets[i + 1] - offsets[i] - 1.0);
                continue;
            }

            total += input.Convention.PairDivisorSum(weights.AsSpan(offsets[i]..offsets[i + 1]));
        }

        return total;
    }
}
