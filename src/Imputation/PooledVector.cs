using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Imputation;

/// <summary>Several quantities estimated together in each of m completed data sets, pooled with their covariances. Immutable.</summary>
public sealed class PooledVector
{
    private readonly double[] estimates;
    private readonly double[] within;
    private readonly double[] between;
    private readonly double? complete;

    private PooledVector(int sets, double[] estimates, double[] within, double[] between, double? complete)
    {
        Sets = sets;
        this.estimates = estimates;
        this.within = within;
        this.between = between;
        this.complete = complete;
    }

    /// <summary>m, the number of data sets.</summary>
    public int Sets { get; }

    /// <summary>Q̄, k values.</summary>
    public ReadOnlySpan<double> Estimates => estimates;

    /// <summary>Ū, the mean of the covariances, k×k.</summary>
    public ReadOnlySpan<double> Within => within;

    /// <summary>B, the covariance of the estimates between data sets with divisor m − 1, k×k.</summary>
    public ReadOnlySpan<double> Between => between;

    /// <summary>Pools.</summary>
    /// <param name="estimates">The estimates of set after set, m×k.</param>
    /// <param name="covariances">Their covariances, m×k×k.</param>
    /// <param name="sets">m, 2 or more.</param>
    /// <param name="completeDegreesOfFreedom">ν_c, of a test had the data been complete; null for infinite.</param>
    public static PooledVector Of(
        ReadOnlySpan<double> estimates, ReadOnlySpan<double> covariances, int sets, double? completeDegreesOfFreedom = null)
    {
        var k = sets < 2 ? 0 : estimates.Length / sets;
        if (sets < 2 || estimates.Length != sets * k || covariances.Length != sets * k * k)
        {
            throw new ArgumentException("Pooling needs two data sets or more, each with its estimates and covariance.", nameof(estimates));
        }

        var (mean, within, between, difference) = (new double[k], new double[k * k], new double[k * k], new double[k]);
        for (var l = 0; l < sets; l++)
        {
            Dense.AddScaled(1.0 / sets, estimates.Slice(l * k, k), mean);
            Dense.AddScaled(1.0 / sets, covariances.Slice(l * k * k, k * k), within);
        }

        for (var l = 0; l < sets; l++)
        {
            estimates.Slice(l * k, k).CopyTo(difference);
            Dense.AddScaled(-1, mean, difference);
            Dense.RankOneUpdate(1.0 / (sets - 1), difference, difference, between);
        }

        return new PooledVector(
            sets, mean, within, between, completeDegreesOfFreedom is { } degrees && double.IsFinite(degrees) ? degrees : null);
    }

    /// <summary>T = Ū + (1 + 1/m)B, k×k.</summary>
    public double[] Total()
    {
        var total = (double[])within.Clone();
        Dense.AddScaled(1 + (1.0 / Sets), between, total);
        return total;
    }

    /// <summary>The test D1 that all of the quantities are 0, and what it rests on.</summary>
    /// <remarks>
    /// D1 = Q̄ᵀŪ⁻¹Q̄/(k(1 + r₁)), r₁ = (1 + 1/m)tr(BŪ⁻¹)/k, F with k and ν degrees of freedom: those of Li, Raghunathan and Rubin (1991)
    /// where ν_c is infinite, else those of Reiter (2007). Not the Wald test by T, which has no inverse worth the name while m ≤ k. Of one
    /// quantity it is the square of its t test.
    /// </remarks>
    /// <returns>Statistic and p are not numbers where Ū is singular.</returns>
    public JointPool Test()
    {
        var k = estimates.Length;
        var (scratch, inverse) = (new double[k * k], new double[k * k]);
        if (k == 0 || !within.All(double.IsFinite) || !Cholesky.TryInvert(within, k, scratch, inverse))
        {
            return new JointPool(new WaldTest(double.NaN, k, null, double.NaN), double.NaN);
        }

        var trace = Dense.Dot(between, inverse);
        var increase = trace <= 0 ? 0 : (1 + (1.0 / Sets)) * trace / k;
        var statistic = Dense.QuadraticForm(inverse, estimates) / (k * (1 + increase));
        if (k == 1)
        {
            var own = new PooledEstimate
            {
                Sets = Sets,
                Estimate = estimates[0],
                Within = within[0],
                Between = between[0],
                CompleteDegreesOfFreedom = complete,
            };
            return Jointly(statistic, 1, own.DegreesOfFreedom, increase);
        }

        return Jointly(statistic, k, JointDegrees.Of(k, Sets, increase, complete), increase);
    }

    private static JointPool Jointly(double statistic, int k, double? degrees, double increase) => new(
        degrees is { } finite
            ? new WaldTest(statistic, k, finite, FisherDistribution.UpperTail(statistic, k, finite))
            : new WaldTest(statistic * k, k, null, ChiSquaredDistribution.UpperTail(statistic * k, k)),
        increase);
}
