using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Fitting;

/// <summary>Mean and variance of a row's outcome given its random effects, mixtures counted.</summary>
internal sealed class RowLaw
{
    private readonly Family family;
    private readonly double scale;
    private readonly double correlation;

    /// <summary>The law of a model.</summary>
    /// <param name="options">Family and mixture.</param>
    /// <param name="dispersion">φ.</param>
    public RowLaw(GlmmOptions options, double dispersion)
    {
        family = options.Family is Family.NegativeBinomialFamily && double.IsFinite(1 / dispersion)
            ? Family.NegativeBinomial(1 / dispersion)
            : options.Family;
        scale = family.HasUnitDispersion ? 1 : dispersion;
        correlation = options.BetaBinomial ? dispersion / (1 + dispersion) : 0;
    }

    /// <summary>E(y | u).</summary>
    /// <param name="mean">g⁻¹(η).</param>
    /// <param name="inflation">π.</param>
    public double Mean(double mean, double inflation) => (1 - inflation) * mean;

    /// <summary>Var(y | u), of a proportion of trials.</summary>
    /// <param name="mean">g⁻¹(η).</param>
    /// <param name="trials">Numbers of trials; 1 where there are none.</param>
    /// <param name="inflation">π.</param>
    public double Variance(double mean, double trials, double inflation) => (1 - inflation)
        * ((scale * family.Variance(mean) * (1 + (correlation * (trials - 1))) / trials) + (inflation * mean * mean));
}
