using MarginalConditional.Cli.Errors;
using MarginalConditional.Cli.Output;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Statistics.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>
/// A ladder of estimands on the console: a line a rung, and between them a line a step with its size and cause. Wide consoles have the
/// steps in columns of their own, narrow ones under each other.
/// </summary>
internal sealed class LadderTable
{
    private const int Gap = 2;
    private const int NarrowestLabel = 24;

    /// <summary>Limits less apart from the middle are symmetric.</summary>
    private const double Rounding = 1e-9;
    private const string Why = "why the next one differs";
    private const string Lead = "     \u2502 ";
    private readonly IAnsiConsole console;
    private readonly LadderWords words;
    private readonly IReadOnlyList<LadderRung> rungs;
    private readonly IReadOnlyList<LadderStep> steps;
    private readonly string scale;
    private readonly double level;
    private readonly string[][] cells;
    private readonly int[] widths;
    private readonly bool isPooled;

    private LadderTable(
        IAnsiConsole console, IReadOnlyList<LadderRung> rungs, IReadOnlyList<LadderStep> steps, LadderWords words, double level)
    {
        (this.console, this.rungs, this.steps, this.words, this.level) = (console, rungs, steps, words, level);
        scale = rungs[0].Scale;
        isPooled = rungs.Any(rung => rung.Inference.MissingInformation is not null);
        cells = [.. rungs.Select(Cells)];
        var headings = Headings();
        widths = [.. Enumerable.Range(0, headings.Length).Select(j => cells.Append(headings).Max(row => row[j].Length))];
        widths[0] = Math.Max(widths[0], steps.Select(step => Lead.Length + words.Averaging(step).Length - Gap).Append(0).Max());
    }

    /// <summary>Whether a scale is shown by its exponential.</summary>
    public static bool IsLogarithm(string scale) => scale.StartsWith("log ", StringComparison.Ordinal);

    /// <summary>Writes the rungs of one scale, weighting and question, with their steps and what other estimators say of them.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="ladder">The ladder; nothing is written where it has no such rung.</param>
    /// <param name="scale">Which scale.</param>
    /// <param name="weighting">Which weighting.</param>
    /// <param name="question">Which arms.</param>
    /// <param name="words">What things are called.</param>
    /// <param name="level">Of the intervals.</param>
    public static void Write(
        IAnsiConsole console,
        EstimandLadder ladder,
        string scale,
        ClusterWeighting weighting,
        LadderQuestion question,
        LadderWords words,
        double level)
    {
        var rungs = ladder.Rungs
            .Where(rung => rung.Scale == scale && rung.Weighting == weighting && IsOf(rung.Question, question))
            .ToList();
        if (rungs.Count == 0)
        {
            return;
        }

        var steps = ladder.Steps
            .Where(step => step.Scale == scale && step.Weighting == weighting && IsOf(step.Question, question))
            .ToList();
        var table = new LadderTable(console, rungs, steps, words, level);
        table.Rungs();
        table.Sides([.. ladder.Sides.Where(side => side.Scale == scale && IsOf(side.Question, question)
            && (side.Weighting is null || side.Weighting == weighting))]);
        table.Errors();
    }

    private static bool IsOf(LadderQuestion own, LadderQuestion asked) => own.Treated == asked.Treated && own.Control == asked.Control
        && own.At.SequenceEqual(asked.At) && own.By.SequenceEqual(asked.By);

    /// <summary>The rungs as rows for a paper, each with the step to the next one.</summary>
    private void PaperRungs()
    {
        var table = new TextTable(
            [Heading(), .. Headings().Skip(1).Select(heading => ">" + heading), .. steps.Count > 0
                ? [">Step (SE)", "Why the next one differs"]
                : Array.Empty<string>()]);
        for (var r = 0; r < rungs.Count; r++)
        {
            var step = steps.FirstOrDefault(one => one.From == rungs[r].Rung);
            string[] next = step is null ? [string.Empty, string.Empty] : [StepText(step), words.Reason(step)];
            table.Row([.. cells[r], .. steps.Count > 0 ? next : []]);
        }

        table.WriteTo(console);
    }

    private void Rungs()
    {
        if (console is PaperConsole)
        {
            PaperRungs();
            return;
        }

        var stepWidth = steps.Select(step => StepText(step).Length).Append("step (SE)".Length).Max();
        var reasonWidth = steps.Select(step => words.Reason(step).Length).Append(0).Max();
        var wide = End + (2 * Gap) + stepWidth + reasonWidth;
        var isWide = wide <= console.Profile.Width;
        if (!isWide && End > console.Profile.Width)
        {
            widths[0] = Math.Max(NarrowestLabel, widths[0] - (End - console.Profile.Width));
        }

        var head = Line(Headings());
        Bold(isWide && steps.Count > 0 ? $"{head}  {"step (SE)".PadLeft(stepWidth)}  {Why}" : head);
        var rule = isWide ? Math.Max(wide, head.Length + stepWidth + Gap + Gap + Why.Length) : head.Length;
        console.Write(new Text(" " + new string('\u2500', rule - 1) + "\n"));
        for (var r = 0; r < rungs.Count; r++)
        {
            Labelled(cells[r]);
            foreach (var step in steps.Where(step => step.From == rungs[r].Rung))
            {
                Step(step, isWide, stepWidth);
            }
        }
    }

    /// <summary>Where the columns of rungs end.</summary>
    private int End => (Gap * widths.Length) + widths.Sum();

    private void Step(LadderStep step, bool isWide, int stepWidth)
    {
        var (what, size, reason, end) = (Lead + words.Averaging(step), StepText(step), words.Reason(step), End);
        if (isWide)
        {
            console.WriteLine($"{what.PadRight(end)}  {size.PadLeft(stepWidth)}  {reason}".TrimEnd());
            return;
        }

        console.WriteLine((what.Length + Gap + size.Length <= end ? what + size.PadLeft(end - what.Length) : $"{what}  {size}").TrimEnd());
        foreach (var line in PlainWrap.Lines(reason, end - Lead.Length - Gap, end - Lead.Length - Gap))
        {
            console.WriteLine($"{Lead}  {line}");
        }
    }

    /// <summary>A rung whose label is broken at words where it is long: the numbers stand beside its last line.</summary>
    private void Labelled(string[] row)
    {
        var lines = PlainWrap.Lines(row[0], widths[0], widths[0]).ToList();
        foreach (var line in lines.SkipLast(1))
        {
            console.WriteLine("  " + line);
        }

        console.WriteLine(Line([lines[^1], .. row.Skip(1)]).TrimEnd());
    }

    private void Sides(IReadOnlyList<LadderSide> sides)
    {
        if (sides.Count == 0)
        {
            return;
        }

        if (console is PaperConsole)
        {
            PaperSides(sides);
            return;
        }

        console.WriteLine();
        foreach (var side in sides)
        {
            var whose = Whose(side) is { Length: > 0 } who ? $" \u2013 {who}" : string.Empty;
            Wrapped(
                $"{side.Name}{whose}: {Shown(side.Inference, side.Inference.Estimate)} ({Interval(side.Inference)}); {Agreement(side)}");
        }
    }

    /// <summary>What other estimators say as rows for a paper.</summary>
    private void PaperSides(IReadOnlyList<LadderSide> sides)
    {
        var table = new TextTable(
            "Beside it", "Of which rung", ">" + Abbreviation(), ">" + Figures.IntervalHeading(level), "Against the rung");
        foreach (var side in sides)
        {
            table.Row(side.Name, Whose(side), Shown(side.Inference, side.Inference.Estimate), Interval(side.Inference), Agreement(side));
        }

        table.WriteTo(console);
    }

    private string Whose(LadderSide side) =>
        rungs.FirstOrDefault(rung => rung.Rung == side.Rung) is { } same ? words.Whose(same) : string.Empty;

    private string Agreement(LadderSide side) => side.Difference is not { } difference ? "not compared"
        : difference.StandardError == 0 ? "the same"
        : double.IsNaN(difference.PValue) ? "not compared"
        : (difference.PValue < words.Alpha ? "differs" : "agrees") + $" (p {Figures.ProbabilityRelation(difference.PValue)})";

    private void Errors()
    {
        var types = rungs.Select(rung => rung.StandardErrorType).Distinct(StringComparer.Ordinal).ToList();
        var df = rungs[^1].Inference.DegreesOfFreedom;
        var steps = IsLogarithm(scale) ? $"; steps are differences of {scale}s{FirstStep()}" : string.Empty;
        var reference = isPooled ? "t, Barnard and Rubin's df"
            : df is { } value ? $"t, {Figures.Fixed(value, value % 1 == 0 ? 0 : 1)} df"
            : "normal";
        Wrapped($"Standard errors: {string.Join(" / ", types)}; {reference}{steps}.");
    }

    /// <summary>How the step that averages over clusters has its limits and its test, where they are not estimate and error.</summary>
    private string FirstStep()
    {
        if (steps.FirstOrDefault(step => step is { From: 0, IsZeroByIdentity: false })?.Inference is not { } first)
        {
            return string.Empty;
        }

        var skew = first.Upper + first.Lower - (2 * first.Estimate);
        return first is { Estimate: 0, StandardError: 0, Lower: double.NaN } ? ", the first without limits since \u03C3 = 0"
            : Math.Abs(skew) > Rounding * (first.Upper - first.Lower) ? ", the first with limits and test by way of log \u03C3\u00B2"
            : string.Empty;
    }

    private void Wrapped(string text)
    {
        var indent = "  ";
        foreach (var line in PlainWrap.Lines(text, console.Profile.Width - 2, console.Profile.Width - 4))
        {
            console.WriteLine(indent + line);
            indent = "    ";
        }
    }

    private string[] Headings() =>
        [Heading(), Abbreviation(), Figures.IntervalHeading(level), .. isPooled ? ["df", "fmi"] : Array.Empty<string>(), "p"];

    private string Heading() => scale switch
    {
        "log odds ratio" or "log cumulative odds ratio" => "Rung: whose odds?",
        "log risk ratio" or "risk difference" => "Rung: whose risk?",
        "difference of probits" or "difference of cloglogs" or "difference of loglogs" => "Rung: whose category?",
        _ => "Rung: whose mean?",
    };

    private string Abbreviation() => scale switch
    {
        "log odds ratio" or "log cumulative odds ratio" => "OR",
        "log risk ratio" => "RR",
        "risk difference" => "RD",
        "log ratio" => "Ratio",
        _ => "Difference",
    };

    private string[] Cells(LadderRung rung) =>
    [
        words.Numbered(rung), Shown(rung.Inference, rung.Inference.Estimate), Interval(rung.Inference), .. Pooling(rung.Inference),
        Figures.Probability(rung.Inference.PValue),
    ];

    private string[] Pooling(Coefficient row) => !isPooled ? []
        : [row.DegreesOfFreedom is { } df ? Figures.Fixed(df, 1) : "\u221E", CoefficientView.Fraction(row)];

    private string Shown(Coefficient row, double value) => IsLogarithm(scale) ? Figures.Ratio(Math.Exp(value))
        : scale == "risk difference" ? Figures.Percent(value)
        : Figures.Estimate(value, row.StandardError);

    private string Interval(Coefficient row) => scale == "risk difference"
        ? Figures.Interval(Figures.Fixed(100 * row.Lower, 1), Figures.Fixed(100 * row.Upper, 1))
        : Figures.Interval(Shown(row, row.Lower), Shown(row, row.Upper));

    private string StepText(LadderStep step)
    {
        var row = step.Inference;
        if (LadderWords.IsNothing(step))
        {
            return string.Empty;
        }

        var (factor, decimals) = scale == "risk difference" ? (100, 1)
            : IsLogarithm(scale) ? (1, 3)
            : (1, row.StandardError > 0 ? Math.Clamp(Figures.DecimalsFor(row.StandardError, 3), 0, 8) : 3);
        var size = Figures.Fixed(factor * row.Estimate, decimals);
        var sign = row.Estimate > 0 && size.AsSpan().IndexOfAnyInRange('1', '9') >= 0 ? "+" : string.Empty;
        return $"{sign}{size} ({Figures.Fixed(factor * row.StandardError, decimals)})";
    }

    private string Line(IReadOnlyList<string> row) =>
        "  " + string.Join("  ", row.Select((cell, j) => j == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[j])));

    private void Bold(string text) => console.Write(new Text(text + "\n", new Style(decoration: Decoration.Bold)));
}
