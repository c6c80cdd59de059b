using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Dials;

/// <summary>The dial of size for one arm on one scale. Immutable.</summary>
/// <param name="Points">Rungs 3 and 4 at each γ.</param>
/// <param name="Unit">The standard error of γ, link scale for one unit of ln n.</param>
/// <param name="Signs">The γ nearest 0 at which the two averages have other signs; null when there is none in reach.</param>
/// <param name="Intervals">The γ nearest 0 at which the test of rung 3, and that of rung 4, turns.</param>
/// <param name="Unmoved">Rungs 3 and 4 at γ = 0.</param>
internal sealed record SizeTurn(
    IReadOnlyList<DialPoint> Points,
    double Unit,
    double? Signs,
    IReadOnlyList<double?> Intervals,
    IReadOnlyList<Coefficient> Unmoved);
