using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.TextPictures;
using MarginalConditional.Meta;
using MarginalConditional.Meta.Effects;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Meta;

/// <summary>Prints a meta-analysis for people: the forest plot first, then what it says.</summary>
internal static class MetaCommandTable
{
    /// <summary>Writes everything.</summary>
    public static void Write(MetaCommandResult result, CommandContext context)
    {
        var fit = result.Fit;
        var console = context.Console;
        console.WriteLine($"{Path.GetFileName(result.Data.Path)}: {Figures.Count(fit.Studies.Count)} studies{Dropped(fit)} \u00B7 "
            + $"{Scale(fit, result.Ratios)}");
        console.Write(new Text(
            $"Meta-analysis, {fit.MethodName}, {fit.Options.Interval.Name} interval\n",
            new Style(decoration: Decoration.Bold)));
        console.WriteLine();
        var forest = Forest(result);
        string[] lines = console is PaperConsole ? [] : [.. forest.Lines(context.Width)];
        if (console is PaperConsole)
        {
            forest.Table().WriteTo(console);
        }
        else
        {
            Prose.Lines(console, lines);
        }

        console.WriteLine();
        Prose.Sentence(console, $"{Line(fit, result.Ratios)}");
        WriteOneArm(console, fit);
        WriteHeterogeneity(console, result);
        if (fit.IsRandom && console is not PaperConsole)
        {
            Prose.Sentence(console, "\u25A0 a study's own effect, \u25CB its shrunken effect, \u25C6 mean of the true effects"
                + (lines.Any(line => line.AsSpan().IndexOfAny(Strip.Arrows) >= 0)
                    ? $", {string.Join(' ', Strip.Arrows.ToCharArray())} beyond the picture"
                    : string.Empty));
        }

        WriteLeftOut(console, result);
        WriteFunnel(console, result, context.Width);
        if (context.Output.Verbose)
        {
            ToleranceList.Write(console, fit.Options.Tolerances.All);
        }
    }

    private static string Dropped(MetaAnalysisFit fit) => fit.Studies.Dropped == 0
        ? string.Empty
        : $", {Figures.Count(fit.Studies.Dropped)} {(fit.Studies.Dropped == 1 ? "row" : "rows")} left out";

    private static string Scale(MetaAnalysisFit fit, bool ratios) => fit.Studies.Measure == StudyMeasure.Given
        ? ratios ? "effects as given, shown exponentiated" : "effects as given"
        : fit.Studies.Measure is StudyMeasure.ArmMeasure arm ? $"{arm.Name} of one arm, combined as {arm.Code}"
        : $"{fit.Studies.Measure.Name}, {(ratios ? "treatment / control" : "treatment \u2212 control")}";

    private static ForestPlot Forest(MetaCommandResult result)
    {
        var fit = result.Fit;
        var random = fit.IsRandom;
        return new ForestPlot
        {
            EffectHeading = fit.Studies.Measure switch
            {
                StudyMeasure.ArmMeasure arm => arm.IsRate ? "Rate" : "Proportion",
                var measure => measure == StudyMeasure.Given ? "Effect" : measure.Code,
            },
            Ratios = result.Ratios,
            Level = fit.Options.Level,
            Studies =
            [
                .. Enumerable.Range(0, fit.Studies.Count).Select(i => new ForestRow(
                    fit.Studies.Labels[i],
                    fit.Studies.Natural(fit.Studies.Estimates[i], i),
                    fit.Studies.Natural(fit.IntervalOf(i).Lower, i),
                    fit.Studies.Natural(fit.IntervalOf(i).Upper, i),
                    fit.Shrunken[i].PoolingWeight,
                    random ? fit.Studies.Natural(fit.Shrunken[i].Estimate, i) : null)),
            ],
            Combined = new ForestRow(
                random ? "Mean effect" : "Common effect",
                fit.Studies.Natural(fit.Estimate),
                fit.Studies.Natural(fit.ConfidenceInterval.Lower),
                fit.Studies.Natural(fit.ConfidenceInterval.Upper),
                1,
                null),
            Prediction = random
                ? (fit.Studies.Natural(fit.PredictionInterval.Lower), fit.Studies.Natural(fit.PredictionInterval.Upper))
                : null,
        };
    }

    private static string Line(MetaAnalysisFit fit, bool ratios)
    {
        var name = fit.Studies.Measure == StudyMeasure.Given ? "effect"
            : fit.Studies.Measure.IsLogarithmic ? "log " + fit.Studies.Measure.Code
            : fit.Studies.Measure.Code;
        var statistic = fit.DegreesOfFreedom is { } df
            ? $"t = {Figures.Fixed(fit.Statistic, 2)} on {Figures.Fixed(df, 0)} df"
            : $"z = {Figures.Fixed(fit.Statistic, 2)}";
        var value = Figures.Estimate(fit.Estimate, fit.StandardError);
        var kind = fit.IsRandom ? "Mean" : "Common";
        var test = double.IsNaN(fit.Statistic) ? string.Empty : $", {statistic}, p {Figures.ProbabilityRelation(fit.PValue)}";
        return $"{kind} {name} {value} (SE {Figures.Estimate(fit.StandardError, fit.StandardError)}){test}";
    }

    /// <summary>The proportion or rate that the combined effect of one arm stands for, and the tests of tables.</summary>
    private static void WriteOneArm(IAnsiConsole console, MetaAnalysisFit fit)
    {
        if (fit.Studies.Measure is StudyMeasure.ArmMeasure arm)
        {
            string Shown(double effect) => Figures.Significant(fit.Studies.Natural(effect));
            var (lower, upper) = fit.ConfidenceInterval;
            Prose.Sentence(console, $"As {arm.Name}: {Shown(fit.Estimate)} ({Figures.IntervalHeading(fit.Options.Level)} "
                + $"{Figures.Interval(Shown(lower), Shown(upper))})" + (double.IsNaN(fit.NaturalMean) ? string.Empty
                    : $", in the median study; the mean over studies is {Figures.Significant(fit.NaturalMean)}"));
        }

        if (fit.StratifiedTests is { } tests)
        {
            Prose.Sentence(console, $"No association in any study (Cochran-Mantel-Haenszel): \u03C7\u00B2 = "
                + $"{Figures.Fixed(tests.Association, 2)} on 1 df, p {Figures.ProbabilityRelation(tests.AssociationPValue)}");
            if (tests.Tarone is { } tarone)
            {
                Prose.Sentence(console, $"One odds ratio (Breslow-Day, Tarone): \u03C7\u00B2 = {Figures.Fixed(tarone, 2)} on "
                    + $"{Figures.Count(tests.HomogeneityDegrees)} df, p {Figures.ProbabilityRelation(tests.TaronePValue!.Value)}");
            }
        }
    }

    private static void WriteHeterogeneity(IAnsiConsole console, MetaCommandResult result)
    {
        var fit = result.Fit;
        Prose.Sentence(console, $"Homogeneity: Q = {Figures.Fixed(fit.Q, 2)} on {Figures.Count(fit.QDegreesOfFreedom)} df, p "
            + $"{Figures.ProbabilityRelation(fit.QPValue)}; I\u00B2 = {Figures.Percent(fit.I2 / 100)}, H\u00B2 = "
            + $"{Figures.Fixed(fit.H2, 2)}");
        if (!fit.IsRandom)
        {
            return;
        }

        var level = Figures.IntervalHeading(fit.Options.Level);
        var spread = fit.Tau2Interval is { } tau2 ? $" ({level} "
            + $"{Figures.Interval(Figures.Significant(tau2.Lower), Figures.Significant(tau2.Upper))}, "
            + $"{(fit.IsExact ? "profile" : "Q-profile")})" : string.Empty;
        Prose.Sentence(console, $"Between studies: \u03C4\u00B2 = {Figures.Significant(fit.Tau2)}{spread}, \u03C4 = "
            + $"{Figures.Significant(Math.Sqrt(fit.Tau2))}");
        var (lower, upper) = fit.PredictionInterval;
        Prose.Sentence(console, $"A new study's true effect is expected in "
            + $"{Figures.Interval(Shown(fit.Studies.Natural(lower), result.Ratios), Shown(fit.Studies.Natural(upper), result.Ratios))} "
            + $"({level.Replace("CI", "prediction interval", StringComparison.Ordinal)})");
    }

    private static void WriteLeftOut(IAnsiConsole console, MetaCommandResult result)
    {
        if (result.LeftOut.Count == 0)
        {
            return;
        }

        console.WriteLine();
        var measure = result.Fit.Studies.Measure;
        var isTested = !double.IsNaN(result.Fit.Statistic);
        var table = new TextTable([
            "Without",
            ">" + (measure == StudyMeasure.Given ? "Effect" : measure is StudyMeasure.ArmMeasure ? "Mean" : measure.Code),
            ">" + Figures.IntervalHeading(result.Fit.Options.Level),
            .. isTested ? new[] { ">p" } : [],
            ">\u03C4\u00B2",
            ">I\u00B2",
        ]);
        foreach (var (fit, label) in result.LeftOut.Zip(result.Fit.Studies.Labels))
        {
            table.Row([
                label,
                Shown(fit.Studies.Natural(fit.Estimate), result.Ratios),
                Figures.Interval(
                    Shown(fit.Studies.Natural(fit.ConfidenceInterval.Lower), result.Ratios),
                    Shown(fit.Studies.Natural(fit.ConfidenceInterval.Upper), result.Ratios)),
                .. isTested ? new[] { Figures.Probability(fit.PValue) } : [],
                Figures.Significant(fit.Tau2),
                Figures.Percent(fit.I2 / 100),
            ]);
        }

        table.WriteTo(console);
    }

    private static void WriteFunnel(IAnsiConsole console, MetaCommandResult result, int width)
    {
        if (!result.ShowsFunnel)
        {
            return;
        }

        var fit = result.Fit;
        console.WriteLine();
        Prose.Lines(console, new FunnelPlot
        {
            Funnel = fit.Funnel(),
            Ratios = result.Ratios,
        }.Lines(width));
        console.WriteLine();
        console.WriteLine(result.Asymmetry is { } test
            ? $"  Symmetry (Egger's regression): t = {Figures.Fixed(test.Statistic, 2)} on {test.DegreesOfFreedom} df, p "
                + $"{Figures.ProbabilityRelation(test.PValue)}"
            : "  Symmetry: not tested; that takes three studies with different standard errors");
    }

    private static string Shown(double effect, bool ratios) => ratios ? Figures.Ratio(Math.Exp(effect)) : Figures.Significant(effect);
}
