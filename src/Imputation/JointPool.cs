using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Imputation;

/// <summary>A joint test pooled over completed data sets.</summary>
/// <param name="Test">F with its degrees of freedom; χ² where nothing differs between the sets and ν_c is infinite.</param>
/// <param name="RelativeIncrease">r, by which the variance grows on the average for what is missing.</param>
public sealed record JointPool(WaldTest Test, double RelativeIncrease);
