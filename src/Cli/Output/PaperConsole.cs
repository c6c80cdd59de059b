using MarginalConditional.Report.Paper;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MarginalConditional.Cli.Output;

/// <summary>A console that keeps what is written for a paper: tables as tables, lines as paragraphs, bold lines as headings.</summary>
internal sealed class PaperConsole : IAnsiConsole
{
    /// <summary>Wider than any line, so that nothing is broken.</summary>
    private const int Width = 100_000;

    private readonly IAnsiConsole inner = ConsoleFactory.Create(TextWriter.Null, Width, terminal: false);
    private readonly List<PaperBlock> blocks = [];
    private string line = string.Empty;
    private bool isBold;

    /// <summary>What was written so far.</summary>
    public PaperDocument Document
    {
        get
        {
            EndLine();
            return new PaperDocument([.. blocks]);
        }
    }

    /// <inheritdoc/>
    public Profile Profile => inner.Profile;

    /// <inheritdoc/>
    public IAnsiConsoleCursor Cursor => inner.Cursor;

    /// <inheritdoc/>
    public IAnsiConsoleInput Input => inner.Input;

    /// <inheritdoc/>
    public IExclusivityMode ExclusivityMode => inner.ExclusivityMode;

    /// <inheritdoc/>
    public RenderPipeline Pipeline => inner.Pipeline;

    /// <summary>Adds a table or lines whose spaces count.</summary>
    public void Add(PaperBlock block)
    {
        EndLine();
        blocks.Add(block);
    }

    /// <inheritdoc/>
    public void Clear(bool home) => blocks.Clear();

    /// <inheritdoc/>
    public void WriteAnsi(Action<AnsiWriter> action)
    {
    }

    /// <inheritdoc/>
    public void Write(IRenderable renderable)
    {
        foreach (var segment in renderable.GetSegments(inner).Where(segment => !segment.IsControlCode))
        {
            var pieces = segment.Text.Split('\n');
            for (var i = 0; i < pieces.Length; i++)
            {
                if (i > 0)
                {
                    EndLine();
                }

                line += pieces[i];
                isBold |= pieces[i].Length > 0 && segment.Style.Decoration.HasFlag(Decoration.Bold);
            }
        }
    }

    private void EndLine()
    {
        if (line.Trim() is { Length: > 0 } content)
        {
            blocks.Add(new PaperBlock.Text(content) { IsHeading = isBold });
        }

        (line, isBold) = (string.Empty, false);
    }
}
