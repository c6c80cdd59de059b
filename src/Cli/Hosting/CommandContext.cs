using System.CommandLine;
using MarginalConditional.Cli.Errors;
using MarginalConditional.Cli.Files;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Report.Paper;
using MarginalConditional.Statistics.Parallelism;
using Spectre.Console;

namespace MarginalConditional.Cli.Hosting;

/// <summary>
/// What a running command writes to. Results are held back until the command has ended well, so stdout never carries half a result.
/// </summary>
internal sealed class CommandContext : IDisposable
{
    private readonly ConsoleStreams streams;
    private readonly Interruption interruption;
    private readonly StringWriter results = new() { NewLine = "\n" };
    private readonly List<string> remarks = [];
    private bool raw;
    private byte[]? binary;
    private IAnsiConsole? console;
    private IAnsiConsole? errorConsole;
    private ProgressLine? progress;

    public CommandContext(ConsoleStreams streams, OutputArguments output)
    {
        this.streams = streams;
        Output = output;
        interruption = new Interruption(streams.Cancellation);
    }

    /// <summary>The command line after the program's name.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The time, for reports that name it.</summary>
    public DateTimeOffset Time => streams.Clock.GetUtcNow();

    /// <summary>Format, file, level and so on, as the user asked.</summary>
    public OutputArguments Output { get; }

    /// <summary>Results as tables and text. Rendered for the terminal's width, or as plain text of fixed width.</summary>
    public IAnsiConsole Console => console ??= ConsoleFactory.Create(
        results,
        streams.Width,
        streams is { OutIsTerminal: true, Colour: true } && Output.OutPath is null);

    /// <summary>What printing for people would show, as tables and paragraphs for a paper; nothing of it is printed.</summary>
    public PaperDocument Paper(Action print)
    {
        var (shown, paper) = (console, new PaperConsole());
        console = paper;
        try
        {
            print();
            return paper.Document;
        }
        finally
        {
            console = shown;
        }
    }

    /// <summary>Makes the result a file of bytes.</summary>
    public void WriteBytes(byte[] content) => binary = content;

    /// <summary>Results as raw text: JSON and CSV.</summary>
    public TextWriter Text
    {
        get
        {
            raw = true;
            return results;
        }
    }

    /// <summary>Whether results are to be in plain characters.</summary>
    public bool Ascii => streams.Ascii;

    /// <summary>Makes the result a table of rows: a file of the form that its name says, or CSV.</summary>
    public void WriteResult(ResultTable table)
    {
        if (Output.Format is OutputFormat.Parquet or OutputFormat.Xlsx)
        {
            WriteBytes(Output.Rows.Content(Output.OutPath!, table));
        }
        else
        {
            Text.Write(Output.Rows.Csv(table));
        }
    }

    /// <summary>Makes and writes a table beside the result, if it is asked for, as its name says.</summary>
    public void WriteTable(string? path, Func<ResultTable> table)
    {
        if (path is not null)
        {
            AtomicFile.Write(path, Output.Rows.Content(path, table()));
        }
    }

    /// <summary>Says of the files asked for that a fit without finite estimates has nothing to write there.</summary>
    public void WarnUnwritten(ParseResult parse, params Option<string?>[] files)
    {
        foreach (var file in files.Where(file => parse.GetValue(file) is not null))
        {
            Warn($"{file.Name} is not written: where the likelihood has no maximum there is nothing to predict or to draw from.");
        }
    }

    /// <summary>Stderr at once: a progress bar of its own. Write to it only when <see cref="ShowsProgress"/>.</summary>
    public IAnsiConsole ErrorConsole
    {
        get
        {
            progress?.Clear();
            return errorConsole ??= ConsoleFactory.Create(streams.Error, streams.Width, streams is { ErrorIsTerminal: true, Colour: true });
        }
    }

    /// <summary>The console that questions are asked on; null where nobody is there to answer.</summary>
    public IAnsiConsole? Asking => streams.Asking?.Invoke();

    /// <summary>Whether stderr is a terminal, where a progress bar helps.</summary>
    public bool ShowsProgress => streams.ErrorIsTerminal;

    /// <summary>Characters a line.</summary>
    public int Width => console is PaperConsole ? console.Profile.Width : streams.Width;

    /// <summary>For work that can stop with its results kept (a simulation). Asking for it takes Ctrl-C over.</summary>
    public CancellationToken Cancellation => interruption.Stop;

    /// <summary>What Ctrl-C ends, unless <see cref="Cancellation"/> was asked for.</summary>
    public CancellationScope EnterScope() => CancellationScope.Enter(interruption.End);

    /// <summary>Shows on the terminal how far long work has come; nothing where stderr is none.</summary>
    public ProgressScope EnterProgress() => ProgressScope.Enter(
        ShowsProgress ? progress = new ProgressLine(streams.Error, streams.Clock, streams.Width) : null);

    /// <summary>Something the reader of the result must know; written to stderr after the result.</summary>
    public void Warn(string sentence) => remarks.Add(MessageText.Warning(sentence, Width));

    /// <summary>Something the reader of the result may want to know; written to stderr after the result.</summary>
    public void Note(string sentence) => remarks.Add(MessageText.Note(sentence, Width));

    /// <summary>Writes the held results to stdout or the file of <c>--out</c>, then notes and warnings to stderr.</summary>
    public void Deliver()
    {
        progress?.Clear();
        var text = console is { Profile.Capabilities.Ansi: true } ? results.ToString() : PlainText.TrimLineEnds(results.ToString());
        if (Output.OutPath is { } file && binary is not null)
        {
            AtomicFile.Write(file, binary);
        }
        else if (Output.OutPath is { } path)
        {
            AtomicFile.Write(path, RowsFile.Packed(path, raw ? text : ForFile(text)));
        }
        else
        {
            var output = raw ? streams.DataOut : streams.Out;
            output.Write(raw && streams.OutIsTerminal ? VisibleText.Of(text) : text);
            output.Flush();
        }

        foreach (var remark in remarks)
        {
            streams.Error.Write(remark);
        }
    }

    /// <summary>In files the minus sign is the one that programs read.</summary>
    private string ForFile(string text) =>
        streams.Ascii ? AsciiText.Of(text) : text.Replace(Figures.Minus, "-", StringComparison.Ordinal);

    /// <inheritdoc/>
    public void Dispose()
    {
        progress?.Clear();
        interruption.Dispose();
        results.Dispose();
    }
}
