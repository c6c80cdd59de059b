using MarginalConditional.Compare.Estimands;

namespace MarginalConditional.Compare.Dials;

/// <summary>A dial turned over its range. Immutable.</summary>
/// <param name="Dial">The dial.</param>
/// <param name="Points">What the rungs are at each place.</param>
/// <param name="Conclusion">How far the conclusion holds, one sentence for each question.</param>
public sealed record DialResult(Dial Dial, IReadOnlyList<DialPoint> Points, IReadOnlyList<string> Conclusion);
