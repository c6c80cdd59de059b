using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Cli.Options;

/// <summary>What <c>--family</c> says.</summary>
/// <param name="Family">The family of the mean: binomial for the beta-binomial, Poisson or negative binomial for inflated counts.</param>
/// <param name="EstimatesTheta">Whether its theta is to be estimated.</param>
/// <param name="IsBeta">Whether it is the beta-binomial.</param>
/// <param name="IsInflated">Whether it has excess zeros.</param>
internal readonly record struct ChosenFamily(Family Family, bool EstimatesTheta = false, bool IsBeta = false, bool IsInflated = false);
