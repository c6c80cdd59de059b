using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Comparison;

/// <summary>Standardized means and contrasts of one working model, for participants and for clusters.</summary>
public static class StandardizedResults
{
    /// <summary>Both weightings of one model.</summary>
    /// <param name="method">The fit's kind.</param>
    /// <param name="question">Arms and population.</param>
    /// <param name="averages">The model's averages.</param>
    /// <param name="options">Treatment, level, reference.</param>
    internal static IEnumerable<StandardizedResult> Of(
        string method, TrialStandardization question, StandardizedAverages averages, ComparisonOptions options)
    {
        double? degreesOfFreedom = options.NormalReference ? null : averages.ClustersSeen - 1;
        return new[] { ClusterWeighting.Participant, ClusterWeighting.Cluster }.Select((weighting, block) =>
        {
            var positions = question.Levels.Select((_, arm) =>
                question.IsRobust ? averages.Layout.RobustMean(block, arm) : averages.Layout.ModelMean(block, arm)).ToList();
            double[] means = [.. positions.Select(position => averages.Averages[position])];
            var influences = positions.Select(position => averages.Of((values, gradient) =>
            {
                if (!gradient.IsEmpty)
                {
                    gradient[position] = 1;
                }

                return values[position];
            }).Influence).ToList();
            var standardized = new StandardizedMeans(
                options.Treatment, question.Levels, weighting, means, ClusterInfluence.Join(influences));
            var contrasts = ScaleNames.Measures(options.Glmm.Family, means).SelectMany(measure =>
                Enumerable.Range(1, means.Length - 1).Select(arm =>
                {
                    var (estimate, influence) = averages.Difference(positions[arm], positions[0], measure);
                    return new StandardizedContrast(
                        measure,
                        question.Levels[0],
                        question.Levels[arm],
                        weighting,
                        Coefficient.Wald(measure.Name, estimate, influence.StandardError(0), degreesOfFreedom, options.Level));
                }));
            return new StandardizedResult(method, standardized, [.. contrasts])
            {
                IsRobust = question.IsRobust,
                StandardErrorType = averages.Errors.DescriptionOf(!question.IsRobust),
                Arms = new ArmMeans
                {
                    Levels = question.Levels,
                    Means = means,
                    Influence = standardized.Influence,
                    LeavesOneOut = averages.Errors != StandardizedErrors.Influence && averages.Errors != StandardizedErrors.OfModel,
                    Method = method,
                    Weighting = weighting,
                    IsRobust = question.IsRobust,
                    DegreesOfFreedom = degreesOfFreedom,
                    Level = options.Level,
                    Family = options.Glmm.Family,
                    Link = options.Glmm.EffectiveLink,
                },
            };
        });
    }

    /// <summary>The treatment's levels, the reference first; null when there are not two of them or too many.</summary>
    /// <param name="frame">The rows.</param>
    /// <param name="treatment">The treatment's column.</param>
    public static IReadOnlyList<string>? Levels(ModelFrame frame, string treatment)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return Levels(frame.Recipe, treatment, TreatmentEffect.Find(frame.Design, treatment));
    }

    /// <summary>The treatment's levels, the reference first; null when there are not two of them or too many.</summary>
    /// <param name="recipe">How the rows were coded; null for a frame from arrays.</param>
    /// <param name="treatment">The treatment's column.</param>
    /// <param name="effects">Its coefficients.</param>
    internal static List<string>? Levels(DesignRecipe? recipe, string treatment, IReadOnlyList<TreatmentEffect> effects)
    {
        if (recipe is null)
        {
            return null;
        }

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
