using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Comparison.Reasons;

/// <summary>What the ladder's own lower steps say: whether the model misses the arms' means, and whether size matters.</summary>
/// <remarks>
/// Tests by joint leave-one-out influences, t with K − 1; with few clusters they reject less often than asked (Li and others 2025).
/// </remarks>
internal static class LadderStepCheck
{
    /// <summary>The step from the model's means to the means whatever the model.</summary>
    public static ReasonCheck? Model(ComparedModels comparison) => Step(comparison, 2) is not { } step ? null : ReasonCheck.ByTest(
        "model-misses",
        AsTest(step),
        comparison.Options.Tolerances.Alpha,
        $"The arms' own means and those of the mixed model give different effects ({Wording.P(step.PValue)}): the model misses something.",
        $"The arms' own means and those of the mixed model give one effect ({Wording.P(step.PValue)}).") with
    {
        Threatens = [0, 1, 2],
        Consequence = "rungs 0 to 2 then rest on a model that does not hold: read rung 3",
    };

    /// <summary>The step from each participant to each cluster counting once.</summary>
    public static ReasonCheck? Size(ComparedModels comparison) =>
        comparison.Frame.Clusters.MinimumSize == comparison.Frame.Clusters.MaximumSize || Step(comparison, 3) is not { } step
            ? null
            : ReasonCheck.ByTest(
                "size-changes-effect",
                AsTest(step),
                comparison.Options.Tolerances.Alpha,
                $"Counting each {comparison.Options.Trial.Unit} once gives another effect than counting each {Counted(comparison)} once "
                    + $"({Wording.P(step.PValue)}): the effect goes with size.",
                $"Counting each {comparison.Options.Trial.Unit} once or each {Counted(comparison)} once gives one effect "
                    + $"({Wording.P(step.PValue)}).") with
            {
                Threatens = [0, 1, 2],
                Consequence = "rungs 3 and 4 are two different answers, and no coefficient is either: read the one the question asks for",
            };

    /// <summary>What counts once in a participant average.</summary>
    private static string Counted(ComparedModels comparison) =>
        comparison.Options.Trial.HasVisits(comparison.Frame) ? "row" : "participant";

    /// <summary>The step on the difference of means, which exists whatever the link.</summary>
    private static Coefficient? Step(ComparedModels comparison, int from) => comparison.Ladder.Steps.FirstOrDefault(step =>
        step.From == from && step.Weighting == ClusterWeighting.Participant && !step.IsZeroByIdentity
        && !step.Scale.StartsWith("log ", StringComparison.Ordinal)) is { } found && found.Inference.StandardError > 0
            ? found.Inference
            : null;

    private static WaldTest AsTest(Coefficient step) =>
        new(step.Statistic * step.Statistic, 1, step.DegreesOfFreedom, step.PValue);
}
