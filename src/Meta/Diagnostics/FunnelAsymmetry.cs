using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Pooling;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Meta.Diagnostics;

/// <summary>The regression test of the funnel's symmetry: do small studies find larger effects?</summary>
/// <param name="Slope">The change of the effect for each unit of standard error.</param>
/// <param name="StandardError">The standard error of the slope.</param>
/// <param name="DegreesOfFreedom">k − 2.</param>
/// <param name="PValue">Two-sided, slope = 0.</param>
/// <param name="Limit">The effect at standard error 0.</param>
/// <param name="LimitInterval">Its interval at the level asked for.</param>
/// <remarks>Egger et al. (1997): weighted least squares of y on √v with weights 1/v and an estimated multiplier of the variance.
/// A small p may come from selective publication, from real differences of
/// small studies, or, for ratios, from y and v sharing counts.</remarks>
public sealed record FunnelAsymmetry(
    double Slope,
    double StandardError,
    int DegreesOfFreedom,
    double PValue,
    double Limit,
    Interval LimitInterval)
{
    /// <summary>Slope divided by its standard error.</summary>
    public double Statistic => Slope / StandardError;

    /// <summary>Runs the test; null when there are fewer than three studies, or the standard errors do not differ.</summary>
    /// <param name="studies">The studies.</param>
    /// <param name="level">The coverage of the interval, in (0, 1).</param>
    /// <param name="tolerances">From where standard errors differ; those of <see cref="MetaTolerances"/> by default.</param>
    public static FunnelAsymmetry? Test(StudyEffects studies, double level = 0.95, MetaTolerances? tolerances = null)
    {
        ArgumentNullException.ThrowIfNull(studies);
        var scaled = ScaledStudies.From(studies);
        double[] y = [.. scaled.Estimates], weights =
            [.. scaled.Variances.ToArray().Select(v => 1 / v)], errors = [.. scaled.Variances.ToArray().Select(Math.Sqrt)];
        var total = weights.Sum();
        var meanError = Enumerable.Range(0, y.Length).Sum(i => weights[i] * errors[i]) / total;
        var meanEffect = Enumerable.Range(0, y.Length).Sum(i => weights[i] * y[i]) / total;
        double spread = 0, product = 0;
        for (var i = 0; i < y.Length; i++)
        {
            spread += weights[i] * (errors[i] - meanError) * (errors[i] - meanError);
            product += weights[i] * (errors[i] - meanError) * (y[i] - meanEffect);
        }

        if (y.Length < 3 || spread <= (tolerances ?? new MetaTolerances()).EqualErrors * y.Length)
        {
            return null;
        }

        var slope = product / spread;
        var residual = Enumerable.Range(0, y.Length)
            .Sum(i => weights[i] * Math.Pow(y[i] - meanEffect - (slope * (errors[i] - meanError)), 2));
        var degrees = y.Length - 2;
        var multiplier = residual / degrees;
        var slopeError = Math.Sqrt(multiplier / spread);
        var limit = meanEffect - (slope * meanError);
        var limitError = Math.Sqrt(multiplier * ((1 / total) + (meanError * meanError / spread)));
        var critical = StudentDistribution.Quantile((1 + level) / 2, degrees);
        var p = StudentDistribution.TwoSided(slope / slopeError, degrees);
        return new FunnelAsymmetry(
            slope,
            slopeError,
            degrees,
            p,
            limit * scaled.Unit,
            Interval.Around(limit * scaled.Unit, critical * limitError * scaled.Unit));
    }
}
