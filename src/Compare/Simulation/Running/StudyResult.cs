using MarginalConditional.Compare.Simulation.Studies;

namespace MarginalConditional.Compare.Simulation.Running;

/// <summary>The outcome of a run. Immutable.</summary>
/// <param name="Study">What was run.</param>
/// <param name="Scenarios">One entry a scenario, in the grid's order.</param>
/// <param name="Complete">Whether every replicate was run; false after an interruption.</param>
/// <param name="Failures">What exceptions said, the most frequent first; empty when there were none.</param>
public sealed record StudyResult(
    Study Study, IReadOnlyList<ScenarioResult> Scenarios, bool Complete, IReadOnlyList<StudyFailure> Failures);
