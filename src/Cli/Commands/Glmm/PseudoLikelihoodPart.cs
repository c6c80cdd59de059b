using System.CommandLine;
using System.Globalization;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Imputed;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Pseudo;
using MarginalConditional.Statistics.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Glmm;

/// <summary>The part of <c>margcond glmm</c> that fits by pseudo-likelihood: its options and its report.</summary>
internal sealed class PseudoLikelihoodPart
{
    private const string Restricted = "repl";
    private const string Full = "mpl";

    private readonly Option<string> method = Choice.Option(
        "--method",
        "Adaptive quadrature, or restricted or full pseudo-likelihood (SAS's RSPL and MSPL), which few clusters call for.",
        "quadrature",
        Restricted,
        Full);

    private readonly Option<string> degreesOfFreedom = Choice.Option(
        "--df",
        "With --method repl: reference of tests and intervals; mice is for imputed data.",
        [.. LmmReference.All.Select(reference => reference.Name), ImputationOptions.Mice]);

    /// <summary>The options to be added to the command.</summary>
    public Option[] Options => [method, degreesOfFreedom];

    /// <summary>Whether the user asked for pseudo-likelihood.</summary>
    public bool IsAsked(ParseResult parse) => parse.GetValue(method) is Restricted or Full;

    /// <summary>Whether degrees of freedom were asked for, which quadrature has none of.</summary>
    public bool AsksForDegreesOfFreedom(ParseResult parse) =>
        parse.GetValue(degreesOfFreedom) is { } name && name != LmmReference.Normal.Name && name != ImputationOptions.Mice;

    /// <summary>The option <c>--df</c>.</summary>
    public Option<string> DegreesOfFreedom => degreesOfFreedom;

    /// <summary>The fit, ready to be shown.</summary>
    public FitSummary Summary(
        ModelFrame frame, IReadOnlyList<Contrast> contrasts, FitArguments arguments, ParseResult parse, CommandContext context)
    {
        if (arguments.IsBetaBinomial || arguments.IsZeroInflated)
        {
            throw new InputException("Pseudo-likelihood has neither the beta-binomial family nor excess zeros.")
            {
                Hint = "Leave out --method, or take a family without them.",
            };
        }

        _ = LmmReference.TryParse(parse.GetValue(degreesOfFreedom), out var reference);
        if (reference == LmmReference.KenwardRoger && parse.GetValue(method) == Full)
        {
            throw new InputException("Kenward and Roger's method needs a fit by restricted pseudo-likelihood.")
            {
                Hint = $"Use --method {Restricted}, or --df satterthwaite.",
            };
        }

        var fit = PseudoLikelihoodFitter.Fit(frame, new PseudoLikelihoodOptions
        {
            Family = arguments.Family,
            Link = arguments.Link,
            Restricted = parse.GetValue(method) == Restricted,
            Threads = context.Output.Threads,
        });
        var inference = fit.Separated is null ? (reference ?? LmmReference.Normal).Of(fit.Linear) : null;
        return new FitSummary
        {
            Command = "glmm",
            Title =
                $"Conditional (subject-specific) model by {(fit.Options.Restricted ? "restricted " : string.Empty)}pseudo-likelihood",
            Source = arguments.Data.Path,
            Formula = arguments.Request.Formula.ToString(),
            Family = fit.Options.Family.Name,
            Link = fit.Options.EffectiveLink.Name,
            Frame = frame,
            Coefficients = inference?.Table(context.Output.Level) ?? Limits(fit, context.Output.Level),
            Contrasts =
            [
                .. contrasts.Select(contrast =>
                    inference?.Test(contrast, context.Output.Level) ?? Coefficient.NotEstimable(contrast.Label)),
            ],
            Covariance = inference?.Covariance.ToArray() ?? Unknown(fit.Coefficients.Length * fit.Coefficients.Length),
            Convergence = fit.Convergence,
            Warnings = fit.Warnings,
            Tolerances = fit.Options.Tolerances.All,
            JsonMembers = json => Members(json, fit, inference),
            Details = console => Details(console, fit),
            Quantities = [.. RandomEffectQuantities.Of(fit.RandomEffects)],
            VarianceParameters = fit.Linear.ParameterCount - fit.Linear.Coefficients.Length,
        };
    }

    private static void Members(JsonResult json, PseudoLikelihoodFit fit, LmmInference? inference)
    {
        json.Text("method", fit.Options.Restricted ? Restricted : Full);
        json.Number("pseudoLogLik", fit.PseudoLogLikelihood);
        json.Number("dispersion", fit.Dispersion);
        TermTestsJson.Write(json, inference?.TermTests() ?? []);
        RandomEffectsOutput.Write(json, fit.RandomEffects);
    }

    /// <summary>What is infinite, and nothing about the others.</summary>
    private static CoefficientTable Limits(PseudoLikelihoodFit fit, double level) =>
        new(fit.Linear.Frame.Design.Names, fit.Coefficients, Unknown(fit.Coefficients.Length), level: level);

    private static double[] Unknown(int count) => [.. Enumerable.Repeat(double.NaN, count)];

    private static void Details(IAnsiConsole console, PseudoLikelihoodFit fit)
    {
        if (fit.Separated is not null)
        {
            return;
        }

        console.WriteLine();
        RandomEffectsOutput.Write(console, fit.RandomEffects, null);
        console.WriteLine();
        if (!fit.Options.Family.HasUnitDispersion)
        {
            console.WriteLine($"Dispersion: {Figures.Significant(fit.Dispersion, 4)}");
        }

        console.WriteLine($"{fit.Convergence.Iterations.ToString(CultureInfo.InvariantCulture)} linearizations; their likelihood does not "
            + $"compare between models.");
    }
}
