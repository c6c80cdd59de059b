namespace MarginalConditional.Gee.Correlation;

/// <summary>
/// A symmetric matrix A that can be solved with after a multiple of the
/// identity is taken off: what <see cref="SmallestEigenpair"/> needs to know.
/// </summary>
internal interface IShiftedMatrix
{
    /// <summary>A number that no eigenvalue is below.</summary>
    double LowerBound { get; }

    /// <summary>Factorizes A − shift·I. False when that is not positive definite.</summary>
    bool TryShift(double shift);

    /// <summary>Replaces x by (A − shift·I)⁻¹x, after a factorization.</summary>
    void Solve(Span<double> x);

    /// <summary>y = Ax.</summary>
    void Multiply(ReadOnlySpan<double> x, Span<double> y);
}
