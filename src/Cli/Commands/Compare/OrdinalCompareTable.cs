using MarginalConditional.Cli.Errors;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Ordinal;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>A comparison of ordered outcomes on 80 columns: the ladder, the categories, who wins, and the verdict.</summary>
/// <param name="comparison">The comparison.</param>
/// <param name="margins">Effects held against margins.</param>
/// <param name="arguments">What was fitted.</param>
/// <param name="context">Console and level.</param>
internal sealed class OrdinalCompareTable(
    OrdinalComparison comparison, IReadOnlyList<MarginTest> margins, FitArguments arguments, CommandContext context)
{
    private readonly IAnsiConsole console = context.Console;

    /// <summary>What the rungs and steps are called.</summary>
    public static LadderWords WordsOf(OrdinalComparison comparison)
    {
        var trial = comparison.Options.Trial;
        var visits = trial.HasVisits(comparison.Frame);
        var effects = TreatmentEffect.Find(comparison.Frame.Design, comparison.Options.Treatment);
        return new LadderWords
        {
            Person = visits ? trial.Unit : "participant",
            Persons = visits ? trial.Units : "participants",
            Unit = trial.Unit,
            Units = trial.Units,
            Row = visits ? "row" : null,
            Covariates =
            [
                .. TreatmentEffect.Covariates(comparison.Frame.Design, effects)
                    .Where(name => name != comparison.Options.Between?.Variable
                        && comparison.Options.At.All(pair => pair.Variable != name)),
            ],
            Spread = comparison.Spread,
        };
    }

    /// <summary>Writes everything.</summary>
    public void Write()
    {
        console.WriteLine(FitOutput.DataLine(arguments.Data.Path, comparison.Frame));
        console.WriteLine($"{arguments.Request.Formula} \u00B7 ordinal, {comparison.Glmm.Link}");
        FitOutput.WriteLabels(console, comparison.Frame);
        PooledText.Write(console, comparison.Pooled);
        console.WriteLine();
        var subject = new LadderSubject
        {
            Treatment = comparison.Options.Treatment,
            Response = comparison.Frame.ResponseName,
            Scale = OrdinalScale.Name(comparison.Glmm.Link),
            Weightings = [ClusterWeighting.Participant, ClusterWeighting.Cluster],
        };

        // Exposures as arms have a table of their own, with their average: a ladder for each is for who asks.
        var isLadderShown = comparison.Exposures?.Column != comparison.Options.Treatment || context.Output.Verbose;
        if (isLadderShown)
        {
            LadderSection.Write(context, comparison.Ladder, WordsOf(comparison), subject);
        }

        if (comparison.Change is { } change)
        {
            LadderSection.Write(context, change, WordsOf(comparison), subject);
        }

        if (comparison.Effects.Count > 0 && (comparison.Ladder.Rungs.Count == 0 || comparison.Effects.Count > 1 || context.Output.Verbose))
        {
            Coefficients();
        }

        foreach (var standardized in comparison.Standardized.Take(
            context.Output.Verbose ? comparison.Standardized.Count : isLadderShown ? 1 : 0))
        {
            foreach (var (contrast, index) in standardized.Contrasts.Select((contrast, index) => (contrast, index)))
            {
                Categories(standardized, contrast, standardized.Arms[index + 1]);
            }
        }

        new ArmTables(context, comparison.Options.Treatment, comparison.Frame.ResponseName, comparison.Options.Trial.Units)
            .Margins(margins);
        ExposureTable.Write(console, comparison, context.Output.Verbose);
        OrdinalSubgroupTable.Write(comparison, context);
        foreach (var line in PlainWrap.Lines(string.Join(' ', comparison.Verdict), context.Width - 2, context.Width - 2))
        {
            console.WriteLine("  " + line);
        }
    }

    private void Coefficients()
    {
        var scale = OrdinalScale.Ratio(comparison.Glmm.Link) is null ? "Estimate" : "log OR";
        var table = new TextTable("Coefficient", "Estimand", ">" + scale, ">SE", ">" + Figures.IntervalHeading(context.Output.Level), ">p");
        foreach (var effect in comparison.Effects)
        {
            foreach (var row in effect.Rows)
            {
                var own = row.Inference;
                table.Row(
                    row == effect.Conditional ? effect.Name : string.Empty,
                    $"{row.Estimand.Name} ({(row.Estimand == Estimand.Marginalized ? "GLMM" : row.Method)})",
                    Figures.Estimate(own.Estimate, own.StandardError),
                    Figures.Estimate(own.StandardError, own.StandardError),
                    Figures.Interval(Figures.Estimate(own.Lower, own.StandardError), Figures.Estimate(own.Upper, own.StandardError)),
                    Figures.Probability(own.PValue));
            }
        }

        table.WriteTo(console);
        console.WriteLine();
    }

    private void Categories(
        OrdinalStandardized standardized, OrdinalStandardized.Contrast contrast, OrdinalStandardized.ArmOutcome treated)
    {
        var (question, control) = (contrast.Question, standardized.Arms[0]);
        var whom = standardized.Weighting == ClusterWeighting.Cluster
            ? $", each {comparison.Options.Trial.Unit} counts once"
            : string.Empty;
        console.Write(new Text(
            $"If everybody had {question.Treated}, or {question.Control}"
                + string.Concat(question.At.Select(pair => $", {pair.Variable} = {pair.Value}"))
                + $" ({(standardized.IsRobust ? "whatever the model" : "if the model holds")}{whom})\n",
            new Style(decoration: Decoration.Bold)));
        console.WriteLine();
        var table = new TextTable(
            $"P({comparison.Frame.ResponseName})",
            ">" + question.Control,
            ">" + question.Treated,
            ">Difference",
            ">" + Figures.IntervalHeading(context.Output.Level));
        for (var k = 0; k < contrast.Probabilities.Count; k++)
        {
            var difference = contrast.Probabilities[k].Inference;
            table.Row(
                comparison.Frame.Categories[k],
                Figures.Percent(control.Probabilities[k].Inference.Estimate),
                Figures.Percent(treated.Probabilities[k].Inference.Estimate),
                Figures.Percent(difference.Estimate),
                Figures.Interval(Figures.Fixed(100 * difference.Lower, 1), Figures.Fixed(100 * difference.Upper, 1)));
        }

        var score = contrast.Score.Inference;
        table.Row(
            "Mean score",
            Figures.Fixed(control.Score.Inference.Estimate, 2),
            Figures.Fixed(treated.Score.Inference.Estimate, 2),
            Figures.Fixed(score.Estimate, 2),
            Figures.Interval(Figures.Fixed(score.Lower, 2), Figures.Fixed(score.Upper, 2)));
        table.WriteTo(console);
        var (win, odds) = (contrast.Win.Inference, contrast.LogWinOdds.Inference);
        console.WriteLine();
        console.WriteLine($"  Win probability {Figures.Fixed(win.Estimate, 3)} "
            + $"({Figures.Interval(Figures.Fixed(win.Lower, 3), Figures.Fixed(win.Upper, 3))}), win odds "
            + $"{Figures.Ratio(Math.Exp(odds.Estimate))} "
            + $"({Figures.Interval(Figures.Ratio(Math.Exp(odds.Lower)), Figures.Ratio(Math.Exp(odds.Upper)))}), "
            + $"p {Figures.ProbabilityRelation(odds.PValue)}");
        console.WriteLine();
    }
}
