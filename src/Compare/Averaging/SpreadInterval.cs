using MarginalConditional.Compare.Influence;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Averaging;

/// <summary>
/// Limits and test of what averaging over random effects changes: the estimate stays, but its law is that of a variance, and skewed.
/// </summary>
/// <remarks>
/// With few clusters τ² is found too small as often as not, and a change A that it makes shrinks with its standard error, so that A ± t·SE
/// misses the truth on one side. A is therefore taken apart, A = q·τ²: q, the change per unit of variance, has a law near the normal, and
/// τ² + v, v the sampling variance of a cluster's effect, one near a multiple of χ², so that its logarithm has. v is told by the standard
/// error, SE(τ²) = (τ² + v)·√(2/ν), with ν the clusters less the coefficients between them, and K/ν takes back what maximum likelihood
/// loses to these. The limits are the least and the largest q·τ² (and a remainder, where there is one) in the ellipse about (q, ln(τ² + v))
/// that t and the joint influences of the clusters give, as limits are recovered from those of the parts (Zou and Donner 2008). The test
/// belongs to the interval: p is the level at which the interval would reach 0. Derived in docs/derivations/gap.md.
/// </remarks>
internal sealed class SpreadInterval
{
    /// <summary>Points of the first look along the axis of the variance.</summary>
    private const int Points = 32;

    /// <summary>Thirds that follow about the best of them: each takes a third off.</summary>
    private const int Thirds = 24;

    private const int Halvings = 40;

    private readonly double[] centre;
    private readonly double[] covariance;
    private readonly double shifted;
    private readonly double noise;
    private readonly double logError;

    private SpreadInterval(double each, double remainder, ClusterInfluence joint, SpreadEstimate spread)
    {
        var error = spread.Influence.StandardError(0);
        noise = Math.Max(0, (error * Math.Sqrt(spread.Degrees / 2)) - spread.Variance);
        var level = spread.Variance + noise;
        shifted = level * spread.Influence.Clusters / spread.Degrees;
        logError = error / level;
        centre = [each, remainder];
        covariance = joint.Covariance();
    }

    /// <summary>Estimate, standard error, and limits and test by way of the variance.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="estimate">The part that is 0 without spread, with φ_c of it.</param>
    /// <param name="spread">The variance of the random effects.</param>
    /// <param name="degreesOfFreedom">Of t; null means normal.</param>
    /// <param name="confidence">The level of the interval, in (0, 1).</param>
    /// <param name="remainder">What is added to it, with φ_c; null for nothing.</param>
    /// <returns>Without limits and test where the variance is 0: nothing tells how far from it the truth may lie.</returns>
    public static Coefficient Of(
        string name,
        (double Value, ClusterInfluence Influence) estimate,
        SpreadEstimate spread,
        double? degreesOfFreedom,
        double confidence,
        (double Value, ClusterInfluence Influence)? remainder = null)
    {
        var clusters = estimate.Influence.Clusters;
        var (rest, restInfluence) = remainder ?? (0, new ClusterInfluence(clusters, new double[clusters]));
        var (whole, error) = (estimate.Value + rest, estimate.Influence.Plus(restInfluence).StandardError(0));
        if (error == 0 && spread.Variance > 0)
        {
            return Coefficient.Wald(name, whole, error, degreesOfFreedom, confidence);
        }

        if (!(spread.Variance > 0) || !double.IsFinite(error))
        {
            return new Coefficient(name, whole, error, degreesOfFreedom, double.NaN, double.NaN, double.NaN, double.NaN);
        }

        var (each, eachInfluence) = spread.PerUnit(estimate.Value, estimate.Influence);
        var interval = new SpreadInterval(each, rest, ClusterInfluence.Join(eachInfluence, restInfluence, spread.Influence), spread);
        var (lower, upper) = interval.Limits(Coefficient.CriticalValue(confidence, degreesOfFreedom));
        var statistic = double.IsFinite(lower + upper) ? Math.CopySign(interval.Reach(), whole) : double.NaN;
        return new Coefficient(
            name,
            whole,
            error,
            degreesOfFreedom,
            statistic,
            StudentDistribution.TwoSided(statistic, degreesOfFreedom ?? double.PositiveInfinity),
            Math.Min(lower, whole),
            Math.Max(upper, whole));
    }

    /// <summary>The number of standard errors with which the limits reach 0.</summary>
    private double Reach()
    {
        var (inside, outside) = (0.0, 1.0);
        while (!Includes(outside))
        {
            (inside, outside) = (outside, 2 * outside);
            if (outside > 1e3)
            {
                return outside;
            }
        }

        for (var k = 0; k < Halvings; k++)
        {
            var middle = (inside + outside) / 2;
            (inside, outside) = Includes(middle) ? (inside, middle) : (middle, outside);
        }

        return outside;

        bool Includes(double errors) => Limits(errors) is { Lower: <= 0, Upper: >= 0 };
    }

    /// <summary>The least and the largest value within so many standard errors.</summary>
    private (double Lower, double Upper) Limits(double errors) => (-Largest(errors, -1), Largest(errors, 1));

    /// <summary>The largest value of sign·(qτ² + remainder), by its profile along the axis of the variance.</summary>
    private double Largest(double errors, double sign)
    {
        var best = 0;
        var values = new double[Points + 1];
        for (var k = 0; k <= Points; k++)
        {
            values[k] = Profile(errors, Position(k), sign);
            best = values[k] > values[best] ? k : best;
        }

        var (left, right) = (Position(Math.Max(0, best - 1)), Position(Math.Min(Points, best + 1)));
        for (var k = 0; k < Thirds; k++)
        {
            var third = (right - left) / 3;
            (left, right) = Profile(errors, left + third, sign) < Profile(errors, right - third, sign)
                ? (left + third, right)
                : (left, right - third);
        }

        return Math.Max(values[best], Profile(errors, (left + right) / 2, sign));

        static double Position(int k) => -Math.Cos(Math.PI * k / Points);
    }

    /// <summary>The largest value where ln(τ² + v) lies z times as far from its estimate as the interval goes, −1 ≤ z ≤ 1.</summary>
    private double Profile(double errors, double z, double sign)
    {
        var variance = Math.Max(0, (shifted * Math.Exp(errors * z * logError)) - noise);
        var (along, across) = (errors * z, errors * Math.Sqrt(Math.Max(0, 1 - (z * z))));

        // Of q and the remainder given the variance: means and covariance of the ellipse's cut.
        var spread = Math.Sqrt(covariance[8]);
        var (q, r) = spread > 0 ? (covariance[2] / spread, covariance[5] / spread) : (0, 0);
        var value = ((centre[0] + (along * q)) * variance) + centre[1] + (along * r);
        var left = (variance * variance * (covariance[0] - (q * q))) + (2 * variance * (covariance[1] - (q * r)))
            + covariance[4] - (r * r);
        return (sign * value) + (across * Math.Sqrt(Math.Max(0, left)));
    }
}
