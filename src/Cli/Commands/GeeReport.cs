using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Statistics.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands;

/// <summary>Shows a GEE fit.</summary>
internal static class GeeReport
{
    /// <summary>Writes the fit in the format asked for and returns the exit code.</summary>
    public static int Write(GeeFit fit, IReadOnlyList<GeeVariance> shown, IReadOnlyList<Contrast> contrasts, FitArguments arguments, CommandContext context)
    {
        var criteria = InformationCriteria.Of(fit);
        return FitOutput.Write(
            new FitSummary
            {
                Command = "gee",
                Title = $"Marginal (population-averaged) model: GEE, {fit.Correlation.Name}, {fit.Options.Variance.Name} standard errors",
                Source = arguments.Data.Path,
                Formula = arguments.Request.Formula.ToString(),
                Family = fit.Options.Family.Name,
                Link = fit.Options.EffectiveLink.Name,
                Frame = fit.Frame,
                Coefficients = fit.CoefficientTable(),
                Contrasts = [.. contrasts.Select(fit.Test)],
                Covariance = fit.Covariance().ToArray(),
                Convergence = fit.Convergence,
                Warnings = fit.Warnings,
                JsonMembers = json => Members(json, fit, shown, criteria),
                Details = console => Details(console, fit, shown, criteria),
            },
            context);
    }

    private static void Members(JsonResult json, GeeFit fit, IReadOnlyList<GeeVariance> shown, InformationCriteria criteria)
    {
        json.Object("se", () =>
        {
            foreach (var variance in shown)
            {
                json.Numbers(variance.Name, fit.StandardErrors(variance));
            }
        });
        json.Text("moments", fit.Options.Moments.Name);
        json.Number("scale", fit.Scale);
        json.Object("correlation", () =>
        {
            json.Text("structure", fit.Correlation.Name);
            json.Numbers("alpha", fit.Correlation.Alpha);
        });
        json.Object("criteria", () =>
        {
            json.Number("qic", criteria.Qic);
            json.Number("qicu", criteria.Qicu);
            json.Number("cic", criteria.Cic);
        });
    }

    private static void Details(IAnsiConsole console, GeeFit fit, IReadOnlyList<GeeVariance> shown, InformationCriteria criteria)
    {
        if (shown.Count > 1)
        {
            var errors = new TextTable(["Standard errors", .. shown.Select(variance => ">" + variance.Name)]);
            var values = shown.Select(fit.StandardErrors).ToArray();
            for (var j = 0; j < fit.Coefficients.Length; j++)
            {
                errors.Row([fit.Frame.Design.Names[j], .. values.Select(value => Figures.Estimate(value[j], value[j]))]);
            }

            console.WriteLine();
            errors.WriteTo(console);
        }

        console.WriteLine();
        console.WriteLine($"Correlation: {fit.Correlation.Name}{Alpha(fit)}");
        console.WriteLine($"Scale: {Figures.Significant(fit.Scale)}{(fit.Options.FixedScale is null ? string.Empty : " (fixed)")}");
        console.WriteLine($"QIC: {Figures.Fixed(criteria.Qic, 1)} \u00B7 QICu: {Figures.Fixed(criteria.Qicu, 1)} \u00B7 CIC: {Figures.Fixed(criteria.Cic, 2)}");
    }

    private static string Alpha(GeeFit fit) =>
        fit.Correlation.Alpha.IsEmpty ? string.Empty : ", \u03B1 = " + string.Join(", ", fit.Correlation.Alpha.ToArray().Select(alpha => Figures.Fixed(alpha, 3)));
}
