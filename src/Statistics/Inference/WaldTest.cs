using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Statistics.Inference;

/// <summary>The joint Wald test that several contrasts are all zero.</summary>
/// <param name="Statistic">χ² with <paramref name="Rank"/> degrees of freedom, or F = χ²/rank when a denominator is given.</param>
/// <param name="Rank">The number of independent contrasts.</param>
/// <param name="DenominatorDegreesOfFreedom">Of the F distribution; null for χ².</param>
/// <param name="PValue">The upper tail probability, accurate however small.</param>
public sealed record WaldTest(double Statistic, int Rank, double? DenominatorDegreesOfFreedom, double PValue)
{
    private const double RankTolerance = 1e-12;

    /// <summary>Tests L·β = 0 by (Lβ)ᵀ(L V Lᵀ)⁻(Lβ).</summary>
    /// <remarks>Contrasts that repeat others add nothing: the rank is that of the scaled L V Lᵀ, and its pseudo-inverse is used.</remarks>
    /// <param name="contrasts">The rows of L, each of length p.</param>
    /// <param name="estimates">β, p.</param>
    /// <param name="covariance">V, p×p.</param>
    /// <param name="denominatorDegreesOfFreedom">Null for χ², otherwise F.</param>
    public static WaldTest Joint(
        IReadOnlyList<Contrast> contrasts,
        ReadOnlySpan<double> estimates,
        ReadOnlySpan<double> covariance,
        double? denominatorDegreesOfFreedom = null)
    {
        ArgumentNullException.ThrowIfNull(contrasts);
        var q = contrasts.Count;
        var p = estimates.Length;
        var values = new double[q];
        var standardErrors = new double[q];
        for (var i = 0; i < q; i++)
        {
            values[i] = contrasts[i].Estimate(estimates);
            standardErrors[i] = Math.Sqrt(contrasts[i].Variance(covariance));
        }

        var correlation = new double[q * q];
        for (var i = 0; i < q; i++)
        {
            for (var j = 0; j < q; j++)
            {
                var form = contrasts[i].Covariance(contrasts[j], covariance[..(p * p)]);
                correlation[(i * q) + j] = form / (standardErrors[i] * standardErrors[j]);
            }

            values[i] /= standardErrors[i];
        }

        if (correlation.Any(value => !double.IsFinite(value)))
        {
            return new WaldTest(double.NaN, q, denominatorDegreesOfFreedom, double.NaN);
        }

        Dense.Symmetrize(correlation, q);
        var (statistic, rank) = PseudoForm(correlation, values);
        if (denominatorDegreesOfFreedom is not { } denominator)
        {
            return new WaldTest(statistic, rank, null, ChiSquaredDistribution.UpperTail(statistic, rank));
        }

        return new WaldTest(statistic / rank, rank, denominator, FisherDistribution.UpperTail(statistic / rank, rank, denominator));
    }

    private static (double Form, int Rank) PseudoForm(double[] matrix, double[] vector)
    {
        var n = vector.Length;
        var values = new double[n];
        var vectors = new double[n * n];
        SymmetricEigen.Decompose(matrix, n, values, vectors);
        var form = 0.0;
        var rank = 0;
        for (var k = 0; k < n; k++)
        {
            if (values[k] > RankTolerance * n)
            {
                var projection = Dense.Dot(vector, vectors.AsSpan(k * n, n));
                form += projection * projection / values[k];
                rank++;
            }
        }

        return (form, rank);
    }
}
