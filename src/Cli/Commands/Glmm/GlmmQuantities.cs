using MarginalConditional.Cli.Results;
using MarginalConditional.Glmm;
using MarginalConditional.Profiling;

namespace MarginalConditional.Cli.Commands.Glmm;

/// <summary>The numbers of a generalized linear mixed model beside its coefficients.</summary>
internal static class GlmmQuantities
{
    /// <summary>Standard deviations, correlations, intraclass correlations, dispersion, and criteria.</summary>
    public static IReadOnlyList<FitQuantity> Of(GlmmFit fit, IReadOnlyList<ClusteringMeasures> measures) =>
    [
        .. RandomEffectQuantities.Of(fit.RandomEffects),
        .. measures.Select(level => new FitQuantity($"Latent ICC, {level.Group}", level.Latent.Estimate, QuantityKind.Share)),
        .. fit.Dispersion == 1 ? [] : new[] { new FitQuantity("Dispersion", fit.Dispersion, QuantityKind.Plain) },
        new FitQuantity("Log-likelihood", fit.LogLikelihood, QuantityKind.Criterion),
        new FitQuantity("AIC", fit.Aic, QuantityKind.Criterion), new FitQuantity("BIC", fit.Bic, QuantityKind.Criterion),
    ];
}
