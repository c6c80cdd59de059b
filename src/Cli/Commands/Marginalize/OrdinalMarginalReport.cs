using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.TextPictures;
using MarginalConditional.Compare.Ordinal;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Statistics.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Marginalize;

/// <summary>Shows the marginal thresholds and coefficients of a cumulative mixed model beside the conditional ones.</summary>
internal static class OrdinalMarginalReport
{
    /// <summary>Writes the result in the format asked for and returns the exit code.</summary>
    /// <param name="fit">The mixed model.</param>
    /// <param name="marginal">What it implies; null when it has no finite estimates.</param>
    /// <param name="contrasts">Contrasts asked for.</param>
    /// <param name="arguments">What was fitted.</param>
    /// <param name="context">Format and level.</param>
    public static int Write(
        OrdinalGlmmFit fit,
        MarginalizedThresholds? marginal,
        IReadOnlyList<Contrast> contrasts,
        FitArguments arguments,
        CommandContext context)
    {
        var (level, p) = (context.Output.Level, fit.Layout.Count);
        var conditional = OrdinalGlmmInference.Of(fit).Table(level);
        var covariance = marginal?.Covariance(fit.JointCovariance) ?? [.. Enumerable.Repeat(double.NaN, p * p)];
        double[] estimates = marginal?.Estimates.ToArray() ?? [.. Enumerable.Repeat(double.NaN, p)];
        var table = new CoefficientTable(
            fit.Layout.Names, estimates, [.. Enumerable.Range(0, p).Select(j => Math.Sqrt(covariance[j * (p + 1)]))], level: level);
        var thresholds = fit.Layout.Thresholds;
        return FitOutput.Write(
            new FitSummary
            {
                Command = "marginalize",
                Title = "Marginal (population-averaged) thresholds and coefficients implied by the cumulative mixed model, "
                    + (fit.Nodes == 1 ? "Laplace" : $"{fit.Nodes} nodes"),
                Source = arguments.Data.Path,
                Formula = arguments.Request.Formula.ToString(),
                Family = "ordinal",
                Link = fit.Link.Name,
                Frame = fit.Frame,
                Thresholds = [.. table.Take(thresholds)],
                Coefficients = [.. table.Skip(thresholds)],
                Contrasts = [.. contrasts.Select(contrast => contrast.Test(estimates, covariance, level: level))],
                Covariance = covariance,
                Convergence = fit.Convergence,
                Warnings = fit.Warnings,
                Tolerances = fit.Options.Tolerances.All,
                JsonMembers = json => Members(json, fit, marginal, conditional),
                Details = console => Details(console, fit, marginal, conditional),
            },
            context);
    }

    private static void Members(JsonResult json, OrdinalGlmmFit fit, MarginalizedThresholds? marginal, CoefficientTable conditional)
    {
        json.Texts("categories", fit.Frame.Categories);
        FitOutput.Coefficients(json, "conditional", conditional);
        json.Number("logLik", fit.LogLikelihood);
        json.Integer("nodes", fit.Nodes);
        RandomEffectsOutput.Write(json, fit.RandomEffects, modes: false);
        if (marginal is null)
        {
            return;
        }

        json.Number("largestResidual", marginal.LargestResidual);
        json.Matrix("jacobian", marginal.Jacobian, fit.ParameterCount);
        if (marginal.ClosedForm() is { Length: > 0 } closed)
        {
            json.Object("closedForms", () => json.Numbers("zegerLiangAlbert", closed));
        }

        json.Objects("byThreshold", Enumerable.Range(0, fit.Layout.Thresholds), k =>
        {
            json.Text("threshold", fit.Layout.Names[k]);
            json.Object("slopes", () =>
            {
                for (var j = 0; j < fit.Layout.Shared.Length; j++)
                {
                    json.Number(
                        fit.Frame.Design.Names[fit.Layout.Shared[j]], marginal.ByThreshold[(k * fit.Layout.Shared.Length) + j]);
                }
            });
        });
    }

    private static void Details(IAnsiConsole console, OrdinalGlmmFit fit, MarginalizedThresholds? marginal, CoefficientTable conditional)
    {
        if (marginal is null)
        {
            return;
        }

        var closed = marginal.ClosedForm();
        var layout = fit.Layout;
        var thresholds = layout.Names.Take(layout.Thresholds).ToList();
        var table = new TextTable(
        [
            "Term", ">Conditional", ">Marginal", ">Ratio", .. closed.Length > 0 ? [">ZLA"] : Array.Empty<string>(),
            .. thresholds.Select(name => ">" + name),
        ]);
        for (var j = layout.Thresholds; j < layout.Count; j++)
        {
            var (error, shared) = (conditional[j].StandardError, j - layout.Thresholds);
            var own = shared < layout.Shared.Length
                ? Enumerable.Range(0, layout.Thresholds).Select(k => Figures.Estimate(
                    marginal.ByThreshold[(k * layout.Shared.Length) + shared], error))
                : thresholds.Select(_ => string.Empty);
            table.Row(
            [
                conditional[j].Term,
                Figures.Estimate(conditional[j].Estimate, error),
                Figures.Estimate(marginal.Estimates[j], error),
                Figures.Fixed(marginal.Estimates[j] / conditional[j].Estimate, 3),
                .. closed.Length > 0 ? [Figures.Estimate(closed[j], error)] : Array.Empty<string>(),
                .. own,
            ]);
        }

        console.WriteLine();
        table.WriteTo(console);
        console.WriteLine();
        Prose.Sentence(console, "Marginal probabilities leave the straight lines by at most "
            + $"{Figures.Significant(Math.Abs(marginal.LargestResidual), 2)} on the {fit.Link} scale; the last columns are the "
            + "coefficients of each threshold by itself.");
    }
}
