using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Ladders.Building;
using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Compare.RandomIntercept;
using MarginalConditional.Compare.Summaries;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Comparison;

/// <summary>
/// The facts of a comparison: two fits of one frame, and what follows from
/// them by arithmetic. The checks and statements read them. Immutable.
/// </summary>
internal sealed record ComparedModels
{
    /// <summary>What was asked for.</summary>
    public required ComparisonOptions Options { get; init; }

    /// <summary>The marginal model's standard errors, tests and intervals.</summary>
    public required GeeInference Marginal { get; init; }

    /// <summary>The marginal model.</summary>
    public GeeFit Gee => Marginal.Fit;

    /// <summary>The conditional model.</summary>
    public required GlmmFit Glmm { get; init; }

    /// <summary>The marginal coefficients that the conditional model implies.</summary>
    public required MarginalizedCoefficients Marginalized { get; init; }

    /// <summary>The marginalized multilevel model, or null.</summary>
    public required RandomInterceptFit? MarginalLikelihood { get; init; }

    /// <summary>One comparison for each coefficient of the treatment, the primary ones first.</summary>
    public required IReadOnlyList<EffectComparison> Effects { get; init; }

    /// <summary>Standardized means and contrasts, by fit and weighting.</summary>
    public IReadOnlyList<StandardizedResult> Standardized => Means.Results;

    /// <summary>The ladder of estimands; empty when the treatment has no levels to set.</summary>
    public EstimandLadder Ladder => Means.Ladder;

    /// <summary>Standardized tables and the ladder.</summary>
    public required StandardizedEffects Means { get; init; }

    /// <summary>Both fits as working models.</summary>
    public required StandardizedModels Working { get; init; }

    /// <summary>How effects move with the law of the random intercept; null when it was not looked at.</summary>
    public LawSensitivity? Laws { get; init; }

    /// <summary>What the reader should know of what was asked.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The rows that both models were fitted to.</summary>
    public ModelFrame Frame => Gee.Frame;

    /// <summary>The less converged of the two fits.</summary>
    public Convergence Convergence => Gee.Convergence.Converged ? Glmm.Convergence : Gee.Convergence;

    /// <summary>Why the two answers cannot be compared, in a sentence; null when both fits can be read.</summary>
    public string? Failure
    {
        get
        {
            if (!Convergence.Converged)
            {
                return "One of the fits did not converge, so the two answers cannot be compared.";
            }

            foreach (var alpha in Gee.Correlation.Alpha)
            {
                if (Math.Abs(alpha) >= 1)
                {
                    return $"The working correlation of GEE came out at {Wording.Number(alpha, 2)}, which no correlation can be: its "
                        + "answer cannot be compared.";
                }
            }

            return null;
        }
    }

    /// <summary>The spread pooled over imputed data sets; null for that of the fit.</summary>
    public double? PooledSpread { get; init; }

    /// <summary>The root of the mean of τ² over the rows.</summary>
    public double Spread
    {
        get
        {
            if (PooledSpread is { } pooled)
            {
                return pooled;
            }

            var sum = 0.0;
            foreach (var tau in Marginalized.Model.Spread.Values)
            {
                sum += tau * tau;
            }

            return Math.Sqrt(sum / Marginalized.Model.Spread.Values.Length);
        }
    }

    /// <summary>The same with the clusters' own means beside the ladder.</summary>
    /// <param name="summaries">The cluster-level analysis.</param>
    public ComparedModels Beside(ClusterSummaries summaries)
    {
        if (Ladder.Rungs.Count == 0)
        {
            return this;
        }

        var sides = new LadderSides(Ladder, Options.Level, Ladder.Rungs[0].Inference.DegreesOfFreedom);
        return this with
        {
            Means = Means with
            {
                Ladder = Ladder with { Sides = [.. Ladder.Sides, .. sides.OfSummaries(summaries, Means.Errors)] },
            },
        };
    }

    /// <summary>Collects the facts about two fits of one frame.</summary>
    /// <param name="marginal">The marginal model.</param>
    /// <param name="glmm">The conditional model.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="effects">The coefficients of the treatment.</param>
    public static ComparedModels Of(GeeInference marginal, GlmmFit glmm, ComparisonOptions options, IReadOnlyList<TreatmentEffect> effects)
    {
        var marginalized = Marginalizer.Marginalize(ConditionalModel.Of(glmm));
        var likelihood = options.MarginalLikelihood ? MarginalLikelihoodRow.Fit(marginalized, glmm, options) : null;
        var models = StandardizedModels.Of(marginal, glmm, options);
        var rows = new EffectRows(
            marginal, glmm, options.IsPlain ? null : models.MixedDeletions, marginalized, options.RandomCovariates);
        var primary = TreatmentEffect.Primary(effects);
        var compared = effects
            .Select(effect => rows.Compare(effect, primary.Contains(effect), MarginalLikelihoodRow.Of(effect, likelihood, marginal)))
            .ToList();
        return new ComparedModels
        {
            Options = options,
            Marginal = marginal,
            Glmm = glmm,
            Marginalized = marginalized,
            MarginalLikelihood = likelihood,
            Effects = [.. compared.Where(effect => effect.IsPrimary), .. compared.Where(effect => !effect.IsPrimary)],
            Working = models,
            Notes =
            [
                .. models.HasNoClusters ? new[] { CrossingNote.Of(glmm) } : [],
                .. ExcessZeroNote.Of(marginalized, glmm, [.. compared.Where(effect => effect.IsPrimary)]),
            ],
            Means = StandardizedEffects.Of(models, options, effects, likelihood),
        };
    }
}
