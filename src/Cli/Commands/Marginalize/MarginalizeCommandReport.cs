using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Marginalize;

/// <summary>Shows marginalized coefficients beside the conditional ones and the closed-form approximations.</summary>
internal static class MarginalizeCommandReport
{
    /// <summary>Writes the result in the format asked for and returns the exit code.</summary>
    public static int Write(
        GlmmFit fit, MarginalizedCoefficients marginal, IReadOnlyList<Contrast> contrasts, FitArguments arguments, CommandContext context)
    {
        var level = context.Output.Level;
        var covariance = marginal.Covariance(fit.JointCovariance);
        var conditional = new CoefficientTable(marginal.Names, fit.Coefficients, fit.StandardErrors, level: level);
        var closed = ClosedFormMarginals.Of(marginal);
        return FitOutput.Write(
            new FitSummary
            {
                Command = "marginalize",
                Title = $"Marginal (population-averaged) coefficients implied by the GLMM, "
                    + $"{(fit.Nodes == 1 ? "Laplace" : $"{fit.Nodes} nodes")}",
                Source = arguments.Data.Path,
                Formula = arguments.Request.Formula.ToString(),
                Family = fit.Options.DistributionName,
                Link = fit.Link.Name,
                Frame = fit.Frame,
                Coefficients = new CoefficientTable(
                    marginal.Names,
                    marginal.Estimates,
                    StandardErrors(covariance, marginal.Names.Count),
                    level: level),
                Contrasts = [.. contrasts.Select(contrast => contrast.Test(marginal.Estimates, covariance, level: level))],
                Covariance = covariance,
                Convergence = fit.Convergence,
                Warnings = fit.Warnings,
                Notes = Boundary(fit, marginal),
                Tolerances = fit.Options.Tolerances.All,
                JsonMembers = json => Members(json, fit, marginal, conditional, closed),
                Details = console => Details(console, marginal, conditional, closed),
            },
            context);
    }

    private static double[] StandardErrors(double[] covariance, int order)
    {
        var errors = new double[order];
        for (var j = 0; j < order; j++)
        {
            errors[j] = Math.Sqrt(covariance[(j * order) + j]);
        }

        return errors;
    }

    private static IReadOnlyList<string> Boundary(GlmmFit fit, MarginalizedCoefficients marginal)
    {
        if (fit.Convergence.Status != ConvergenceStatus.Boundary)
        {
            return [];
        }

        foreach (var tau in marginal.Model.Spread.Values)
        {
            if (tau > 0)
            {
                return ["The covariance of the random effects is singular; its parameters on the boundary were held fixed in the delta "
                    + "method."];
            }
        }

        return ["The random effects have variance 0; it was held there, so marginal and conditional coefficients and their covariances are "
            + "the same."];
    }

    private static void Members(
        JsonResult json,
        GlmmFit fit,
        MarginalizedCoefficients marginal,
        CoefficientTable conditional,
        ClosedFormMarginals? closed)
    {
        FitOutput.Coefficients(json, "conditional", conditional, labels: fit.Frame.Labels);
        if (closed is not null)
        {
            json.Object("closedForms", () =>
            {
                json.Numbers("zegerLiangAlbert", closed.ZegerLiangAlbert);
                if (!closed.NeuhausKalbfleischHauck.IsEmpty)
                {
                    json.Numbers("neuhausKalbfleischHauck", closed.NeuhausKalbfleischHauck);
                }
            });
        }

        json.Number("largestResidual", marginal.LargestResidual);
        json.Matrix("jacobian", marginal.Jacobian, marginal.Model.Parameters);
        json.Number("logLik", fit.LogLikelihood);
        json.Integer("nodes", fit.Nodes);
        RandomEffectsOutput.Write(json, fit.RandomEffects, modes: false);
    }

    private static void Details(
        IAnsiConsole console,
        MarginalizedCoefficients marginal,
        CoefficientTable conditional,
        ClosedFormMarginals? closed)
    {
        var hasNeuhaus = closed is not null && !closed.NeuhausKalbfleischHauck.IsEmpty;
        string[] approximations = closed is null ? [] : hasNeuhaus ? [">ZLA", ">NKH"] : [">ZLA"];
        var table = new TextTable(["Term", ">Conditional", ">Marginal", ">Ratio", .. approximations]);
        for (var j = 0; j < conditional.Count; j++)
        {
            var error = conditional[j].StandardError;
            string[] cells =
            [
                conditional[j].Term,
                Figures.Estimate(conditional[j].Estimate, error),
                Figures.Estimate(marginal.Estimates[j], error),
                Figures.Fixed(marginal.Estimates[j] / conditional[j].Estimate, 3),
            ];
            string[] approximate = closed is null ? [] : hasNeuhaus
                ? [Figures.Estimate(closed.ZegerLiangAlbert[j], error), Figures.Estimate(closed.NeuhausKalbfleischHauck[j], error)]
                : [Figures.Estimate(closed.ZegerLiangAlbert[j], error)];
            table.Row([.. cells, .. approximate]);
        }

        console.WriteLine();
        table.WriteTo(console);
        console.WriteLine();
        console.WriteLine($"Random effects add a standard deviation of {Spread(marginal)} to the linear predictor.");
        console.WriteLine($"Marginal means leave the straight line by at most {Figures.Significant(Math.Abs(marginal.LargestResidual), 2)} "
            + $"on the {marginal.Model.Link} scale.");
        if (closed is not null)
        {
            console.WriteLine(hasNeuhaus
                ? "ZLA, NKH: closed-form approximations (Zeger, Liang & Albert; Neuhaus, Kalbfleisch & Hauck)."
                : "ZLA: closed-form approximation (Zeger, Liang & Albert).");
        }
    }

    private static string Spread(MarginalizedCoefficients marginal)
    {
        var (low, high) = (double.PositiveInfinity, 0.0);
        foreach (var tau in marginal.Model.Spread.Values)
        {
            low = Math.Min(low, tau);
            high = Math.Max(high, tau);
        }

        return low == high ? Figures.Fixed(low, 2) : Figures.Interval(Figures.Fixed(low, 2), Figures.Fixed(high, 2));
    }
}
