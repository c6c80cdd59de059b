using MarginalConditional.Compare.Comparison.Reasons;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Compare.RandomIntercept;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Comparison;

/// <summary>Fits one specification both ways and compares what comes out.</summary>
public static class ModelComparer
{
    /// <summary>Fits the marginal and the conditional model of a frame and compares them.</summary>
    /// <param name="frame">Shared by both fits. Its coarsest random term has to group as its clusters do; without random terms the mixed model gets a random intercept.</param>
    /// <param name="options">What to compare and how to fit it.</param>
    public static ModelComparison Compare(ModelFrame frame, ComparisonOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Compare(GeeFitter.Fit(frame, options.Gee), GlmmFitter.Fit(frame, options.Glmm), options);
    }

    /// <summary>Compares two fits of one frame.</summary>
    public static ModelComparison Compare(GeeFit gee, GlmmFit glmm, ComparisonOptions options)
    {
        ArgumentNullException.ThrowIfNull(gee);
        ArgumentNullException.ThrowIfNull(glmm);
        ArgumentNullException.ThrowIfNull(options);
        if (!ReferenceEquals(gee.Frame, glmm.Frame) || gee.Options.EffectiveLink != glmm.Link)
        {
            throw new ArgumentException("The fits have to share the frame and the link.", nameof(glmm));
        }

        var effects = TreatmentEffect.Find(gee.Frame.Design, options.Treatment);
        if (effects.Count == 0)
        {
            throw new ArgumentException($"No coefficient of the design belongs to \"{options.Treatment}\".", nameof(options));
        }

        var marginalized = Marginalizer.Marginalize(ConditionalModel.Of(glmm));
        var influences = ComparedInfluences.Of(gee, glmm, marginalized, options.RandomCovariates);
        var recipe = gee.Frame.Recipe;
        var primary = TreatmentEffect.Primary(effects);
        var likelihood = options.MarginalLikelihood ? MarginalLikelihoodRow.Fit(marginalized, glmm, options) : null;
        var comparisons = effects
            .Select(effect => MarginalLikelihoodRow.Add(CompareEffect(effect, primary.Contains(effect), gee, glmm, marginalized, influences), likelihood, gee))
            .ToList();
        comparisons = [.. comparisons.Where(comparison => comparison.IsPrimary), .. comparisons.Where(comparison => !comparison.IsPrimary)];
        var standardized = recipe is null ? [] : Standardize(gee, glmm, options, effects, recipe);
        var comparison = new ModelComparison(gee, glmm, options)
        {
            Marginalized = marginalized,
            ClosedForms = ClosedFormMarginals.Of(marginalized),
            MarginalLikelihood = likelihood,
            Effects = comparisons,
            Standardized = standardized,
            Warnings = [.. gee.Warnings.Select(warning => "GEE: " + warning), .. glmm.Warnings.Select(warning => "GLMM: " + warning)],
        };
        comparison = comparison with { Checks = options.CheckReasons ? ReasonChecks.Run(comparison) : [] };
        return comparison with { Verdict = VerdictText.Of(comparison), Estimands = EstimandStatements.Of(comparison) };
    }

    private static EffectComparison CompareEffect(
        TreatmentEffect effect, bool isPrimary, GeeFit gee, GlmmFit glmm, MarginalizedCoefficients marginalized, ComparedInfluences influences)
    {
        var j = effect.Column;
        var level = gee.Options.Level;
        var scale = ScaleNames.Coefficient(gee.Options.Family, glmm.Link);
        var marginalizedInfluence = influences.Marginalized.At(j);
        var p = gee.Coefficients.Length;
        var marginalizedError = influences.RandomCovariates
            ? marginalizedInfluence.StandardError(0)
            : Math.Sqrt(marginalized.Covariance(glmm.JointCovariance)[(j * p) + j]);
        var marginalDf = gee.DegreesOfFreedom()?[j];
        var nodes = glmm.Nodes == 1 ? "Laplace" : $"{glmm.Nodes} nodes";
        List<EstimandRow> rows =
        [
            new(Estimand.Conditional, $"GLMM, {nodes}", scale, "each cluster's own", "observed information",
                Coefficient.Wald(effect.Name, glmm.Coefficients[j], Math.Sqrt(glmm.JointCovariance[(j * glmm.ParameterCount) + j]), null, level),
                influences.Conditional.At(j)),
            new(Estimand.Marginalized, "GLMM averaged over its random effects", scale, "participant",
                influences.RandomCovariates ? "influence, covariates sampled" : "delta method, covariates fixed",
                Coefficient.Wald(effect.Name, marginalized.Estimates[j], marginalizedError, null, level), marginalizedInfluence),
            new(Estimand.Marginal, $"GEE, {gee.Correlation.Name}", scale, "as the working correlation weighs",
                gee.Options.Variance.Name,
                Coefficient.Wald(effect.Name, gee.Coefficients[j], gee.StandardErrors(gee.Options.Variance)[j], marginalDf, level), influences.Marginal.At(j)),
        ];
        var gap = GapDecomposition.Of(
            (glmm.Coefficients[j], rows[0].Influence), (marginalized.Estimates[j], marginalizedInfluence), (gee.Coefficients[j], rows[2].Influence), marginalDf, level);
        return new EffectComparison(effect, isPrimary, rows, gap);
    }

    private static List<StandardizedResult> Standardize(
        GeeFit gee, GlmmFit glmm, ComparisonOptions options, IReadOnlyList<TreatmentEffect> effects, IDesignRecipe recipe)
    {
        var known = recipe.LevelsOf(options.Treatment);
        if (known.Count < 2 || (!recipe.IsFactor(options.Treatment) && known.Count > 2))
        {
            return [];
        }

        // The reference is the level no coefficient is named after.
        var named = effects.Select(effect => effect.Level).ToHashSet(StringComparer.Ordinal);
        var reference = recipe.IsFactor(options.Treatment) ? known.FirstOrDefault(candidate => !named.Contains(candidate)) ?? known[0] : known[0];
        List<string> levels = [reference, .. known.Where(candidate => candidate != reference)];
        var results = new List<StandardizedResult>();
        foreach (var weighting in new[] { ClusterWeighting.Participant, ClusterWeighting.Cluster })
        {
            results.Add(Result("GEE", PredictionModel.Of(gee), weighting));
            results.Add(Result("GLMM", PredictionModel.Of(glmm), weighting));
        }

        return results;

        StandardizedResult Result(string method, PredictionModel model, ClusterWeighting weighting)
        {
            var means = StandardizedMeans.Compute(
                model, options.Treatment, levels, weighting, value => recipe.With([(options.Treatment, value), .. options.At]));
            var measures = ScaleNames.Measures(gee.Options.Family, means.Means);
            var df = gee.DegreesOfFreedom()?[effects[0].Column];
            return new StandardizedResult(
                method, means, [.. measures.SelectMany(measure => StandardizedContrast.Against(means, measure, df, gee.Options.Level))]);
        }
    }
}
