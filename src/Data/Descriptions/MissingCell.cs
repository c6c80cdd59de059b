namespace MarginalConditional.Data.Descriptions;

/// <summary>How often a column is missing among the rows of an arm at a visit.</summary>
/// <param name="Column">The column.</param>
/// <param name="Arm">The arm; null when none is known.</param>
/// <param name="Wave">The visit; null when none is known.</param>
/// <param name="Missing">Rows in which it is missing.</param>
/// <param name="Rows">Rows there are.</param>
public sealed record MissingCell(string Column, string? Arm, string? Wave, int Missing, int Rows);
