namespace MarginalConditional.Data.Files.Excel;

/// <summary>A cell of a sheet whose value is not there: an error, or a formula that was never computed.</summary>
/// <param name="Row">The row, from 1.</param>
/// <param name="Column">The column, from 0.</param>
/// <param name="Cell">Its name, such as B7.</param>
/// <param name="Error">The error that it shows; null for a formula without a value.</param>
internal readonly record struct SheetFault(int Row, int Column, string Cell, string? Error);
