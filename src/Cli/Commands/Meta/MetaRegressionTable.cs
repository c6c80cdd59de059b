using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.TextPictures;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Regression;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Meta;

/// <summary>Prints a meta-regression for people.</summary>
internal static class MetaRegressionTable
{
    /// <summary>Writes everything.</summary>
    public static void Write(MetaRegressionResult result, CommandContext context)
    {
        var fit = result.Fit;
        var console = context.Console;
        var dropped = fit.Studies.Dropped == 0 ? string.Empty : $", {Figures.Counted(fit.Studies.Dropped, "row")} left out";
        console.WriteLine($"{Path.GetFileName(result.Data.Path)}: {Figures.Count(fit.Studies.Count)} effects{dropped} \u00B7 "
            + $"{fit.Studies.Measure.Name}{Scale(fit, result.Ratios)}");
        console.Write(new Text($"{Heading(fit)}, {Model(fit)}, {Interval(fit)}\n", new Style(decoration: Decoration.Bold)));
        console.WriteLine();
        var ratios = context.Output.Exponentiate && result.Ratios;
        CoefficientView.Write(console, [.. fit.Coefficients], fit.Options.Level, ratios ? "Ratio" : null);
        console.WriteLine();
        if (fit.ModeratorTest is { } test)
        {
            Prose.Sentence(console, Moderators(fit, test));
        }

        Left(console, result);
        if (result.Predictions.Count > 0)
        {
            Predictions(console, result);
        }

        if (context.Output.Verbose)
        {
            ToleranceList.Write(console, fit.Options.Tolerances.All);
        }
    }

    /// <summary>The result in a sentence.</summary>
    public static string Answer(MetaRegressionResult result)
    {
        var fit = result.Fit;
        if (fit.ModeratorTest is { } test)
        {
            return Moderators(fit, test) + ".";
        }

        var row = fit.Coefficients[0];
        return $"Mean effect {Shown(result, row.Estimate)}, {Figures.IntervalHeading(fit.Options.Level)} "
            + $"{Figures.Interval(Shown(result, row.Lower), Shown(result, row.Upper))}, p {Figures.ProbabilityRelation(row.PValue)}.";
    }

    private static string Heading(MetaRegressionFit fit) => fit.Data.Frame.Recipe!.GridVariables.Count > 0
        ? $"Meta-regression on {string.Join(", ", fit.Data.Frame.Recipe.GridVariables)}"
        : "Meta-analysis";

    private static string Model(MetaRegressionFit fit) => !fit.IsExact ? fit.Options.Estimator.Name
        : fit.Studies.Measure is StudyMeasure.RateMeasure or StudyMeasure.ArmMeasure { IsRate: true } ? "exact Poisson-normal model"
        : "exact binomial-normal model";

    private static string Interval(MetaRegressionFit fit) => fit.Data.ClusterName is { } cluster
        ? $"robust (CR2) over {Figures.Counted(fit.Clusters!.Value, "cluster")} of {cluster}"
        : $"{fit.Options.Interval.Name} intervals";

    private static string Scale(MetaRegressionFit fit, bool ratios) => fit.Studies.Measure switch
    {
        StudyMeasure.ArmMeasure arm => $", on the scale of {arm.Code}",
        _ when fit.Studies.Measure == StudyMeasure.Given => " as given",
        _ => ratios ? ", logarithm of treatment / control" : ", treatment \u2212 control",
    };

    private static string Moderators(MetaRegressionFit fit, MarginalConditional.Statistics.Inference.WaldTest test)
    {
        var statistic = test.DenominatorDegreesOfFreedom is { } df
            ? $"F = {Figures.Fixed(test.Statistic, 2)} on {Figures.Count(test.Rank)} and {Figures.Fixed(df, 1)} df"
            : $"Q = {Figures.Fixed(test.Statistic, 2)} on {Figures.Count(test.Rank)} df";
        var explained = fit.R2 is { } r2 ? $"; they explain {Figures.Percent(r2 / 100)} of the variance between studies" : string.Empty;
        return $"Moderators: {statistic}, p {Figures.ProbabilityRelation(test.PValue)}{explained}";
    }

    private static void Left(IAnsiConsole console, MetaRegressionResult result)
    {
        var fit = result.Fit;
        Prose.Sentence(console, $"Residual homogeneity: Q = {Figures.Fixed(fit.ResidualQ, 2)} on "
            + $"{Figures.Count(fit.ResidualDegreesOfFreedom)} df, p {Figures.ProbabilityRelation(fit.ResidualPValue)}"
            + (fit.IsRandom ? $"; I\u00B2 = {Figures.Percent(fit.I2 / 100)}, H\u00B2 = {Figures.Fixed(fit.H2, 2)}" : string.Empty));
        if (!fit.IsRandom)
        {
            return;
        }

        if (!fit.IsMultilevel)
        {
            var interval = fit.Tau2Interval is { } tau2
                ? $" ({Figures.IntervalHeading(fit.Options.Level)} "
                    + $"{Figures.Interval(Figures.Significant(tau2.Lower), Figures.Significant(tau2.Upper))}, "
                    + $"{(fit.IsExact ? "profile" : "Q-profile")})"
                : string.Empty;
            Prose.Sentence(console, $"Left between studies: \u03C4\u00B2 = {Figures.Significant(fit.Tau2)}{interval}, \u03C4 = "
                + $"{Figures.Significant(Math.Sqrt(fit.Tau2))}");
            return;
        }

        for (var s = 0; s < fit.Components.Count; s++)
        {
            var component = fit.Components[s];
            var interval = result.ComponentIntervals.Count == 0 ? string.Empty
                : $" ({Figures.IntervalHeading(fit.Options.Level)} "
                    + Figures.Interval(
                        Figures.Significant(result.ComponentIntervals[s].Lower), Figures.Significant(result.ComponentIntervals[s].Upper))
                    + ", profile)";
            Prose.Sentence(console, $"Between {Figures.Count(component.Groups)} groups of {component.Name}: \u03C3\u00B2 = "
                + $"{Figures.Significant(component.Variance)}{interval}, \u03C3 = {Figures.Significant(Math.Sqrt(component.Variance))}");
        }
    }

    private static void Predictions(IAnsiConsole console, MetaRegressionResult result)
    {
        var fit = result.Fit;
        var measure = fit.Studies.Measure;
        string[] variables = [.. result.Predictions[0].At.Select(one => one.Variable)];
        var heading = measure == StudyMeasure.Given ? "Mean effect" : measure is StudyMeasure.ArmMeasure ? $"Mean {measure.Name}"
            : $"Mean {measure.Code}";
        console.WriteLine();
        var table = new TextTable(
        [
            .. variables, ">" + heading, ">" + Figures.IntervalHeading(fit.Options.Level),
            .. fit.IsRandom ? new[] { ">Effect of a new study" } : [],
        ]);
        foreach (var row in result.Predictions)
        {
            table.Row(
            [
                .. row.At.Select(one => one.Value), Shown(result, row.Mean.Estimate), Limits(row.Mean.ConfidenceInterval),
                .. fit.IsRandom ? new[] { Limits(row.Mean.PredictionInterval) } : [],
            ]);
        }

        table.WriteTo(console);

        string Limits(MarginalConditional.Mixed.Interval interval) =>
            Figures.Interval(Shown(result, interval.Lower), Shown(result, interval.Upper));
    }

    private static string Shown(MetaRegressionResult result, double effect) => result.Ratios
        ? Figures.Ratio(Math.Exp(effect))
        : Figures.Significant(result.Fit.Studies.Natural(effect));
}
