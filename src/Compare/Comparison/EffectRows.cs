using MarginalConditional.Compare.Averaging;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Comparison;

/// <summary>
/// Sets the estimates of one coefficient side by side: a line an estimand, and the gap between the first and the last of the three.
/// </summary>
internal sealed class EffectRows
{
    private readonly GeeInference inference;
    private readonly GeeFit gee;
    private readonly GlmmFit glmm;
    private readonly MarginalizedCoefficients marginalized;
    private readonly ComparedInfluences influences;
    private readonly SpreadEstimate? spread;
    private readonly double[] delta;
    private readonly string scale;
    private readonly double level;
    private readonly bool modelBased;
    private readonly string errors;

    /// <summary>Prepares the lines.</summary>
    /// <param name="inference">The marginal model.</param>
    /// <param name="glmm">The mixed model.</param>
    /// <param name="deletions">What leaving each cluster out does to the mixed model; null for plain influences.</param>
    /// <param name="marginalized">The marginal coefficients it implies.</param>
    /// <param name="randomCovariates">Whether the covariates count as a sample.</param>
    public EffectRows(
        GeeInference inference, GlmmFit glmm, double[]? deletions, MarginalizedCoefficients marginalized, bool randomCovariates)
    {
        modelBased = inference.Variance == GeeVariance.Model || glmm.ClusterScores.IsEmpty;
        errors = modelBased ? "observed information" : deletions is null ? "robust" : "leave-one-out";
        this.inference = inference;
        gee = inference.Fit;
        this.glmm = glmm;
        this.marginalized = marginalized;
        influences = ComparedInfluences.Of(inference, glmm, deletions, marginalized, randomCovariates);

        // Where covariates tell of excess zeros, coefficients differ although the random effects may not vary at all.
        spread = glmm.ClusterScores.IsEmpty || marginalized.Model.Zeros?.Design is not null ? null : SpreadEstimate.Of(
            marginalized.Model, glmm.Parameters, glmm.Frame.Clusters, influences.Conditional.Values, leavesOut: false);
        delta = marginalized.Covariance(glmm.JointCovariance);
        scale = ScaleNames.Coefficient(gee.Options.Family, glmm.Link);
        level = inference.Level;
    }

    /// <summary>The comparison of one coefficient.</summary>
    /// <param name="effect">The coefficient.</param>
    /// <param name="primary">Whether it answers the question first.</param>
    /// <param name="likelihood">Its line by the marginalized multilevel model, or null.</param>
    public EffectComparison Compare(TreatmentEffect effect, bool primary, EstimandRow? likelihood)
    {
        var j = effect.Column;
        var (conditional, own, marginal) = (Conditional(effect), Marginalized(effect), Marginal(effect));
        return new EffectComparison
        {
            Effect = effect,
            IsPrimary = primary,
            Conditional = conditional,
            Marginalized = own,
            Marginal = marginal,
            MarginalLikelihood = likelihood,
            Gap = GapDecomposition.Of(
                (glmm.Coefficients[j], conditional.Influence),
                (marginalized.Estimates[j], own.Influence),
                (gee.Coefficients[j], marginal.Influence),
                marginal.Inference.DegreesOfFreedom,
                level,
                spread),
        };
    }

    private EstimandRow Conditional(TreatmentEffect effect)
    {
        var j = effect.Column;
        var influence = influences.Conditional.At(j);
        var error = modelBased ? Math.Sqrt(glmm.JointCovariance[(j * glmm.ParameterCount) + j]) : influence.StandardError(0);
        return new EstimandRow(
            Estimand.Conditional,
            $"GLMM, {(glmm.Nodes == 1 ? "Laplace" : $"{glmm.Nodes} nodes")}",
            scale,
            "each cluster's own",
            errors,
            Coefficient.Wald(effect.Name, glmm.Coefficients[j], error, inference.DegreesOfFreedom()?[j], level),
            influence);
    }

    private EstimandRow Marginalized(TreatmentEffect effect)
    {
        var j = effect.Column;
        var influence = influences.Marginalized.At(j);
        var error = modelBased && !influences.RandomCovariates
            ? Math.Sqrt(delta[(j * marginalized.Estimates.Length) + j])
            : influence.StandardError(0);
        return new EstimandRow(
            Estimand.Marginalized,
            "GLMM averaged over its random effects",
            scale,
            "participant",
            influences.RandomCovariates ? $"{(modelBased ? "robust" : errors)}, covariates sampled" : $"{errors}, covariates fixed",
            Coefficient.Wald(effect.Name, marginalized.Estimates[j], error, inference.DegreesOfFreedom()?[j], level),
            influence);
    }

    private EstimandRow Marginal(TreatmentEffect effect)
    {
        var j = effect.Column;
        var error = inference.StandardErrors()[j];
        return new EstimandRow(
            Estimand.Marginal,
            $"GEE, {gee.Correlation.Name}",
            scale,
            "as the working correlation weighs",
            inference.Variance.Name,
            Coefficient.Wald(effect.Name, gee.Coefficients[j], error, inference.DegreesOfFreedom()?[j], level),
            influences.Marginal.At(j));
    }
}
