using MathNet.Numerics.Integration;

namespace MarginalConditional.Statistics.Distributions;

/// <summary>Two standard normal variables with a correlation: the probability of a quadrant.</summary>
/// <remarks>
/// Genz (2004), section 2.4. Up to |r| = 0.925 the derivative by the angle θ = arcsin r, whose integral Plackett (1954) gave, is smooth:
/// P = Φ(h)Φ(k) + (1/2π)∫₀^θ exp{−(h² + k² − 2hk sin t)/(2cos² t)}dt. Nearer to 1 its expansion about r = 1 is integrated exactly and
/// only the rest by rule. The absolute error is about 1e-15.
/// </remarks>
public static class BivariateNormal
{
    /// <summary>Beyond it the integrand of the angle is too sharp for the rule (Genz 2004).</summary>
    private const double Strong = 0.925;

    /// <summary>exp(−100) is nothing beside 1e-16.</summary>
    private const double Nothing = -100;

    private const double RootTwoPi = 2.50662827463100050241576528481;

    private static readonly GaussLegendreRule Legendre = new(0, 1, 20);

    /// <summary>P(X ≤ h, Y ≤ k).</summary>
    /// <param name="h">Any number, infinite ones too.</param>
    /// <param name="k">Any number, infinite ones too.</param>
    /// <param name="correlation">r, −1 to 1.</param>
    public static double Cumulative(double h, double k, double correlation)
    {
        if (!(Math.Abs(correlation) <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(correlation), correlation, "A correlation lies between −1 and 1.");
        }

        if (double.IsInfinity(h) || double.IsInfinity(k))
        {
            return double.IsNegativeInfinity(h) || double.IsNegativeInfinity(k) ? 0
                : StandardNormal.Cumulative(double.IsInfinity(h) ? k : h);
        }

        var probability = Math.Abs(correlation) < Strong ? Moderate(h, k, correlation) : Extreme(h, k, correlation);
        return Math.Clamp(probability, 0, 1);
    }

    /// <summary>The derivative of P(X ≤ h, Y ≤ k) by the angle θ whose sine is the correlation: bounded, and never negative.</summary>
    /// <param name="h">Finite.</param>
    /// <param name="k">Finite.</param>
    /// <param name="angle">θ, strictly between −π/2 and π/2.</param>
    public static double SlopeByAngle(double h, double k, double angle)
    {
        var (sine, cosine) = Math.SinCos(angle);
        return Math.Exp(((sine * h * k) - (((h * h) + (k * k)) / 2)) / (cosine * cosine)) / (2 * Math.PI);
    }

    private static double Moderate(double h, double k, double correlation)
    {
        var squares = ((h * h) + (k * k)) / 2;
        var product = h * k;
        var angle = Math.Asin(correlation);
        var sum = 0.0;
        for (var i = 0; i < Legendre.Order; i++)
        {
            var sine = Math.Sin(angle * Legendre.GetAbscissa(i));
            sum += Legendre.GetWeight(i) * Math.Exp(((sine * product) - squares) / (1 - (sine * sine)));
        }

        return (angle * sum / (2 * Math.PI)) + (StandardNormal.Cumulative(h) * StandardNormal.Cumulative(k));
    }

    // With s = √(1 − r²) from 0 on: the integrand is exp{−(b²/s² + hk)/2} times a factor whose expansion to s⁴ has a closed integral.
    private static double Extreme(double h, double k, double correlation)
    {
        // For r < 0, P(X ≤ h, Y ≤ k) = Φ(h) − P(X ≤ h, −Y ≤ −k) up to what the bound at r = −1 leaves.
        k = correlation < 0 ? -k : k;
        var bound = correlation > 0 ? StandardNormal.Cumulative(Math.Min(h, k)) : Math.Max(0, Between(k, h));
        var loss = 0.0;
        if (Math.Abs(correlation) < 1)
        {
            var product = h * k;
            var distance = Math.Abs(h - k);
            var square = (1 - correlation) * (1 + correlation);
            var root = Math.Sqrt(square);
            var (first, second) = ((4 - product) / 8, (12 - product) / 16);
            var exponent = -((distance * distance / square) + product) / 2;
            if (exponent > Nothing)
            {
                loss = root * Math.Exp(exponent) * (1 - (first * ((distance * distance) - square)
                    * (1 - (second * distance * distance / 5)) / 3) + (first * second * square * square / 5));
            }

            if (product > Nothing)
            {
                loss -= Math.Exp(-product / 2) * RootTwoPi * StandardNormal.Cumulative(-distance / root) * distance
                    * (1 - (first * distance * distance * (1 - (second * distance * distance / 5)) / 3));
            }

            loss = (loss + Rest(root, distance * distance, product, first, second)) / (2 * Math.PI);
        }

        return correlation > 0 ? bound - loss : bound + loss;
    }

    /// <summary>The integral of what the expansion leaves.</summary>
    private static double Rest(double root, double square, double product, double first, double second)
    {
        var rest = 0.0;
        for (var i = 0; i < Legendre.Order; i++)
        {
            var s = root * Legendre.GetAbscissa(i);
            var s2 = s * s;
            var exponent = -((square / s2) + product) / 2;
            if (exponent > Nothing)
            {
                var r = Math.Sqrt(1 - s2);
                var exact = Math.Exp(-product * s2 / (2 * (1 + r) * (1 + r))) / r;
                rest += root * Legendre.GetWeight(i) * Math.Exp(exponent) * (exact - (1 + (first * s2 * (1 + (second * s2)))));
            }
        }

        return rest;
    }

    /// <summary>Φ(b) − Φ(a) by the tails that are small.</summary>
    private static double Between(double a, double b) => a > 0
        ? StandardNormal.UpperTail(a) - StandardNormal.UpperTail(b)
        : StandardNormal.Cumulative(b) - StandardNormal.Cumulative(a);
}
