namespace MarginalConditional.Report.Pictures;

/// <summary>The numbers of a picture, in full precision.</summary>
/// <param name="Columns">The headings.</param>
/// <param name="Rows">As many cells a row as there are columns.</param>
public sealed record NumberTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<TableCell>> Rows);
