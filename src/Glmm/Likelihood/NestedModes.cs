namespace MarginalConditional.Glmm.Likelihood;

/// <summary>The joint modes of the standardized effects of both levels, kept between evaluations.</summary>
/// <param name="Outer">Outer groups×q by row.</param>
/// <param name="Inner">Inner groups×q by row.</param>
internal sealed record NestedModes(double[] Outer, double[] Inner);
