using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using MarginalConditional.Cli.Commands;
using MarginalConditional.Cli.Errors;
using MarginalConditional.Cli.Help;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Saving;
using MarginalConditional.Data;

namespace MarginalConditional.Cli;

/// <summary>
/// The program: parses the command line, runs one command, and turns every way of failing into a message and an exit code.
/// </summary>
internal sealed class Application : ICommandRunner
{
    private const string AsciiName = "--ascii";

    /// <summary>Pictures fill a line, and nobody reads a longer one.</summary>
    private const int WidestLine = 10_000;

    private static readonly ParserConfiguration Parser = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };
    private readonly Option<int?> width = new("--width")
    {
        Description = "Characters a line (40 to 10,000).",
        HelpName = "N",
        Recursive = true,
    };
    private readonly Option<bool> ascii = new(AsciiName)
    {
        Description = "Plain characters only, for old consoles; chosen by itself where the console lacks others.",
        Recursive = true,
    };
    private ConsoleStreams streams;
    private IReadOnlyList<string> arguments = [];
    private bool verbose;

    public Application(ConsoleStreams streams) => this.streams = streams;

    /// <summary>Runs the program on its arguments and returns the exit code.</summary>
    public int Run(IReadOnlyList<string> commandLine)
    {
        arguments = commandLine;
        verbose = arguments.Contains("--verbose", StringComparer.Ordinal);
        if (streams.LacksCharacters || arguments.Contains(AsciiName, StringComparer.Ordinal))
        {
            streams = streams.InAscii();
        }

        try
        {
            if (arguments.Any(argument => argument.Contains('\0', StringComparison.Ordinal)))
            {
                throw new InputException("The command line holds a null character, which no name and no number has.");
            }

            arguments = SavedCommandLine.Expand(arguments);
            var only = OnlyCommand();
            var root = BuildRoot(only);
            var parse = Parse(root, arguments);
            if (only is not null && parse.Errors.Count > 0)
            {
                root = BuildRoot(null);
                parse = Parse(root, arguments);
            }

            if (parse.Errors.Count > 0 && parse.Action is not HelpTextAction and not VersionAction)
            {
                throw UsageError.From(parse, [.. CommandList.NamesOf(root)]);
            }

            ApplyWidth(parse);
            var invocation = streams.Tables is { } tables ? new GivenTables(tables) : new InvocationConfiguration();
            (invocation.EnableDefaultExceptionHandler, invocation.ProcessTerminationTimeout) = (false, null);
            (invocation.Output, invocation.Error) = (streams.Out, streams.Error);
            var code = parse.Invoke(invocation);
            streams.Out.Flush();
            return code;
        }
        catch (Exception exception) when (!verbose || exception is InputException or OperationCanceledException)
        {
            return Report(exception);
        }
        catch (Exception exception)
        {
            streams.Error.WriteLine(exception);
            return Report(exception);
        }
    }

    /// <inheritdoc/>
    public void Handle(Command command, OutputOptions? output, Func<ParseResult, CommandContext, int> body) =>
        command.SetAction(parse =>
        {
            using var context = new CommandContext(streams, output?.Read(parse) ?? new OutputArguments()) { Arguments = arguments };
            using var scope = context.EnterScope();
            using var told = context.EnterProgress();
            var code = body(parse, context);
            context.Deliver();
            return code;
        });

    private static ParseResult Parse(RootCommand root, IReadOnlyList<string> arguments)
    {
        try
        {
            return root.Parse(arguments, Parser);
        }
        catch (InvalidOperationException exception) when (UsageError.Explains(exception))
        {
            throw UsageError.From(exception);
        }
    }

    /// <summary>
    /// The command that the line begins with, where no other matters: to make the options of all of them takes longer than to parse the
    /// line. Null for help, completion and what cannot be parsed.
    /// </summary>
    private string? OnlyCommand() =>
        arguments.Count > 0 && arguments[0] is not ("help" or "completion") && CommandList.Has(arguments[0])
            && !arguments.Contains("--help", StringComparer.Ordinal) && !arguments.Contains("-h", StringComparer.Ordinal)
            ? arguments[0]
            : null;

    private RootCommand BuildRoot(string? only)
    {
        var root = new RootCommand("Marginal and conditional effects: GEE and mixed models side by side.");
        root.Options.Clear();
        root.Directives.Clear();
        root.Directives.Add(new SuggestDirective());
        root.Options.Add(width);
        root.Options.Add(ascii);
        root.Options.Add(new HelpOption("--help", "-h") { Description = "Show help.", Action = new HelpTextAction(this) });
        root.Options.Add(new VersionOption { Description = "Show the version.", Action = new VersionAction(this) });
        foreach (var definition in CommandList.Create(only))
        {
            root.Subcommands.Add(definition.Build(this));
        }

        root.SetAction(parse => HelpText.Write(parse.CommandResult.Command, streams));
        return root;
    }

    private void ApplyWidth(ParseResult parse)
    {
        int? asked;
        try
        {
            asked = parse.GetValue(width);
        }
        catch (InvalidOperationException exception) when (UsageError.Explains(exception))
        {
            throw UsageError.From(exception);
        }

        if (asked is not { } columns)
        {
            return;
        }

        if (columns is < 40 or > WidestLine)
        {
            throw new InputException(FormattableString.Invariant($"--width is {columns}, but has to be from 40 to {WidestLine}."));
        }

        streams = streams with { Width = columns };
    }

    /// <inheritdoc/>
    public ConsoleStreams Streams => streams;

    /// <inheritdoc/>
    public int RunApart(ConsoleStreams others, IReadOnlyList<string> commandLine) => new Application(others).Run(commandLine);

    private int Report(Exception exception)
    {
        if (exception is not AggregateException { InnerException: not null })
        {
            streams.Failed?.Invoke(exception);
        }

        switch (exception)
        {
            case InputException input:
                streams.Error.Write(MessageText.Error(input, streams.Width));
                return ExitCode.BadInput;
            case OperationCanceledException:
                streams.Error.WriteLine("margcond: interrupted.");
                return ExitCode.Interrupted;
            case not AggregateException when MissingLibrary.NameOf(exception) is { } library:
                streams.Error.Write(MessageText.Error(
                    new InputException($"The installation is broken: the library {library} is missing or damaged.", exception)
                    {
                        Hint = "Install margcond again.",
                    },
                    streams.Width));
                return ExitCode.Defect;
            case IOException or UnauthorizedAccessException:
                streams.Error.Write(MessageText.Error(
                    new InputException($"Reading or writing failed: {MessageText.Sentence(exception.Message)}", exception),
                    streams.Width));
                return ExitCode.BadInput;
            case AggregateException { InnerException: { } inner }:
                return Report(inner);
            default:
                streams.Error.Write(MessageText.Defect(exception, streams.Width, verbose));
                return ExitCode.Defect;
        }
    }
}
