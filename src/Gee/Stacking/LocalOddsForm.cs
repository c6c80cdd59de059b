namespace MarginalConditional.Gee.Stacking;

/// <summary>What the local odds ratios of two waves' outcomes depend on.</summary>
/// <param name="IsByPair">Whether every pair of waves has its own.</param>
/// <param name="HasScores">Whether categories have scores of their own, instead of being equally far apart.</param>
internal sealed record LocalOddsForm(bool IsByPair, bool HasScores);
