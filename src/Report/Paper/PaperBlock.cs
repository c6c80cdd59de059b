namespace MarginalConditional.Report.Paper;

/// <summary>A piece of a paper document, top down.</summary>
public abstract class PaperBlock
{
    private PaperBlock()
    {
    }

    /// <summary>A paragraph.</summary>
    /// <param name="content">Its text, one line.</param>
    public sealed class Text(string content) : PaperBlock
    {
        /// <summary>Its text, one line.</summary>
        public string Content { get; } = content;

        /// <summary>Whether it heads what follows. Default: no.</summary>
        public bool IsHeading { get; init; }

        /// <summary>Whether, as a heading, it begins a part of a longer document. Default: no.</summary>
        public bool IsSection { get; init; }
    }

    /// <summary>A table.</summary>
    /// <param name="headings">A heading a column.</param>
    /// <param name="isRight">Whether a column is aligned to the right, one a column.</param>
    /// <param name="rows">As many cells a row as there are columns.</param>
    public sealed class Table(
        IReadOnlyList<string> headings,
        IReadOnlyList<bool> isRight,
        IReadOnlyList<IReadOnlyList<string>> rows) : PaperBlock
    {
        /// <summary>A heading a column.</summary>
        public IReadOnlyList<string> Headings { get; } = headings;

        /// <summary>Whether a column is aligned to the right, one a column.</summary>
        public IReadOnlyList<bool> IsRight { get; } = isRight;

        /// <summary>As many cells a row as there are columns.</summary>
        public IReadOnlyList<IReadOnlyList<string>> Rows { get; } = rows;
    }

    /// <summary>Lines whose spaces count, such as a picture of characters.</summary>
    /// <param name="lines">The lines.</param>
    public sealed class Verbatim(IReadOnlyList<string> lines) : PaperBlock
    {
        /// <summary>The lines.</summary>
        public IReadOnlyList<string> Lines { get; } = lines;
    }
}
