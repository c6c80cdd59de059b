using MarginalConditional.Cli.Errors;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Persons;
using MarginalConditional.Statistics.Families;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>A comparison of a trial by person on the console: the ladder of each arm, the standardized means, checks and verdict.</summary>
internal sealed class PersonTable
{
    private readonly PersonComparison comparison;
    private readonly FitArguments arguments;
    private readonly CommandContext context;
    private readonly IAnsiConsole console;
    private readonly CompareView view;
    private readonly LadderWords words;

    /// <summary>Keeps what is written.</summary>
    public PersonTable(PersonComparison comparison, FitArguments arguments, CompareView view, CommandContext context)
    {
        (this.comparison, this.arguments, this.view, this.context) = (comparison, arguments, view, context);
        console = context.Console;
        words = WordsOf(comparison);
    }

    /// <summary>What the rungs and steps of a trial by person are called.</summary>
    public static LadderWords WordsOf(PersonComparison comparison) => new()
    {
        Person = comparison.Options.Trial.Unit,
        Persons = comparison.Options.Trial.Units,
        Covariates = TreatmentEffect.Covariates(comparison.Frame.Design, comparison.Effects),
        Alpha = comparison.Options.Tolerances.Alpha,
    };

    /// <summary>Whether means are risks, shown in per cent.</summary>
    public static bool AreProportions(PersonComparison comparison) => comparison.Options.Family == Family.Binomial;

    /// <summary>Writes everything.</summary>
    public void Write()
    {
        console.WriteLine(FitOutput.DataLine(arguments.Data.Path, comparison.Frame));
        console.WriteLine($"{arguments.Request.Formula} \u00B7 {comparison.Options.Family}, {comparison.Options.EffectiveLink}");
        FitOutput.WriteLabels(console, comparison.Frame);
        PooledText.Write(console, comparison.Pool);
        var who = comparison.Persons == comparison.Frame.Rows ? $"each row is one {words.Person}" : $"the rows count {words.Persons}";
        foreach (var line in PlainWrap.Lines(
            $"Randomized by person: {who}. Where rows belong together, name the column by --cluster.", context.Width, context.Width))
        {
            console.WriteLine(line);
        }

        console.WriteLine();
        if (comparison.Standardized is null)
        {
            CoefficientView.Write(
                console, comparison.Coefficients, context.Output.Level, null);
            console.WriteLine();
        }

        LadderSection.Write(context, comparison.Ladder, words, SubjectOf(comparison));
        WriteMeans();
        CheckLines.Write(context, comparison.Checks, "What could threaten these answers");
        Lines("  ", string.Join(' ', comparison.Verdict), "  ");
        if (view.ShowsEstimands)
        {
            StatementLines.Write(context, comparison.Estimands);
        }

        if (context.Output.Verbose)
        {
            ToleranceList.Write(console, comparison.Fit.Options.Tolerances.All, "Tolerances of the fit");
            ToleranceList.Write(console, comparison.Options.Tolerances.All, "Tolerances of the comparison");
        }
    }

    /// <summary>Writes standardized means and contrasts, arms and subgroups.</summary>
    public void WriteMeans()
    {
        Standardized();
        new ArmTables(context, comparison.Options.Treatment, comparison.Frame.ResponseName, words.Persons).Write(
            view.Answers, comparison.Subgroups, comparison.Options.Family, comparison.Options.EffectiveLink);
    }

    /// <summary>What the ladder of a trial by person is about.</summary>
    public static LadderSubject SubjectOf(PersonComparison comparison) => new()
    {
        Treatment = comparison.Options.Treatment,
        Response = comparison.Frame.ResponseName,
        Scale = comparison.PrimaryScale,
        Weightings = [ClusterWeighting.Participant],
    };

    private void Standardized()
    {
        if (comparison.Standardized is not { } result)
        {
            return;
        }

        var (proportions, levels) = (AreProportions(comparison), result.Levels);
        var settings = string.Concat(comparison.Options.At.Select(pair => $" at {pair.Variable} = {pair.Value}"));
        var table = new TextTable($"Standardized over {words.Persons}{settings}", "GLM");
        for (var a = 0; a < levels.Count; a++)
        {
            table.Row(
                $"Mean under {levels[a]} ({Figures.Count(result.Counts[a])})",
                CompareCommandStandardized.Mean(result.Means[a], proportions));
        }

        foreach (var contrast in result.Contrasts)
        {
            var pair = levels.Count == 2 ? string.Empty : $", {contrast.Treated}";
            table.Row(
                CompareCommandStandardized.Name(contrast, proportions) + pair, CompareCommandStandardized.Contrast(contrast, proportions));
            if (contrast.Measure == EffectMeasure.Difference && proportions)
            {
                var number = NumberNeededToTreat.Of(contrast.Inference);
                table.Row($"Number needed to treat{pair}", number.ToText(view.EventIsHarm, CompareCommandStandardized.WholeNumber));
                table.Row(
                    $"  {Figures.IntervalHeading(context.Output.Level)}",
                    number.IntervalText(view.EventIsHarm, CompareCommandStandardized.WholeNumber));
                table.Row($"  event is a {(view.EventIsHarm ? "harm" : "benefit")}", number.IsBenefit(view.EventIsHarm) switch
                {
                    true => "one more benefits",
                    false => "one more is harmed",
                    null => "\u2013",
                });
            }
        }

        table.WriteTo(console);
        var reference = comparison.Pool is not null ? "t, Barnard and Rubin's df"
            : result.DegreesOfFreedom is { } df ? $"t, {Figures.Fixed(df, 0)} df"
            : "normal";
        Lines("  ", $"Standard errors: {result.StandardErrorType}; {reference}.", "    ");
        console.WriteLine();
    }

    private void Lines(string lead, string text, string indent)
    {
        foreach (var line in PlainWrap.Lines(text, context.Width - lead.Length, context.Width - indent.Length))
        {
            console.WriteLine(lead + line);
            lead = indent;
        }
    }

}
