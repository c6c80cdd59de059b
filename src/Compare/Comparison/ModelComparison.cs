using MarginalConditional.Compare.Comparison.Reasons;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Compare.RandomIntercept;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Comparison;

/// <summary>One specification fitted both ways, with every estimand beside the others and the gap between them explained. Immutable.</summary>
public sealed record ModelComparison
{
    internal ModelComparison(GeeFit gee, GlmmFit glmm, ComparisonOptions options)
    {
        Gee = gee;
        Glmm = glmm;
        Options = options;
    }

    /// <summary>The rows that both models were fitted to.</summary>
    public ModelFrame Frame => Gee.Frame;

    /// <summary>What was asked for.</summary>
    public ComparisonOptions Options { get; }

    /// <summary>The marginal model.</summary>
    public GeeFit Gee { get; }

    /// <summary>The conditional model.</summary>
    public GlmmFit Glmm { get; }

    /// <summary>The marginal coefficients that the conditional model implies.</summary>
    public required MarginalizedCoefficients Marginalized { get; init; }

    /// <summary>Closed-form approximations to them; null when the link has none.</summary>
    public required ClosedFormMarginals? ClosedForms { get; init; }

    /// <summary>The marginalized multilevel model; null when it was not asked for, or does not apply (more than a random intercept, no variance).</summary>
    public RandomInterceptFit? MarginalLikelihood { get; init; }

    /// <summary>One comparison for each coefficient of the treatment, the primary ones first.</summary>
    public required IReadOnlyList<EffectComparison> Effects { get; init; }

    /// <summary>Standardized means and contrasts, by fit and weighting; empty when the treatment has no levels to set.</summary>
    public required IReadOnlyList<StandardizedResult> Standardized { get; init; }

    /// <summary>What was looked at to explain the rest of the gap.</summary>
    public IReadOnlyList<ReasonCheck> Checks { get; init; } = [];

    /// <summary>The conclusion in plain sentences, which claim only what a test shows.</summary>
    public IReadOnlyList<string> Verdict { get; init; } = [];

    /// <summary>The conditional and the marginal estimand in the terms of ICH E9(R1).</summary>
    public IReadOnlyList<EstimandStatement> Estimands { get; init; } = [];

    /// <summary>What the reader should know, one sentence each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The less converged of the two fits.</summary>
    public Convergence Convergence => Gee.Convergence.Converged ? Glmm.Convergence : Gee.Convergence;

    /// <summary>The standard deviation that the random effects add to the linear predictor: the root of the mean of τ² over the rows.</summary>
    public double Spread
    {
        get
        {
            var sum = 0.0;
            foreach (var tau in Marginalized.Model.Spread.Values)
            {
                sum += tau * tau;
            }

            return Math.Sqrt(sum / Marginalized.Model.Spread.Values.Length);
        }
    }
}
