using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Standardization;

namespace MarginalConditional.Compare.Ordinal;

/// <summary>What a cumulative mixed model says of one population. Immutable.</summary>
/// <param name="Question">The population, and the arms.</param>
/// <param name="Estimates">The averages.</param>
/// <param name="Ladder">The ladder.</param>
/// <param name="ByThreshold">Its rungs at each threshold.</param>
/// <param name="Standardized">Categories, scores and win probabilities.</param>
internal sealed record OrdinalAnswers(
    TrialStandardization Question,
    OrdinalEstimates Estimates,
    EstimandLadder Ladder,
    IReadOnlyList<OrdinalThresholdRung> ByThreshold,
    IReadOnlyList<OrdinalStandardized> Standardized);
