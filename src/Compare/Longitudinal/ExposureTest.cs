using MarginalConditional.Compare.Estimands;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Longitudinal;

/// <summary>Whether the effect is the same at every exposure.</summary>
/// <param name="Method">The working model's kind.</param>
/// <param name="Weighting">Whether rows or clusters count alike.</param>
/// <param name="Scale">The scale compared on.</param>
/// <param name="Test">F with as many degrees of freedom as exposures less one, and K − 1.</param>
public sealed record ExposureTest(string Method, ClusterWeighting Weighting, string Scale, WaldTest Test);
