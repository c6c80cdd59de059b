using MarginalConditional.Compare.Ladders;

namespace MarginalConditional.Report.Gallery;

/// <summary>What the rungs and steps of a ladder are called in a picture.</summary>
/// <param name="Treatment">The variable whose effect it is.</param>
/// <param name="Whose">Whose answer a rung is: <c>this patient, at this site</c>.</param>
/// <param name="Averaging">What a step does: <c>averaged over sites</c>.</param>
/// <param name="Reason">Why the next rung differs: <c>sites differ, σ = 0.91</c>.</param>
public sealed record LadderLabels(
    string Treatment, Func<LadderRung, string> Whose, Func<LadderStep, string> Averaging, Func<LadderStep, string> Reason);
