using System.CommandLine;
using System.CommandLine.Parsing;
using MarginalConditional.Cli.Files;
using MarginalConditional.Data;
using MarginalConditional.Report.Drawing;

namespace MarginalConditional.Cli.Options;

/// <summary>The options of pictures and of the report that holds them: <c>--plot</c>, its sizes, <c>--report --no-timestamp</c>.</summary>
internal sealed class PictureOptions
{
    private readonly IReadOnlyList<PictureKind> kinds;
    private readonly Option<string[]> plot;
    private readonly Option<int> width = Size("--plot-width", "Width of pictures in pixels.", new DrawingOptions().Width, 200, 10_000);
    private readonly Option<int> fontSize = Size("--plot-font-size", "Size of their text in pixels.", new DrawingOptions().FontSize, 6, 48);
    private readonly Option<string?> page = OptionRule.OutputFile(
        "--report", "Write a report to this HTML file: results, pictures, warnings, data, and the command to run it again.", rows: false);
    private readonly Option<bool> noTimestamp = new("--no-timestamp") { Description = "Leave the time out of the report." };
    private readonly Option<int?> height = new Option<int?>("--plot-height")
    {
        Description = "Height of pictures in pixels; by default what suits the picture.",
        HelpName = "N",
    }
        .Require(value => value is null or (>= 120 and <= 20_000), "has to be from 120 to 20,000");

    /// <summary>Creates the options of a command.</summary>
    /// <param name="kinds">The pictures that it can draw.</param>
    public PictureOptions(IReadOnlyList<PictureKind> kinds)
    {
        this.kinds = kinds;
        plot = new Option<string[]>("--plot")
        {
            Description = "Draw a picture to an SVG file, or all of them into a folder (DIR/); repeatable. Kinds: "
                + $"{string.Join("; ", kinds.Select(kind => $"{kind.Word} ({kind.What})"))}.",
            HelpName = "KIND=FILE.svg",
            Arity = ArgumentArity.OneOrMore,
        };
    }

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="report">Whether it writes a report.</param>
    public void AddTo(DocumentedCommand command, bool report = true)
    {
        command.AddGroup(
            report ? "Pictures and report" : "Pictures",
            [plot, width, height, fontSize, .. report ? [page, noTimestamp] : Array.Empty<Option>()]);
        command.Check(result =>
        {
            var plots = result.GetValue(plot) ?? [];
            string[] problems = [.. plots.Select(ProblemOf).OfType<string>()];
            foreach (var problem in problems.Length > 0 ? problems : Shared(plots))
            {
                result.AddError(problem);
            }

            if (report)
            {
                RequireHtml(result, page);
            }
        });
        foreach (var size in (Option[])[width, height, fontSize])
        {
            command.HasEffect(
                size, result => result.GetValue(plot) is { Length: > 0 } || (report && result.GetValue(page) is not null),
                report ? "without --plot or --report, whose pictures it sizes" : "without --plot, whose pictures it sizes",
                "Add --plot KIND=FILE.svg, or leave it out.");
        }

        if (report)
        {
            command.HasEffect(noTimestamp, result => result.GetValue(page) is not null, "without --report, whose time it leaves out");
        }
    }

    /// <summary>Refuses the name of a report that does not say that it is HTML.</summary>
    public static void RequireHtml(CommandResult result, Option<string?> option)
    {
        if (result.GetValue(option) is { Length: > 0 } path && !path.EndsWith(".html", StringComparison.OrdinalIgnoreCase)
            && !path.EndsWith(".htm", StringComparison.OrdinalIgnoreCase))
        {
            result.AddError($"{option.Name} is {path}, and a report is written as HTML: end its name with .html.");
        }
    }

    /// <summary>Whether a picture is asked for.</summary>
    public bool IsAsked(CommandResult result) => result.GetValue(plot) is { Length: > 0 };

    /// <summary>The file of the report; null for none.</summary>
    public string? ReportPath(ParseResult parse) => parse.GetValue(page);

    /// <summary>Whether the report has no time.</summary>
    public bool LeavesTimeOut(ParseResult parse) => parse.GetValue(noTimestamp);

    /// <summary>Where which pictures are wanted.</summary>
    public IReadOnlyList<PlotPlace> Places(ParseResult parse) => [.. (parse.GetValue(plot) ?? []).Select(Place)];

    /// <summary>How large they are drawn.</summary>
    public DrawingOptions Drawing(ParseResult parse) => new()
    {
        Width = parse.GetValue(width),
        Height = parse.GetValue(height),
        FontSize = parse.GetValue(fontSize),
    };

    private static Option<int> Size(string name, string description, int standard, int least, int most) =>
        new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => standard }
            .Require(value => value >= least && value <= most, FormattableString.Invariant($"has to be from {least} to {most:#,0}"));

    private static PlotPlace Place(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? new PlotPlace(null, text) : new PlotPlace(text[..equals], text[(equals + 1)..]);
    }

    /// <summary>What is wrong with files that several pictures are to be written to, of which each would lose the one before.</summary>
    private static IEnumerable<string> Shared(string[] plots) => plots.Select(Place).Where(place => place.Kind is not null)
        .GroupBy(place => Path.GetFullPath(place.Path), place => place, StringComparer.Ordinal)
        .Select(file => (file.First().Path, Kinds: file.Select(place => place.Kind).Distinct(StringComparer.Ordinal).ToArray()))
        .Where(file => file.Kinds.Length > 1)
        .Select(file => $"--plot {string.Join(" and ", file.Kinds)} name the same file, {file.Path}.");

    private string? ProblemOf(string text)
    {
        var words = kinds.Select(kind => kind.Word).ToArray();
        var (kind, path) = Place(text);
        if (kind is null)
        {
            var isFolder = Directory.Exists(path) || path.EndsWith('/') || path.EndsWith(Path.DirectorySeparatorChar);
            return words.Contains(path, StringComparer.Ordinal)
                ? $"--plot {path} needs the name of a file.\nWrite --plot {path}={path}.svg."
                : !isFolder ? $"--plot is {text}, which is neither KIND=FILE.svg nor a folder (DIR/).\n{List(words)}"
                : File.Exists(path.TrimEnd('/', Path.DirectorySeparatorChar)) ? $"--plot is {path}, but that is a file."
                : Directory.Exists(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)))) ? null
                : $"--plot is {path}, but the folder that it would stand in does not exist.";
        }

        return !words.Contains(kind, StringComparer.Ordinal)
            ? $"--plot does not know the picture \"{kind}\".{Suggestion.Sentence(kind, words)}\n{List(words)}"
            : !path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase)
                ? $"--plot {kind} is {path}, and pictures are written as SVG: end the name with .svg."
            : AtomicFile.ProblemOf(path) is { } problem ? $"--plot {kind} {problem}."
            : null;
    }

    private static string List(string[] words) => $"It takes {string.Join(", ", words)}.";
}
