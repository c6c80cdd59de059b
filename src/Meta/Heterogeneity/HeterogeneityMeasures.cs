using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Meta.Heterogeneity;

/// <summary>An estimate of τ² and how it was reached.</summary>
internal readonly record struct HeterogeneityMeasures(double Tau2, Convergence Convergence)
{
    /// <summary>An estimate by formula, truncated at 0; the untruncated value decides whether it lies on the boundary.</summary>
    public static HeterogeneityMeasures Closed(double untruncated) => Iterated(Math.Max(0, untruncated), untruncated <= 0, 1);

    /// <summary>An estimate by iteration that met its criterion.</summary>
    public static HeterogeneityMeasures Iterated(double tau2, bool atBoundary, int iterations) => new(
        tau2,
        new Convergence(
            atBoundary ? ConvergenceStatus.Boundary : ConvergenceStatus.Converged,
            iterations,
            0,
            1e-14,
            atBoundary
                ? "The variance between studies is estimated as 0: the studies differ no more than their sampling errors explain."
                : string.Empty));
}
