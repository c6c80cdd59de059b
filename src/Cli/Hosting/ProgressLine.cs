using MarginalConditional.Cli.Output;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Cli.Hosting;

/// <summary>One line on a terminal that says how far long work has come, drawn over itself and gone at the end.</summary>
/// <remarks>Nothing is drawn of a command that takes no longer than <see cref="Patience"/>.</remarks>
internal sealed class ProgressLine : IProgress<WorkProgress>
{
    /// <summary>How long a command takes before its user wants to know.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.7);

    /// <summary>The time between two drawings.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.1);

    private const int Cells = 20;

    private readonly TextWriter terminal;
    private readonly TimeProvider clock;
    private readonly int width;
    private readonly Lock gate = new();
    private long next;
    private int drawn;

    /// <summary>Begins to wait.</summary>
    /// <param name="terminal">What is drawn on.</param>
    /// <param name="clock">Tells when.</param>
    /// <param name="width">The terminal's, 40 or more.</param>
    public ProgressLine(TextWriter terminal, TimeProvider clock, int width)
    {
        (this.terminal, this.clock, this.width) = (terminal, clock, width);
        next = After(Patience);
    }

    /// <inheritdoc/>
    public void Report(WorkProgress value)
    {
        lock (gate)
        {
            if (value.Within is null && value.Done == value.Total)
            {
                Erase();
            }
            else if (clock.GetTimestamp() >= next)
            {
                Draw(Text(value));
                next = After(Pause);
            }
        }
    }

    /// <summary>Leaves the line to others.</summary>
    public void Clear()
    {
        lock (gate)
        {
            Erase();
        }
    }

    /// <summary>What is drawn: the share of all work as a bar, then each piece of work, the outermost first.</summary>
    internal static string Text(WorkProgress value)
    {
        var share = Share(value);
        var full = (int)(share * Cells);
        var pieces = new List<string>();
        for (var piece = value; piece is not null; piece = piece.Within)
        {
            pieces.Insert(0, $"{Figures.Count(piece.Done)} of {Figures.Count(piece.Total)} {piece.Work}");
        }

        return FormattableString.Invariant(
            $"{new string('\u2588', full)}{new string('\u2591', Cells - full)} {100 * share,3:F0} %  {string.Join(", ", pieces)}");
    }

    /// <summary>The share of the outermost work that is done, with what is done within its current step.</summary>
    internal static double Share(WorkProgress value)
    {
        var share = (double)value.Done / value.Total;
        for (var outer = value.Within; outer is not null; outer = outer.Within)
        {
            share = Math.Min(1, (outer.Done + share) / outer.Total);
        }

        return share;
    }

    private long After(TimeSpan span) => clock.GetTimestamp() + (long)(span.TotalSeconds * clock.TimestampFrequency);

    private void Draw(string text)
    {
        var line = text.Length < width ? text : text[..(width - 1)];
        terminal.Write('\r' + line.PadRight(drawn));
        terminal.Flush();
        drawn = line.Length;
    }

    private void Erase()
    {
        if (drawn > 0)
        {
            terminal.Write('\r' + new string(' ', drawn) + '\r');
            terminal.Flush();
            drawn = 0;
        }
    }
}
