using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Statistics.Optimization;

/// <summary>Where a minimization ended.</summary>
/// <param name="Theta">The best arguments.</param>
/// <param name="Value">The function there.</param>
/// <param name="Gradient">The gradient there.</param>
/// <param name="Status">Why it stopped.</param>
/// <param name="Iterations">Steps made.</param>
/// <param name="Criterion">The decrease that one more quasi-Newton step promises.</param>
public sealed record OptimizerResult(
    double[] Theta,
    double Value,
    double[] Gradient,
    ConvergenceStatus Status,
    int Iterations,
    double Criterion);
