using MarginalConditional.Compare.Estimands;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Longitudinal;

/// <summary>Whether the effect is the same at every exposure.</summary>
/// <param name="Method">The working model's kind.</param>
/// <param name="Weighting">Whether rows or clusters count alike.</param>
/// <param name="Scale">The scale compared on.</param>
/// <param name="Test">F with as many degrees of freedom as exposures less one, and K − 1.</param>
public sealed record ExposureTest(string Method, ClusterWeighting Weighting, string Scale, WaldTest Test)
{
    /// <summary>Each effect less the first, for the test.</summary>
    /// <param name="count">The number of exposures.</param>
    internal static IReadOnlyList<Contrast> Equality(int count) => [.. Enumerable.Range(1, count - 1).Select(e =>
    {
        var weights = new double[count];
        (weights[0], weights[e]) = (-1, 1);
        return new Contrast($"{e} - 0", weights);
    })];
}
