using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Ladders.Building;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Glmm;

namespace MarginalConditional.Compare.Comparison;

/// <summary>What a comparison says of the arms' means: the standardized tables of both fits and the ladder. Immutable.</summary>
/// <param name="Results">By fit and weighting; empty when the treatment has no levels to set.</param>
/// <param name="Ladder">The chain of estimands.</param>
internal sealed record StandardizedEffects(IReadOnlyList<StandardizedResult> Results, EstimandLadder Ladder)
{
    /// <summary>Standardizes both fits of one frame.</summary>
    public static StandardizedEffects Of(
        GeeInference inference, GlmmFit glmm, ComparisonOptions options, IReadOnlyList<TreatmentEffect> effects)
    {
        var frame = inference.Fit.Frame;
        var levels = StandardizedResults.Levels(frame.Recipe, options.Treatment, effects);
        if (TrialStandardization.Of(frame, options, levels) is not { } question)
        {
            return new StandardizedEffects([], EstimandLadder.Empty);
        }

        var errors = options.StandardizedErrors ?? StandardizedAverages.Default(frame.Clusters.Count, frame.Rows);
        var (marginal, mixed) = (WorkingModel.Of(inference), WorkingModel.Of(glmm));
        var marginalAverages = question.Averages(marginal, errors, Changes(marginal, errors));
        var mixedAverages = question.Averages(mixed, errors, Changes(mixed, errors));
        var fromMarginal = StandardizedResults.Of(marginal.Method, question, marginalAverages, options).ToList();
        var fromMixed = StandardizedResults.Of(mixed.Method, question, mixedAverages, options).ToList();
        var terms = LadderTerms.Of(glmm, effects);
        var ladder = new ClusterLadder(question, mixedAverages, terms, options).Build();
        var beside = new ClusterLadder(question, marginalAverages, terms, options).Build();
        double? degreesOfFreedom = options.NormalReference ? null : mixedAverages.ClustersSeen - 1;
        var sides = new LadderSides(ladder, options.Level, degreesOfFreedom)
            .Of($"GEE, {inference.Fit.Correlation.Name}", beside.Rungs, 1, 3, 4);
        return new StandardizedEffects(
            [fromMarginal[0], fromMixed[0], fromMarginal[1], fromMixed[1]], ladder with { Sides = [.. sides] });
    }

    /// <summary>What each cluster does to ψ̂, as the kind of standard error needs it.</summary>
    private static double[] Changes(WorkingModel model, StandardizedErrors errors) =>
        errors == StandardizedErrors.Influence ? model.Influence.Values.ToArray()
        : errors == StandardizedErrors.Jackknife ? model.Refits()
        : model.Deletions();
}
