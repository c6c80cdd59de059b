namespace MarginalConditional.Report.Paper;

/// <summary>A result as it goes into a paper: tables with a caption and notes, in order.</summary>
/// <param name="Blocks">Top down.</param>
public sealed record PaperDocument(IReadOnlyList<PaperBlock> Blocks)
{
    /// <summary>The same document with notes at its end.</summary>
    public PaperDocument With(IEnumerable<string> notes) =>
        new([.. Blocks, .. notes.Select(note => new PaperBlock.Text(note))]);
}
