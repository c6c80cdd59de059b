using System.Globalization;
using System.Text;
using MarginalConditional.Cli.Output;
using Spectre.Console;

namespace MarginalConditional.Cli.Hosting;

/// <summary>
/// Where the program writes, and what it may assume about the other end. Tests inject writers; the program takes the process's own.
/// </summary>
internal sealed record ConsoleStreams
{
    private TextWriter? data;

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

    /// <summary>Makes the console that questions are asked on; null where nobody is there to answer, so that nothing ever waits.</summary>
    public Func<IAnsiConsole>? Asking { get; init; }

    /// <summary>Whether colour is allowed: not when <c>NO_COLOR</c> is set.</summary>
    public bool Colour { get; init; }

    /// <summary>Characters a line.</summary>
    public int Width { get; init; } = PlainWidth;

    /// <summary>Stops work that can be stopped with its results kept; null means the process's Ctrl-C.</summary>
    public CancellationToken? Cancellation { get; init; }

    /// <summary>What the time is; no result depends on it.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The tables that came with a request, each as the bytes that a file would hold; null for a line that was typed.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? Tables { get; init; }

    /// <summary>Hears of what made a run fail, before it is written to <see cref="Error"/> for people.</summary>
    public Action<Exception>? Failed { get; init; }

    /// <summary>Opens the standard input.</summary>
    public Func<Stream> OpenInput { get; init; } = Console.OpenStandardInput;

    /// <summary>Whether everything for people is written in plain characters.</summary>
    public bool Ascii { get; private init; }

    /// <summary>Receives JSON and CSV, whose characters are data.</summary>
    public TextWriter DataOut => data ?? Out;

    /// <summary>Whether the terminal lacks characters that tables have, so that plain ones are chosen without being asked for.</summary>
    public bool LacksCharacters { get; init; }

    /// <summary>The same streams in plain characters.</summary>
    public ConsoleStreams InAscii() => Ascii
        ? this
        : this with { Ascii = true, data = Out, Out = new AsciiWriter(Out), Error = new AsciiWriter(Error) };

    /// <summary>The streams of this process, with what the environment says about them.</summary>
    public static ConsoleStreams OfProcess()
    {
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var terminal = !Console.IsOutputRedirected;
        SpeakUtf8(encoding);
        return new ConsoleStreams
        {
            Out = new StreamWriter(Console.OpenStandardOutput(), encoding, bufferSize: 1 << 14),
            Error = new StreamWriter(Console.OpenStandardError(), encoding) { AutoFlush = true },
            OutIsTerminal = terminal,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            Asking = terminal && !Console.IsErrorRedirected && !Console.IsInputRedirected
                ? () => ConsoleFactory.Create(Console.Error, WidthOfTerminal(), terminal: true)
                : null,
            LacksCharacters = terminal && !Shows(Console.OutputEncoding),
            Colour = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
                && Environment.GetEnvironmentVariable("TERM") != "dumb",
            Width = WidthFromEnvironment() ?? (terminal ? WidthOfTerminal() : PlainWidth),
        };
    }

    /// <summary>Whether an encoding has the characters of tables: the minus, a Greek letter, a line.</summary>
    internal static bool Shows(Encoding encoding)
    {
        const string sample = "\u2212\u03C3\u2500";
        return encoding.GetString(encoding.GetBytes(sample)) == sample;
    }

    /// <summary>Tells a Windows console that UTF-8 is coming, and gives it its old encoding back at the end. Others know.</summary>
    private static void SpeakUtf8(UTF8Encoding encoding)
    {
        if (!OperatingSystem.IsWindows())
        {
            return;
        }

        try
        {
            var before = Console.OutputEncoding;
            Console.OutputEncoding = encoding;
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Console.OutputEncoding = before;
        }
        catch (IOException)
        {
            // There is no console, or an old one that keeps its own: then the check of what it shows decides.
        }
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
