using MarginalConditional.Data.Rows;

namespace MarginalConditional.Data.Coding;

/// <summary>How one factor of a term becomes columns: learned once from the frame, applied to it and to changed copies of it.</summary>
internal abstract class VariableCoding
{
    /// <summary>Whether it is coded as categories, with or without a reference level.</summary>
    internal abstract bool IsCategorical { get; }

    /// <summary>The names of its columns.</summary>
    /// <param name="full">For categories: a column for every level, not only for those beside the reference.</param>
    internal abstract IReadOnlyList<string> Names(bool full);

    /// <summary>What one of its columns is.</summary>
    /// <param name="column">The place among the names.</param>
    /// <param name="full">As for the names.</param>
    internal abstract ColumnPart Part(int column, bool full);

    /// <summary>Computes one column.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="full">As for the names.</param>
    /// <param name="column">The place among the names.</param>
    /// <param name="destination">n values.</param>
    internal abstract void Fill(FrameTable table, bool full, int column, Span<double> destination);

    /// <summary>Computes the derivative of one column in a variable; 0 for categories.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="variable">The column of the data that moves.</param>
    /// <param name="column">The place among the names.</param>
    /// <param name="destination">n values.</param>
    internal virtual void FillSlope(FrameTable table, string variable, int column, Span<double> destination) => destination.Clear();
}
