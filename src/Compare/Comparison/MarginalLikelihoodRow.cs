using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Compare.RandomIntercept;
using MarginalConditional.Data.Coding;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Comparison;

/// <summary>The line of the marginalized multilevel model: a marginal effect by likelihood, beside GEE's.</summary>
internal static class MarginalLikelihoodRow
{
    private const int LeastNodes = 5;

    /// <summary>
    /// Newton's method with exact information takes a dozen steps; far more creep along a ridge that the quadrature makes.
    /// </summary>
    private const int MostSteps = 40;

    /// <summary>Fits the model from where the mixed model ended; null when it does not apply.</summary>
    public static RandomInterceptFit? Fit(MarginalizedCoefficients marginalized, GlmmFit glmm, ComparisonOptions options)
    {
        var intercept = glmm.RandomEffects.Count == 1 && glmm.RandomEffects[0].Names is [DesignMatrix.InterceptName];
        var family = glmm.Family;
        var sigma = intercept ? glmm.RandomEffects[0].StandardDeviations[0] : 0;
        if (sigma == 0 || glmm.Options.HasMixture || !glmm.Convergence.Converged
            || (family != Family.Binomial && family != Family.Poisson) || glmm.Link == Link.Sqrt)
        {
            return null;
        }

        return RandomInterceptFitter.FitMarginalized(glmm.Frame, new RandomInterceptOptions
        {
            Family = family,
            Link = glmm.Link,
            Nodes = Math.Max(LeastNodes, glmm.Nodes),
            StartingCoefficients = marginalized.Estimates.ToArray(),
            StartingStandardDeviation = sigma,
            MaximumIterations = MostSteps,
            LeavesOut = true,
            Threads = options.Glmm.Threads,
            Tolerances = options.Tolerances.RandomIntercept,
        });
    }

    /// <summary>The line of one effect; null without a fit that converged.</summary>
    public static EstimandRow? Of(TreatmentEffect effect, RandomInterceptFit? fit, GeeInference marginal)
    {
        if (fit is null || !fit.Convergence.Converged)
        {
            return null;
        }

        var gee = marginal.Fit.Options;
        var j = effect.Column;
        var plain = marginal.Variance == GeeVariance.Robust || fit.Deletions.IsEmpty;
        var influence = (plain ? fit.Influence() : new ClusterInfluence(fit.Frame.Clusters.Count, fit.Deletions)).At(j);
        var modelBased = marginal.Variance == GeeVariance.Model;
        var error = modelBased ? Math.Sqrt(fit.JointCovariance[(j * (fit.Coefficients.Length + 1)) + j]) : influence.StandardError(0);
        return new EstimandRow(
            Estimand.MarginalLikelihood,
            $"marginalized multilevel model, {fit.Nodes} nodes",
            ScaleNames.Coefficient(gee.Family, gee.EffectiveLink),
            "participant",
            modelBased ? "observed information" : plain ? "robust" : "leave-one-out",
            Coefficient.Wald(effect.Name, fit.Coefficients[j], error, marginal.DegreesOfFreedom()?[j], marginal.Level),
            influence);
    }
}
