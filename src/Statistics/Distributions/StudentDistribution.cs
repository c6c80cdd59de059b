using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Statistics.Distributions;

/// <summary>Student's t distribution with any positive degrees of freedom; infinite ones give the standard normal.</summary>
public static class StudentDistribution
{
    /// <summary>How many quantiles a thread remembers: tables of a fit ask for a few again and again.</summary>
    private const int Remembered = 4;

    [ThreadStatic]
    private static (double Probability, double DegreesOfFreedom, double Quantile)[]? known;

    [ThreadStatic]
    private static int oldest;

    /// <summary>P(|T| ≥ |t|), accurate however small.</summary>
    public static double TwoSided(double t, double degreesOfFreedom)
    {
        if (double.IsPositiveInfinity(degreesOfFreedom))
        {
            return 2 * StandardNormal.Cumulative(-Math.Abs(t));
        }

        if (!(degreesOfFreedom > 0) || double.IsNaN(t))
        {
            return double.NaN;
        }

        return IncompleteBeta.AtOdds(degreesOfFreedom / 2, 0.5, t / degreesOfFreedom * t);
    }

    /// <summary>P(T ≤ t).</summary>
    public static double Cumulative(double t, double degreesOfFreedom)
    {
        var tail = 0.5 * TwoSided(t, degreesOfFreedom);
        return t <= 0 ? tail : 1 - tail;
    }

    /// <summary>The density at t.</summary>
    public static double Density(double t, double degreesOfFreedom)
    {
        if (double.IsPositiveInfinity(degreesOfFreedom))
        {
            return StandardNormal.Density(t);
        }

        var half = degreesOfFreedom / 2;
        return Math.Exp(
            RisingFactorial.LogOverPower(half, 0.5) - (0.5 * Math.Log(2 * Math.PI))
            - ((half + 0.5) * Elementary.LogOnePlus(t * t / degreesOfFreedom)));
    }

    /// <summary>The t with P(T ≤ t) = <paramref name="probability"/>, in (0, 1).</summary>
    /// <remarks>Newton's method on the logarithm of the tail probability, kept inside a bracket.</remarks>
    public static double Quantile(double probability, double degreesOfFreedom)
    {
        if (!(probability is > 0 and < 1) || !(degreesOfFreedom > 0))
        {
            return probability == 0 ? double.NegativeInfinity : probability == 1 ? double.PositiveInfinity : double.NaN;
        }

        if (double.IsPositiveInfinity(degreesOfFreedom))
        {
            return StandardNormal.Quantile(probability);
        }

        if (probability == 0.5)
        {
            return 0;
        }

        known ??= new (double, double, double)[Remembered];
        foreach (var (ofProbability, ofDegrees, quantile) in known)
        {
            if (ofProbability == probability && ofDegrees == degreesOfFreedom)
            {
                return quantile;
            }
        }

        var found = Solve(probability, degreesOfFreedom);
        known[oldest] = (probability, degreesOfFreedom, found);
        oldest = (oldest + 1) % Remembered;
        return found;
    }

    private static double Solve(double probability, double degreesOfFreedom)
    {
        var tail = Math.Min(probability, 1 - probability);
        var (low, high) = (0.0, 1.0);
        while (0.5 * TwoSided(high, degreesOfFreedom) > tail)
        {
            (low, high) = (high, 2 * high);
        }

        var t = 0.5 * (low + high);
        for (var step = 0; step < 100; step++)
        {
            var upper = 0.5 * TwoSided(t, degreesOfFreedom);
            (low, high) = upper > tail ? (t, high) : (low, t);
            var next = t + (upper * Math.Log(upper / tail) / Density(t, degreesOfFreedom));
            if (!(next >= low && next <= high))
            {
                next = 0.5 * (low + high);
            }

            if (Math.Abs(next - t) <= 4e-16 * t)
            {
                break;
            }

            t = next;
        }

        return probability < 0.5 ? -t : t;
    }
}
