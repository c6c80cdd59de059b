using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Means.Estimates;

/// <summary>The test that a term makes no difference to the means.</summary>
/// <param name="Term">The variables of the term, joined by colons.</param>
/// <param name="Test">F, or χ² without denominator; NaN when nothing of it is estimable.</param>
/// <param name="Lost">How many of its comparisons are not estimable.</param>
public sealed record JointMeanTest(string Term, WaldTest Test, int Lost);
