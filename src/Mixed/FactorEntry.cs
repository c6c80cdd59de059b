namespace MarginalConditional.Mixed;

/// <summary>A free entry of a triangular factor of a covariance of random effects.</summary>
/// <param name="Term">The index of its term among those laid out.</param>
/// <param name="Row">Its row in the block of the term.</param>
/// <param name="Column">Its column in the block of the term.</param>
/// <param name="Parameter">Its place among the free entries of all terms.</param>
public readonly record struct FactorEntry(int Term, int Row, int Column, int Parameter)
{
    /// <summary>Whether it stands on the diagonal.</summary>
    public bool IsDiagonal => Row == Column;
}
