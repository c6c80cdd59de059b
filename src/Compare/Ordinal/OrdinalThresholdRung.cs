using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Ordinal;

/// <summary>A rung of the ladder at one threshold by itself; the ladder's own is their mean with equal weights.</summary>
/// <param name="Rung">0 to 4.</param>
/// <param name="Threshold">The threshold's name, such as <c>1|2</c>.</param>
/// <param name="Weighting">Whom it averages over.</param>
/// <param name="Question">Which arms.</param>
/// <param name="Inference">Estimate, standard error, test and interval.</param>
public sealed record OrdinalThresholdRung(
    int Rung, string Threshold, ClusterWeighting Weighting, LadderQuestion Question, Coefficient Inference);
