using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare;

/// <summary>The thresholds of the fits with one random intercept. Immutable.</summary>
public sealed record RandomInterceptTolerances
{
    /// <summary>The distance to the maximum, √(gᵀH⁻¹g) in standard errors, at which the climb stops. Default 1e-6.</summary>
    public double Distance { get; init; } = 1e-6;

    /// <summary>
    /// The share of 1 + |ℓ| that a step may lose: the gradient is that of the exact
    /// likelihood, so a loss of the order of the quadrature's error is no loss. Default 1e-9.
    /// </summary>
    public double Loss { get; init; } = 1e-9;

    /// <summary>The longest step in any parameter, link scale, scaled columns. Default 2.</summary>
    public double LongestStep { get; init; } = 2;

    /// <summary>
    /// The distance, in standard errors, to the maximum with more nodes, beyond which the climb goes on with them. Default 1e-4.
    /// </summary>
    public double Nodes { get; init; } = 1e-4;

    /// <summary>A standard deviation of the intercept beyond this is on its way to infinity, link scale. Default 40.</summary>
    public double UnboundedDeviation { get; init; } = 40;

    /// <summary>After so many steps a climb ends when a standard deviation is beyond that. Default 15.</summary>
    public int RunawaySteps { get; init; } = 15;

    /// <summary>All of them, in the order they are shown.</summary>
    public IReadOnlyList<Tolerance> All =>
    [
        new(nameof(Distance), Distance, "standard errors from the maximum at which to stop"),
        new(nameof(Loss), Loss, "relative loss of log-likelihood that is none"),
        new(nameof(LongestStep), LongestStep, "longest step in a parameter, link scale"),
        new(nameof(Nodes), Nodes, "standard errors to the maximum with more nodes that ask for them"),
        new(nameof(UnboundedDeviation), UnboundedDeviation, "standard deviation of the intercept that is on its way to infinity"),
        new(nameof(RunawaySteps), RunawaySteps, "steps after which such a standard deviation ends a climb"),
    ];
}
