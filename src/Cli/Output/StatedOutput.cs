using System.Text;
using Spectre.Console;

namespace MarginalConditional.Cli.Output;

/// <summary>
/// What a console of Spectre writes to, of which nothing has to be asked: its own kind looks at the terminal to compare writers.
/// </summary>
/// <param name="writer">Receives the text.</param>
/// <param name="width">The width in characters.</param>
/// <param name="terminal">Whether it is a terminal.</param>
internal sealed class StatedOutput(TextWriter writer, int width, bool terminal) : IAnsiConsoleOutput
{
    /// <summary>A usual terminal's lines; nothing that is shown depends on them.</summary>
    private const int UsualHeight = 24;

    /// <inheritdoc/>
    public TextWriter Writer => writer;

    /// <inheritdoc/>
    public bool IsTerminal => terminal;

    /// <inheritdoc/>
    public int Width => width;

    /// <inheritdoc/>
    public int Height => UsualHeight;

    /// <summary>Does nothing: a writer keeps the encoding it was made with.</summary>
    public void SetEncoding(Encoding encoding)
    {
    }
}
