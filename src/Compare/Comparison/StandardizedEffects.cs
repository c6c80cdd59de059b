using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Ladders.Building;
using MarginalConditional.Compare.Longitudinal;
using MarginalConditional.Compare.RandomIntercept;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Data;

namespace MarginalConditional.Compare.Comparison;

/// <summary>What a comparison says of the arms' means: the standardized tables of both fits and the ladder. Immutable.</summary>
/// <param name="Results">By fit and weighting; empty when the treatment has no levels to set.</param>
/// <param name="Ladder">The chain of estimands.</param>
internal sealed record StandardizedEffects(IReadOnlyList<StandardizedResult> Results, EstimandLadder Ladder)
{
    /// <summary>The averages over periods; null when none were named.</summary>
    public PeriodAnalysis? Periods { get; init; }

    /// <summary>The effects by exposure time; null when none was named.</summary>
    public ExposureAnalysis? Exposures { get; init; }

    /// <summary>The ladder of the change of the effect between two times; null when none was asked for.</summary>
    public EstimandLadder? Change { get; init; }

    /// <summary>The ladders of subgroups; null when no column of subgroups was named.</summary>
    public SubgroupAnalysis? Subgroups { get; init; }

    /// <summary>The kind of standard error of the ladder.</summary>
    public StandardizedErrors Errors { get; init; } = StandardizedErrors.OneStep;

    /// <summary>Standardizes both fits of one frame.</summary>
    /// <param name="models">Both fits as working models.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="effects">The coefficients of the treatment.</param>
    /// <param name="likelihood">The marginalized multilevel model, or null.</param>
    public static StandardizedEffects Of(
        StandardizedModels models, ComparisonOptions options, IReadOnlyList<TreatmentEffect> effects, RandomInterceptFit? likelihood)
    {
        var frame = models.Marginal.Frame;
        var levels = StandardizedResults.Levels(frame.Recipe, options.Treatment, effects);
        if (TrialStandardization.Of(frame, options, levels) is not { } question)
        {
            return options.Period is null
                ? new StandardizedEffects([], EstimandLadder.Empty) { Exposures = ByExposure() }
                : throw new InputException($"--period needs arms that rows can be set to, and {options.Treatment} has none.")
                {
                    Hint = $"Make it a category with --factor {options.Treatment}, or leave --period out.",
                };
        }

        var marginalAverages = question.Averages(models.Marginal, models.Errors, models.MarginalChanges);
        var mixedAverages = question.Averages(models.Mixed, models.MixedErrors, models.MixedChanges);
        var fromMarginal = StandardizedResults.Of(models.Marginal.Method, question, marginalAverages, options).ToList();
        var fromMixed = StandardizedResults.Of(models.Mixed.Method, question, mixedAverages, options).ToList();
        var terms = LadderTerms.Of(models.Glmm, effects, options.Treatment);
        var ladder = new ClusterLadder(question, mixedAverages, terms, options, models.Spread).Build();
        var beside = new ClusterLadder(question, marginalAverages, terms, options).Build();
        double? degreesOfFreedom = options.NormalReference ? null : mixedAverages.ClustersSeen - 1;
        var sides = new LadderSides(ladder, options.Level, degreesOfFreedom);
        LadderSide[] others =
        [
            .. sides.Of($"GEE, {models.Gee.Correlation.Name}", beside.Rungs, 1, 3, 4),
            .. sides.OfLikelihood(
                likelihood,
                effects,
                ScaleNames.Own(options.Glmm.Family, options.Glmm.EffectiveLink)?.ScaleOf(question.Proportions),
                models.Errors),
        ];
        return new StandardizedEffects(
            [fromMarginal[0], fromMixed[0], fromMarginal[1], fromMixed[1]], ladder with { Sides = others })
        {
            Errors = models.Errors,
            Periods = PeriodComparer.Analyse(question, models.All, options),
            Exposures = ByExposure(),
            Subgroups = SubgroupComparer.Analyse(models, options, levels, terms),
            Change = ChangeBetweenTimes.Of(models, options, levels, terms),
        };

        ExposureAnalysis? ByExposure() => ExposureComparer.Analyse(
            frame, models.All, options, [.. TrialStandardization.MeasuresOf(options)]);
    }
}
