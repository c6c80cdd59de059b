namespace MarginalConditional.Statistics.Inference;

/// <summary>How a fit ended: data, not an exception. A fit always returns one.</summary>
/// <param name="Status">Why the iteration stopped.</param>
/// <param name="Iterations">The number of iterations made.</param>
/// <param name="Criterion">The criterion's last value (for GEE and GLMM the largest
/// scaled score), to be compared with <paramref name="Tolerance"/>.</param>
/// <param name="Tolerance">What the criterion has to fall below.</param>
/// <param name="Message">A sentence for people when the fit did not end at an interior solution; else empty.</param>
public sealed record Convergence(ConvergenceStatus Status, int Iterations, double Criterion, double Tolerance, string Message = "")
{
    /// <summary>Whether the result may be used: the criterion was met, in the interior or on the boundary.</summary>
    public bool Converged => Status is ConvergenceStatus.Converged or ConvergenceStatus.Boundary;

    /// <summary>How it ended, in words: <c>converged after 6 iterations</c>.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{(Converged ? "converged" : $"not converged ({Status})")} after {Iterations} {(Iterations == 1 ? "iteration" : "iterations")}");
}
