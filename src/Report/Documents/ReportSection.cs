namespace MarginalConditional.Report.Documents;

/// <summary>A part of a report under a heading.</summary>
/// <param name="Heading">Its heading.</param>
/// <param name="Body">A fragment of HTML, every text in it escaped.</param>
public sealed record ReportSection(string Heading, string Body);
