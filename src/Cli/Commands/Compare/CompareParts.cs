using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Publishing;
using MarginalConditional.Cli.Results;
using MarginalConditional.Compare;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Report.Wording;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>The report of a trial by cluster, from the question to the estimands' texts.</summary>
internal static class CompareParts
{
    /// <summary>The parts, top down.</summary>
    public static IReadOnlyList<ReportPart> Of(
        ModelComparison comparison, FitArguments arguments, CompareView view, CommandContext context, LadderParts ladder)
    {
        return
        [
            ladder.Asked(Introduction(comparison)),
            ladder.Rungs(),
            new("The effect over time", pen => !comparison.IsComparable
                || (comparison.Change is null && comparison.Exposures is null)
                ? string.Empty
                : pen.Printed(() => OverTime(comparison, arguments, context))),
            ladder.Reasons(pen =>
                pen.Printed(() => new EffectTables(comparison, arguments, context).Write()) + pen.Pictures("curves", "attenuation")),
            new("Means and risks", pen => pen.Printed(() => new CompareCommandTable(comparison, arguments, view, context).WriteMeans())),
            ladder.Conclusion(),
            new("If an assumption fails", pen => comparison.Dials.Count == 0
                ? string.Empty
                : pen.Printed(() => DialTable.Write(context.Console, comparison))),
            new("The data", pen => pen.Data() + pen.Pictures("dropout", "correlation", "influence")),
            new("The models", pen => pen.Printed(() => Models(comparison, context))),
            new("Warnings", pen => pen.Warnings()),
            ladder.Protocol(),
        ];
    }

    private static string Introduction(ModelComparison comparison)
    {
        var (trial, frame) = (comparison.Options.Trial, comparison.Frame);
        var arms = comparison.Ladder.Rungs.Select(rung => rung.Question)
            .DistinctBy(question => question.Treated)
            .Select(question => $"{question.Treated} against {question.Control}")
            .ToArray();
        var what = arms.Length == 0 ? comparison.Options.Treatment : $"{comparison.Options.Treatment} ({string.Join("; ", arms)})";
        return $"What does {what} do to {frame.ResponseName}? The trial has {Figures.Counted(frame.Rows, "row")} in "
            + $"{Figures.Count(frame.Clusters.Count)} {trial.Units} (column {frame.Clusters.Name}). Two {trial.Units} with the same "
            + $"treatment and covariates need not have the same risk, and therefore the question has more than one answer: for one "
            + $"{trial.Unit}, or for all of them together.";
    }

    private static void OverTime(ModelComparison comparison, FitArguments arguments, CommandContext context)
    {
        ExposureTable.Write(context.Console, comparison, context.Output.Verbose);
        if (comparison.Change is { } change)
        {
            LadderSection.Write(
                context, change, CompareCommandTable.WordsOf(comparison), CompareCommandTable.SubjectOf(comparison, arguments));
        }
    }

    private static void Models(ModelComparison comparison, CommandContext context)
    {
        var console = context.Console;
        if (comparison.Pooled is { } pooled)
        {
            PooledText.Models(console, pooled, context.Output.Level, $"Marginal (population-averaged) model: GEE, "
                + $"{comparison.Gee.Correlation.Name}, {comparison.Options.Variance.Name} standard errors");
            return;
        }

        var (gee, glmm, level) = (comparison.Gee, comparison.Glmm, context.Output.Level);
        var robust = comparison.Options.Variance != GeeVariance.Model;
        Heading(console, $"Marginal (population-averaged) model: GEE, {gee.Correlation.Name}, {comparison.Options.Variance.Name} "
            + "standard errors");
        CoefficientView.Write(console, comparison.Marginal.CoefficientTable(), level);
        var alpha = gee.Correlation.Alpha;
        console.WriteLine($"Scale {Figures.Significant(gee.Scale)}"
            + (alpha.Length == 1 ? $"; \u03B1 = {Figures.Fixed(alpha[0], 3)}" : string.Empty)
            + $"; {FitOutput.StatusName(gee.Convergence.Status)} after {Figures.Counted(gee.Convergence.Iterations, "iteration")}.");
        Heading(console, $"Conditional (subject-specific) model: {Figures.Counted(glmm.Nodes, "node")}, "
            + $"{(robust ? "robust" : "model-based")} standard errors");
        CoefficientView.Write(console, GlmmInference.Of(glmm, robust).Table(level), level);
        Heading(console, "Random effects of the conditional model");
        RandomEffectsOutput.Write(console, glmm.RandomEffects, null);
        console.WriteLine($"Log-likelihood {Figures.Fixed(glmm.LogLikelihood, 3)}; AIC {Figures.Fixed(glmm.Aic, 1)}; BIC "
            + $"{Figures.Fixed(glmm.Bic, 1)}; {FitOutput.StatusName(glmm.Convergence.Status)} after "
            + $"{Figures.Counted(glmm.Convergence.Iterations, "iteration")}.");
        console.WriteLine("Coefficients are on the scale of the link.");
    }

    private static void Heading(IAnsiConsole console, string text) =>
        console.Write(new Text(text + "\n", new Style(decoration: Decoration.Bold)));
}
