using MarginalConditional.Report.Documents;

namespace MarginalConditional.Cli.Publishing;

/// <summary>A part of a result's report under a heading, made when the report is.</summary>
/// <param name="Heading">Its heading.</param>
/// <param name="Body">Writes its fragment of HTML; an empty one leaves the part out.</param>
internal sealed record ReportPart(string Heading, Func<ReportPen, string> Body)
{
    /// <summary>The part as a section of the page.</summary>
    public ReportSection Write(ReportPen pen) => new(Heading, Body(pen));
}
