using System.Globalization;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Lmm;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.TwoWay;
using MarginalConditional.Statistics.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Lmm;

/// <summary>Shows a linear mixed model.</summary>
internal sealed class LmmReport(
    LmmFit fit,
    LmmInference inference,
    LmmExtras extras,
    IReadOnlyList<Contrast> contrasts,
    FitArguments arguments,
    CommandContext context,
    LmmReference reference)
{
    /// <summary>The fit, ready to be shown.</summary>
    public FitSummary Summary() =>
        new()
        {
            Command = "lmm",
            Title = Title(),
            Source = arguments.Data.Path,
            Formula = arguments.Request.Formula.ToString(),
            Family = "gaussian",
            Link = "identity",
            Frame = fit.Frame,
            Coefficients = inference.Table(context.Output.Level),
            Contrasts = [.. contrasts.Select(contrast => inference.Test(contrast, context.Output.Level))],
            Means = extras.Means,
            Predictions = extras.Predictions,
            Keeping = extras.Keeping,
            Data = arguments.Data,
            Pictures = LmmPictures.Of(fit, inference.Table(context.Output.Level), extras, context.Output.Level),
            Covariance = inference.Covariance.ToArray(),
            Convergence = fit.Convergence,
            Warnings = [.. fit.Warnings, .. LmmCautions.Of(fit, inference, reference, extras)],
            Tolerances = fit.Options.Tolerances.All,
            JsonMembers = Members,
            Details = Details,
            Quantities = LmmQuantities.Of(fit),
            VarianceParameters = fit.ParameterCount - fit.Coefficients.Length,
        };

    private TwoWaySandwich? Ways => (inference as TwoWayInference)?.Ways;

    private string Title()
    {
        var kind = fit.RandomEffects.Count > 0 ? "Linear mixed model" : "Linear model";
        var residual = fit.ResidualCovariances.Count > 0 ? $", residuals {fit.Options.Residual.Description}" : string.Empty;
        var errors = reference.IsModelBased ? string.Empty
            : (Ways is null ? ", " : ", two-way ") + reference.Description;
        var information = inference.Information is { } chosen ? $", Kenward\u2013Roger by {chosen.Name} information" : string.Empty;
        return $"{kind} by {(fit.Options.Restricted ? "REML" : "ML")}{residual}{errors}{information}";
    }

    private void Members(JsonResult json)
    {
        json.Boolean("reml", fit.Options.Restricted);
        json.Number("logLik", fit.LogLikelihood);
        json.Integer("parameters", fit.ParameterCount);
        json.Number("aic", fit.Aic);
        json.Number("bic", fit.Bic);
        json.Number("residualSd", Math.Sqrt(fit.ResidualVariance));
        if (fit.ResidualCovariances.Count > 0)
        {
            json.Text("residual", fit.Options.Residual.Name);
            json.Texts("waves", fit.ResidualCovariances[0].Waves);
            json.Matrix("residualCovariance", [.. fit.ResidualCovariances[0].Covariance], fit.ResidualCovariances[0].Waves.Count);
            json.Objects("residualCovariances", fit.ResidualCovariances, one =>
            {
                json.Text("group", one.Group);
                json.Matrix("covariance", [.. one.Covariance], one.Waves.Count);
                json.Object("parameters", () =>
                {
                    for (var k = 0; k < one.Parameters.Count; k++)
                    {
                        json.Number(one.ParameterNames[k], one.Parameters[k]);
                    }
                });
            });
        }

        if (inference.Information is { } information)
        {
            json.Text("information", information.Name);
        }

        TwoWayOutput.Write(json, TwoWayOutput.Columns(fit.Frame), Ways);
        json.Text("testType", extras.Hypothesis.Name);
        TermTestsJson.Write(json, inference.TermTests(extras.Hypothesis));
        RandomEffectsOutput.Write(json, fit.RandomEffects);
        LmmExtrasJson.Write(json, extras);
    }

    private void Details(IAnsiConsole console)
    {
        if (fit.RandomEffects.Count > 0)
        {
            console.WriteLine();
            RandomEffectsOutput.Write(
                console,
                fit.RandomEffects,
                fit.ResidualCovariances.Count == 0 ? Math.Sqrt(fit.ResidualVariance) : null);
        }
        else if (fit.ResidualCovariances.Count == 0)
        {
            console.WriteLine();
            console.WriteLine($"Residual SD: {Figures.Significant(Math.Sqrt(fit.ResidualVariance), 4)}");
        }

        foreach (var residual in fit.ResidualCovariances)
        {
            WriteResidual(console, residual);
        }

        Tests(console);
        console.WriteLine();
        TwoWayOutput.Write(console, TwoWayOutput.Columns(fit.Frame), Ways);
        console.WriteLine($"Log-likelihood{(fit.Options.Restricted ? " (restricted)" : string.Empty)}: "
            + $"{Figures.Fixed(fit.LogLikelihood, 3)} \u00B7 {fit.ParameterCount.ToString(CultureInfo.InvariantCulture)} parameters \u00B7 "
            + $"AIC {Figures.Fixed(fit.Aic, 1)} \u00B7 BIC {Figures.Fixed(fit.Bic, 1)}");
        LmmExtrasTable.Write(console, extras, context.Output.Level);
    }

    private void Tests(IAnsiConsole console)
    {
        var tests = inference.TermTests(extras.Hypothesis);
        if (!tests.Any(test => test.Test.Rank > 1) && inference is { Fit.Frame.Design.Columns: < 3 })
        {
            return;
        }

        var isFisher = tests.Any(test => test.Test.DenominatorDegreesOfFreedom is not null);
        var table = isFisher
            ? new TextTable("Test of term", ">F", ">df", ">denominator df", ">p")
            : new TextTable("Test of term", ">\u03C7\u00B2", ">df", ">p");
        foreach (var (term, test) in tests)
        {
            string[] start = [term, Figures.Fixed(test.Statistic, 2), test.Rank.ToString(CultureInfo.InvariantCulture)];
            table.Row([.. start, .. isFisher
                ? [Figures.Fixed(test.DenominatorDegreesOfFreedom ?? double.NaN, 1)]
                : Array.Empty<string>(), Figures.Probability(test.PValue)]);
        }

        console.WriteLine();
        table.WriteTo(console);
        var terms = tests.Select(test => test.Term).ToList();
        if (extras.Hypothesis != TermHypothesis.Balanced
            || terms.Exists(term => terms.Exists(other => other != term && term.Split(':').All(other.Split(':').Contains))))
        {
            console.WriteLine($"  ({extras.Hypothesis.Description})");
        }
    }

    private static void WriteResidual(IAnsiConsole console, ResidualCovarianceEstimate residual)
    {
        const int Shown = 8;
        const int FewParameters = 3;
        console.WriteLine();
        var heading = residual.Group.Length == 0 ? "Residual" : $"Residual, {residual.Group}";
        if (residual.Waves.Count == 0 || (residual.Waves.Count > Shown && residual.Parameters.Count <= FewParameters))
        {
            var parameters = residual.ParameterNames.Zip(
                residual.Parameters.Take(Shown),
                (name, value) => $"{name} {Figures.Significant(value, 4)}");
            console.WriteLine($"{heading}: {string.Join(" \u00B7 ", parameters)}");
            return;
        }

        var count = Math.Min(residual.Waves.Count, Shown);
        var table = new TextTable([heading, ">SD", .. Enumerable.Range(0, count - 1).Select(j => ">" + residual.Waves[j])]);
        for (var i = 0; i < count; i++)
        {
            var correlations = Enumerable.Range(0, count - 1)
                .Select(j => j < i ? Figures.Fixed(residual.Correlation(i, j), 2) : string.Empty);
            table.Row([residual.Waves[i], Figures.Significant(
                Math.Sqrt(residual.Covariance[i * (residual.Waves.Count + 1)]),
                4), .. correlations]);
        }

        table.WriteTo(console);
        if (residual.Waves.Count > Shown)
        {
            console.WriteLine($"  (the first {Shown.ToString(CultureInfo.InvariantCulture)} of "
                + $"{residual.Waves.Count.ToString(CultureInfo.InvariantCulture)} waves)");
        }
    }
}
