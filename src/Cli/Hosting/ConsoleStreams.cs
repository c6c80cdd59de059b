using System.Globalization;
using System.Text;

namespace MarginalConditional.Cli.Hosting;

/// <summary>
/// Where the program writes, and what it may assume about the other end. Tests inject writers; the program takes the process's own.
/// </summary>
internal sealed record ConsoleStreams
{
    /// <summary>The width of text that is not written to a terminal.</summary>
    public const int PlainWidth = 80;

    /// <summary>Receives results and nothing else.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Receives progress, notes, warnings and errors.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether <see cref="Out"/> is a terminal.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Whether <see cref="Error"/> is a terminal; only then is progress shown.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Whether colour is allowed: not when <c>NO_COLOR</c> is set.</summary>
    public bool Colour { get; init; }

    /// <summary>Characters a line.</summary>
    public int Width { get; init; } = PlainWidth;

    /// <summary>Stops work that can be stopped with its results kept; null means the process's Ctrl-C.</summary>
    public CancellationToken? Cancellation { get; init; }

    /// <summary>The streams of this process, with what the environment says about them.</summary>
    public static ConsoleStreams OfProcess()
    {
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var terminal = !Console.IsOutputRedirected;
        return new ConsoleStreams
        {
            Out = new StreamWriter(Console.OpenStandardOutput(), encoding, bufferSize: 1 << 14),
            Error = new StreamWriter(Console.OpenStandardError(), encoding) { AutoFlush = true },
            OutIsTerminal = terminal,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            Colour = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
                && Environment.GetEnvironmentVariable("TERM") != "dumb",
            Width = WidthFromEnvironment() ?? (terminal ? WidthOfTerminal() : PlainWidth),
        };
    }

    private static int? WidthFromEnvironment() =>
        int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns)
            && columns >= 40
            ? columns
            : null;

    private static int WidthOfTerminal()
    {
        try
        {
            return Console.WindowWidth >= 40 ? Console.WindowWidth : PlainWidth;
        }
        catch (IOException)
        {
            return PlainWidth;
        }
    }
}
