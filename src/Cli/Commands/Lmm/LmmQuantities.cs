using MarginalConditional.Cli.Results;
using MarginalConditional.Lmm;

namespace MarginalConditional.Cli.Commands.Lmm;

/// <summary>The numbers of a linear mixed model beside its coefficients.</summary>
internal static class LmmQuantities
{
    /// <summary>Standard deviations, correlations, parameters of residual structures, and criteria.</summary>
    public static IReadOnlyList<FitQuantity> Of(LmmFit fit) =>
    [
        .. RandomEffectQuantities.Of(fit.RandomEffects),
        .. fit.ResidualCovariances.Count == 0
            ? [new FitQuantity("Residual SD", Math.Sqrt(fit.ResidualVariance), QuantityKind.Deviation)]
            : Array.Empty<FitQuantity>(),
        .. fit.ResidualCovariances.SelectMany(one => one.ParameterNames.Zip(one.Parameters, (name, value) => new FitQuantity(
            one.Group.Length == 0 ? $"Residual {name}" : $"Residual {name}, {one.Group}", value, QuantityKind.Criterion))),
        new FitQuantity("Log-likelihood", fit.LogLikelihood, QuantityKind.Criterion),
        new FitQuantity("AIC", fit.Aic, QuantityKind.Criterion), new FitQuantity("BIC", fit.Bic, QuantityKind.Criterion),
    ];
}
