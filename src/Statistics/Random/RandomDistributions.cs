using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Statistics.Random;

/// <summary>
/// Draws from further distributions. Those by inversion take one uniform; the others as many as they need, in a fixed way.
/// </summary>
public static class RandomDistributions
{
    private const double LargestInvertedMean = 30;

    /// <summary>A Poisson count with the given mean ≥ 0.</summary>
    /// <remarks>
    /// By inversion from 0 up to a mean of 30: one uniform. A larger mean is split off in gamma steps (Ahrens and Dieter 1974): the time of
    /// the event number ⌊7μ/8⌋ is drawn; if it lies before μ, that many events have happened and the rest of the time goes on; else the
    /// number of earlier events is binomial.
    /// </remarks>
    public static double NextPoisson(this RandomStream stream, double mean)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfLessThan(mean, 0.0);
        var count = 0.0;
        while (mean > LargestInvertedMean)
        {
            var step = Math.Floor(mean * 7 / 8);
            var time = stream.NextGamma(step);
            if (time > mean)
            {
                return count + stream.NextBinomial(step - 1, mean / time);
            }

            count += step;
            mean -= time;
        }

        var u = stream.NextUniform();
        var term = Math.Exp(-mean);
        var sum = term;
        var k = 0;
        while (u > sum && term > 0)
        {
            k++;
            term *= mean / k;
            sum += term;
        }

        return count + k;
    }

    /// <summary>A binomial count: n trials, n ≥ 0 a whole number.</summary>
    /// <remarks>
    /// One uniform a trial up to 30. Larger n are halved by their median order statistic, a beta variable (Ahrens and Dieter 1974).
    /// </remarks>
    public static double NextBinomial(this RandomStream stream, double trials, double probability)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var count = 0.0;
        while (trials > LargestInvertedMean)
        {
            var a = 1 + Math.Floor(trials / 2);
            var b = trials + 1 - a;
            var x = stream.NextGamma(a);
            var median = x / (x + stream.NextGamma(b));
            if (median >= probability)
            {
                trials = a - 1;
                probability /= median;
            }
            else
            {
                count += a;
                trials = b - 1;
                probability = (probability - median) / (1 - median);
            }
        }

        for (var i = 0; i < trials; i++)
        {
            count += stream.NextBernoulli(probability);
        }

        return count;
    }

    /// <summary>A gamma variable with the given shape &gt; 0 and scale 1.</summary>
    /// <remarks>Marsaglia and Tsang (2000); shapes below 1 through shape + 1 and a power of a uniform.</remarks>
    public static double NextGamma(this RandomStream stream, double shape)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shape);
        if (shape < 1)
        {
            return stream.NextGamma(shape + 1) * Math.Pow(stream.NextUniform(), 1 / shape);
        }

        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var z = stream.NextNormal();
            var u = stream.NextUniform();
            var root = 1 + (c * z);
            var v = root * root * root;
            if (root > 0 && Math.Log(u) < (0.5 * z * z) + d - (d * v) + (d * Math.Log(v)))
            {
                return d * v;
            }
        }
    }

    /// <summary>A negative binomial count with the given mean and variance μ + μ²/θ: Poisson with a gamma mean.</summary>
    public static double NextNegativeBinomial(this RandomStream stream, double mean, double theta)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return stream.NextPoisson(stream.NextGamma(theta) * mean / theta);
    }

    /// <summary>A Student t variable with the given degrees of freedom, not rescaled: variance df/(df − 2).</summary>
    public static double NextStudent(this RandomStream stream, double degreesOfFreedom)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var normal = stream.NextNormal();
        return normal / Math.Sqrt(2 * stream.NextGamma(degreesOfFreedom / 2) / degreesOfFreedom);
    }

    /// <summary>A variable of the bridge distribution for the logit link, by its quantile function: one uniform.</summary>
    /// <remarks>
    /// Wang and Louis (2003): with it a logistic model holds both given the effect and on the average, with coefficients φ times smaller.
    /// </remarks>
    /// <param name="stream">The stream.</param>
    /// <param name="attenuation">φ in (0, 1); the variance is (π²/3)(φ⁻² − 1).</param>
    public static double NextBridge(this RandomStream stream, double attenuation)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return BridgeDistribution.Quantile(stream.NextUniform(), attenuation);
    }
}
