using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Profiles;

/// <summary>A variance parameter of a mixed model with its profile-likelihood interval.</summary>
/// <param name="Label">What it is: <c>SD time | patient</c>, <c>correlation (Intercept), time | patient</c>, <c>residual SD</c> or <c>dispersion</c>.</param>
/// <param name="Estimate">The maximum-likelihood estimate; not a number for a correlation with an effect that does not vary.</param>
/// <param name="Interval">The interval.</param>
public sealed record VarianceProfile(string Label, double Estimate, ProfileInterval Interval)
{
    /// <summary>Every standard deviation and correlation, term by term, and the dispersion where it is estimated (of the gaussian family its root).</summary>
    /// <param name="fit">A fit of the mixed model.</param>
    /// <param name="level">The level, in (0, 1).</param>
    public static IReadOnlyList<VarianceProfile> Of(GlmmFit fit, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var profiles = new List<VarianceProfile>();
        var correlated = fit.Model.Levels.SelectMany(random => random.Terms).Select(term => term.Correlated).ToArray();
        for (var t = 0; t < fit.RandomEffects.Count; t++)
        {
            var term = fit.RandomEffects[t];
            for (var a = 0; a < term.Dimension; a++)
            {
                profiles.Add(new VarianceProfile(VarianceLabel.Deviation(term.Names[a], term.Group), term.StandardDeviations[a], ProfileInterval.OfStandardDeviation(fit, t, a, level)));
            }

            for (var a = 1; correlated[t] && a < term.Dimension; a++)
            {
                for (var b = 0; b < a; b++)
                {
                    profiles.Add(new VarianceProfile(VarianceLabel.Correlation(term.Names[b], term.Names[a], term.Group), term.Correlation(b, a), ProfileInterval.OfCorrelation(fit, t, b, a, level)));
                }
            }
        }

        if (ProfileInterval.OfDispersion(fit, level) is { } dispersion)
        {
            profiles.Add(fit.Family == Family.Gaussian
                ? new VarianceProfile(VarianceLabel.Residual, Math.Sqrt(fit.Dispersion), dispersion with { Lower = Math.Sqrt(dispersion.Lower), Upper = Math.Sqrt(dispersion.Upper) })
                : new VarianceProfile("dispersion", fit.Dispersion, dispersion));
        }

        return profiles;
    }
}
