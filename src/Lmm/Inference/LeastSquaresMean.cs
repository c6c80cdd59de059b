using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Lmm.Inference;

/// <summary>One least-squares mean, or a difference of two.</summary>
/// <param name="Values">The values of the variables, the compared one first.</param>
/// <param name="Against">For a difference the level subtracted; else empty.</param>
/// <param name="Estimate">Estimate, standard error, test against zero and interval.</param>
public sealed record LeastSquaresMean(IReadOnlyList<string> Values, string Against, Coefficient Estimate);
