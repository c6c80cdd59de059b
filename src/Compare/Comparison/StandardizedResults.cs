using MarginalConditional.Compare.Estimands;
using MarginalConditional.Data.Coding;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Glmm;

namespace MarginalConditional.Compare.Comparison;

/// <summary>Standardizes both fits over the rows and over the clusters, where the treatment has levels to set.</summary>
internal static class StandardizedResults
{
    /// <summary>
    /// Means and contrasts by fit and weighting; empty for a frame that was not built from a data set, or a treatment of many numbers,
    /// and when some row has no mean under a level because the columns that say so were left out.
    /// </summary>
    public static IReadOnlyList<StandardizedResult> Of(
        GeeInference inference, GlmmFit glmm, ComparisonOptions options, IReadOnlyList<TreatmentEffect> effects)
    {
        if (inference.Fit.Frame.Recipe is not { } recipe || Levels(recipe, options.Treatment, effects) is not { } levels
            || !levels.All(value => recipe.IsEstimable([(options.Treatment, value), .. options.At])))
        {
            return [];
        }

        var (marginal, conditional) = (PredictionModel.Of(inference), PredictionModel.Of(glmm));
        var degreesOfFreedom = inference.DegreesOfFreedom()?[effects[0].Column];
        return
        [
            .. new[] { ClusterWeighting.Participant, ClusterWeighting.Cluster }.SelectMany(weighting => new[]
            {
                Result("GEE", marginal, weighting),
                Result("GLMM", conditional, weighting),
            }),
        ];

        StandardizedResult Result(string method, PredictionModel model, ClusterWeighting weighting)
        {
            var means = StandardizedMeans.Compute(
                model, options.Treatment, levels, weighting, value => recipe.With([(options.Treatment, value), .. options.At]));
            var measures = ScaleNames.Measures(inference.Fit.Options.Family, means.Means);
            return new StandardizedResult(
                method,
                means,
                [.. measures.SelectMany(measure => StandardizedContrast.Against(means, measure, degreesOfFreedom, inference.Level))]);
        }
    }

    /// <summary>The treatment's levels, the reference first; null when there are not two of them or too many.</summary>
    private static List<string>? Levels(DesignRecipe recipe, string treatment, IReadOnlyList<TreatmentEffect> effects)
    {
        var known = recipe.LevelsOf(treatment);
        if (known.Count < 2 || (!recipe.IsFactor(treatment) && known.Count > 2))
        {
            return null;
        }

        // The reference is the level no coefficient is named after.
        var named = effects.Select(effect => effect.Level).ToHashSet(StringComparer.Ordinal);
        var reference = recipe.IsFactor(treatment) ? known.FirstOrDefault(candidate => !named.Contains(candidate)) ?? known[0] : known[0];
        return [reference, .. known.Where(candidate => candidate != reference)];
    }
}
