using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Statistics.Distributions;

/// <summary>
/// The bridge distribution of a random intercept: with it a conditional logit model has a marginal logit model too, logit p = φη exactly.
/// </summary>
/// <remarks>
/// Wang and Louis (2003): density sin(φπ) / {2π[cosh(φb) + cos(φπ)]}, symmetric about 0, tails a little heavier than the normal's.
/// </remarks>
public sealed class BridgeDistribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="attenuation">φ, in (0, 1): the ratio of marginal to conditional coefficients.</param>
    public BridgeDistribution(double attenuation)
    {
        RequireAttenuation(attenuation);
        Attenuation = attenuation;
    }

    /// <summary>φ.</summary>
    public double Attenuation { get; }

    /// <summary>(π²/3)(φ⁻² − 1), link scale.</summary>
    public double Variance => Math.PI * Math.PI / 3 * ((1 / (Attenuation * Attenuation)) - 1);

    /// <summary>The distribution with a given standard deviation: φ = (1 + 3σ²/π²)^−½.</summary>
    /// <param name="standardDeviation">σ &gt; 0, link scale.</param>
    public static BridgeDistribution WithStandardDeviation(double standardDeviation) =>
        new(AttenuationOf(standardDeviation));

    /// <summary>
    /// φ of the distribution with a given standard deviation, (1 + 3σ²/π²)^−½; 1 without spread, where no distribution is left.
    /// </summary>
    /// <param name="standardDeviation">σ ≥ 0, link scale.</param>
    public static double AttenuationOf(double standardDeviation) =>
        1 / Math.Sqrt(1 + (3 * standardDeviation * standardDeviation / (Math.PI * Math.PI)));

    /// <summary>dφ/dσ = −3σφ³/π².</summary>
    /// <param name="standardDeviation">σ ≥ 0, link scale.</param>
    public static double AttenuationSlope(double standardDeviation)
    {
        var phi = AttenuationOf(standardDeviation);
        return -3 * standardDeviation * phi * phi * phi / (Math.PI * Math.PI);
    }

    /// <summary>The b with P(B ≤ b) = u: φ⁻¹ log{sin(φπu) / sin(φπ(1 − u))}.</summary>
    /// <param name="probability">u, in (0, 1).</param>
    /// <param name="attenuation">φ, in (0, 1).</param>
    public static double Quantile(double probability, double attenuation)
    {
        RequireAttenuation(attenuation);
        return Math.Log(Math.Sin(attenuation * Math.PI * probability) / Math.Sin(attenuation * Math.PI * (1 - probability))) / attenuation;
    }

    /// <summary>The density at b.</summary>
    public double Density(double value)
    {
        // cosh overflows from 710 on, where the density is 0 to the last bit.
        var cosh = Math.Cosh(Math.Min(Math.Abs(Attenuation * value), 700));
        return Math.Sin(Attenuation * Math.PI) / (2 * Math.PI * (cosh + Math.Cos(Attenuation * Math.PI)));
    }

    /// <summary>P(B ≤ b), accurate in the lower tail.</summary>
    public double Cumulative(double value)
    {
        if (value > 0)
        {
            return 1 - Cumulative(-value);
        }

        var ratio = Math.Exp(Attenuation * value);
        var angle = Attenuation * Math.PI;
        return Math.Atan2(ratio * Math.Sin(angle), 1 + (ratio * Math.Cos(angle))) / angle;
    }

    /// <summary>The b with P(B ≤ b) = u: φ⁻¹ log{sin(φπu) / sin(φπ(1 − u))}.</summary>
    /// <param name="probability">u, in (0, 1).</param>
    public double Quantile(double probability) => Quantile(probability, Attenuation);

    /// <summary>The slope of the quantile in φ.</summary>
    /// <param name="probability">u, in (0, 1).</param>
    public double QuantileSlope(double probability)
    {
        var angle = Attenuation * Math.PI;
        var lower = probability * Math.PI / Math.Tan(angle * probability);
        var upper = (1 - probability) * Math.PI / Math.Tan(angle * (1 - probability));
        return (lower - upper - Quantile(probability)) / Attenuation;
    }

    /// <summary>The marginal mean for a conditional predictor: expit(φη).</summary>
    public double MarginalMean(double predictor) => Elementary.Logistic(Attenuation * predictor);

    private static void RequireAttenuation(double attenuation)
    {
        if (attenuation is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(attenuation),
                attenuation,
                "The attenuation of a bridge distribution lies between 0 and 1.");
        }
    }
}
