using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Model;

namespace MarginalConditional.Glmm.LargeClusters;

/// <summary>Sums over some rows of a large cluster, with η = a + zᵀb: at the mode, and at all nodes. Scratch of one thread.</summary>
/// <remarks>A vector holds several rows; each sum is of its lanes, which the caller adds.</remarks>
internal sealed partial class LargeClusterRows
{
    /// <summary>Vectors that are worked on together, so that they stay in the nearest cache.</summary>
    private const int TileLength = 64;

    private readonly int p;
    private readonly int q;
    private readonly ConditionalDensity density;
    private readonly ParameterPoint point;
    private readonly CovarianceFactor covariance;
    private readonly Vector256<double>[] eta = new Vector256<double>[TileLength];
    private readonly Vector256<double>[] first = new Vector256<double>[TileLength];
    private readonly Vector256<double>[] second = new Vector256<double>[TileLength];
    private readonly Vector256<double>[] third = new Vector256<double>[TileLength];
    private readonly Vector256<double>[] logs = new Vector256<double>[TileLength];
    private readonly Vector256<double>[] means;

    /// <summary>Allocates.</summary>
    /// <param name="columns">p.</param>
    /// <param name="covariance">The parametrization of D.</param>
    /// <param name="density">Family and link.</param>
    /// <param name="point">The parameters of the evaluation.</param>
    public LargeClusterRows(int columns, CovarianceFactor covariance, ConditionalDensity density, ParameterPoint point)
    {
        (p, q) = (columns, covariance.Dimension);
        (this.covariance, this.density, this.point) = (covariance, density, point);
        means = new Vector256<double>[1 + q + (q * q)];
    }

    /// <summary>Writes a = offset + xᵀβ.</summary>
    public void FillLinear(LargeCluster cluster, int start, int end, Span<Vector256<double>> linear)
    {
        var beta = point.Coefficients;
        for (var i = start; i < end; i++)
        {
            var sum = cluster.Offset[i];
            var row = cluster.Design.AsSpan(i * p, p);
            for (var j = 0; j < row.Length; j++)
            {
                sum += row[j] * beta[j];
            }

            linear[i] = sum;
        }
    }

    /// <summary>Adds what depends on the dispersion alone, and its derivative in log φ.</summary>
    public void AddConstants(LargeCluster cluster, int start, int end, Span<Vector256<double>> sums)
    {
        for (var i = start; i < end; i++)
        {
            for (var lane = 0; lane < LargeCluster.Lanes; lane++)
            {
                var weight = cluster.Weight[i][lane];
                if (weight > 0)
                {
                    var value = density.Constant(cluster.Response[i][lane], point.Dispersion, out var slope);
                    sums[0] = sums[0].WithElement(lane, sums[0][lane] + (weight * value));
                    sums[1] = sums[1].WithElement(lane, sums[1][lane] + (weight * slope));
                }
            }
        }
    }

    /// <summary>Adds at one b: Σ ℓ, then Σ ℓ′z, then the lower triangle of Σ ℓ″zzᵀ.</summary>
    public void AddHeight(
        LargeCluster cluster,
        int start,
        int end,
        ReadOnlySpan<Vector256<double>> linear,
        ReadOnlySpan<double> b,
        Span<Vector256<double>> sums)
    {
        for (var from = start; from < end; from += TileLength)
        {
            var count = Math.Min(TileLength, end - from);
            Predict(cluster, from, count, linear, b);
            var response = cluster.Response.AsSpan(from, count);
            var weight = cluster.Weight.AsSpan(from, count);
            sums[0] += density.AlongLanes(response, weight, point.Dispersion, eta.AsSpan(0, count), first, second);
            var z = cluster.RandomDesign.AsSpan(from * q, count * q);
            for (var a = 0; a < q; a++)
            {
                var slope = Vector256<double>.Zero;
                for (var i = 0; i < count; i++)
                {
                    slope += first[i] * z[(i * q) + a];
                }

                sums[1 + a] += slope;
                for (var c = 0; c <= a; c++)
                {
                    var bend = Vector256<double>.Zero;
                    for (var i = 0; i < count; i++)
                    {
                        bend += second[i] * z[(i * q) + a] * z[(i * q) + c];
                    }

                    sums[1 + q + (a * q) + c] += bend;
                }
            }
        }
    }

    /// <summary>
    /// Adds at the mode, with κ = zᵀCz: Σ ℓ‴κx, Σ ℓ‴κz, Σ ℓ″xzᵀ, Σ ℓ″zzᵀ, Σ ℓ′z, and where the dispersion is free Σ κ∂ℓ″/∂log φ and
    /// Σ z∂ℓ′/∂log φ.
    /// </summary>
    public void AddMovement(
        LargeCluster cluster,
        int start,
        int end,
        ReadOnlySpan<Vector256<double>> linear,
        ReadOnlySpan<double> b,
        ReadOnlySpan<double> spread,
        Span<Vector256<double>> sums)
    {
        var (thirdZ, cross, square, slope) = (p, p + q, p + q + (p * q), p + q + (p * q) + (q * q));
        for (var from = start; from < end; from += TileLength)
        {
            var count = Math.Min(TileLength, end - from);
            Predict(cluster, from, count, linear, b);
            var response = cluster.Response.AsSpan(from, count);
            var weight = cluster.Weight.AsSpan(from, count);
            density.AlongLanes(response, weight, point.Dispersion, eta.AsSpan(0, count), first, second, third);
            for (var i = 0; i < count; i++)
            {
                var x = cluster.Design.AsSpan((from + i) * p, p);
                var z = cluster.RandomDesign.AsSpan((from + i) * q, q);
                var amount = third[i] * Square(z, spread);
                for (var j = 0; j < p; j++)
                {
                    sums[j] += amount * x[j];
                    for (var a = 0; a < q; a++)
                    {
                        sums[cross + (j * q) + a] += second[i] * x[j] * z[a];
                    }
                }

                for (var a = 0; a < q; a++)
                {
                    sums[thirdZ + a] += amount * z[a];
                    sums[slope + a] += first[i] * z[a];
                    for (var c = 0; c < q; c++)
                    {
                        sums[square + (a * q) + c] += second[i] * z[a] * z[c];
                    }
                }
            }

            if (density.HasFreeDispersion)
            {
                density.DispersionAlongRows(response, weight, point.Dispersion, eta.AsSpan(0, count), logs, first, second);
                AddDispersion(cluster.RandomDesign.AsSpan(from * q, count * q), spread, sums[(slope + q)..]);
            }
        }
    }

    private void AddDispersion(ReadOnlySpan<Vector256<double>> z, ReadOnlySpan<double> spread, Span<Vector256<double>> sums)
    {
        for (var i = 0; i < z.Length / q; i++)
        {
            var row = z.Slice(i * q, q);
            sums[0] += second[i] * Square(row, spread);
            for (var a = 0; a < q; a++)
            {
                sums[1 + a] += first[i] * row[a];
            }
        }
    }

    private void Predict(LargeCluster cluster, int from, int count, ReadOnlySpan<Vector256<double>> linear, ReadOnlySpan<double> b)
    {
        var z = cluster.RandomDesign.AsSpan(from * q, count * q);
        for (var i = 0; i < count; i++)
        {
            var sum = linear[from + i];
            for (var a = 0; a < b.Length; a++)
            {
                sum += z[(i * q) + a] * b[a];
            }

            eta[i] = sum;
        }
    }

    /// <summary>zᵀCz.</summary>
    private static Vector256<double> Square(ReadOnlySpan<Vector256<double>> z, ReadOnlySpan<double> spread)
    {
        var sum = Vector256<double>.Zero;
        for (var a = 0; a < z.Length; a++)
        {
            for (var c = 0; c < z.Length; c++)
            {
                sum += spread[(a * z.Length) + c] * z[a] * z[c];
            }
        }

        return sum;
    }
}
