using MarginalConditional.Compare.RandomIntercept;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Comparison.Reasons;

/// <summary>
/// The law of the random intercept: with a bridge distribution instead of a normal
/// the marginal coefficients are φβ, and the likelihood tells which fits better.
/// </summary>
internal static class BridgeCheck
{
    private const string Key = "random-effect-law";

    public static ReasonCheck? Run(ComparedModels comparison)
    {
        // The marginalized model was fitted where there is one random intercept with a variance.
        if (comparison.MarginalLikelihood is null || comparison.Gee.Options.Family != Family.Binomial || comparison.Glmm.Link != Link.Logit)
        {
            return null;
        }

        var fit = RandomInterceptFitter.FitBridge(comparison.Frame, new RandomInterceptOptions
        {
            Family = Family.Binomial,
            Nodes = comparison.MarginalLikelihood.Nodes,
            StartingCoefficients = comparison.Glmm.Coefficients.ToArray(),
            StartingStandardDeviation = comparison.Glmm.RandomEffects[0].StandardDeviations[0],
            Threads = comparison.Options.Glmm.Threads,
            Tolerances = comparison.Options.Tolerances.RandomIntercept,
        });
        if (!fit.Convergence.Converged)
        {
            return new ReasonCheck(
                Key,
                ReasonOutcome.NotApplicable,
                "The model with a bridge-distributed intercept did not converge, so the normal law was not questioned.");
        }

        var effect = comparison.Effects[0];
        var attenuation = BridgeDistribution.AttenuationOf(fit.StandardDeviation);
        var (normal, bridge) = (effect.Marginalized.Inference.Estimate, attenuation * fit.Coefficients[effect.Effect.Column]);
        var difference = fit.LogLikelihood - comparison.Glmm.LogLikelihood;
        return new ReasonCheck(
            Key,
            ReasonOutcome.Remark,
            $"With a bridge instead of a normal random intercept the log-likelihood changes by {Wording.Signed(difference, 1)} and the "
                + $"marginal odds ratio from {Wording.Number(Math.Exp(normal), 2)} to {Wording.Number(Math.Exp(bridge), 2)}.");
    }
}
