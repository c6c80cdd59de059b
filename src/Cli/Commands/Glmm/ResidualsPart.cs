using System.CommandLine;
using System.CommandLine.Parsing;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Publishing;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Residuals;
using MarginalConditional.Report.Gallery;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Glmm;

/// <summary>The part of <c>margcond glmm</c> that checks the distribution by simulated residuals.</summary>
internal sealed class ResidualsPart
{
    private const int DefaultDraws = 250;
    private const int FewestDraws = 20;

    /// <summary>The option <c>--residuals</c>.</summary>
    public Option<int?> Option { get; } = new Option<int?>("--residuals")
    {
        Description = $"Check the distribution by residuals scaled among N draws from the fit, {DefaultDraws} without a number: "
            + "uniformity, dispersion, outliers, zeros.",
        HelpName = "N",
        Arity = ArgumentArity.ZeroOrOne,
    }.Require(count => count is null or >= FewestDraws, "needs at least 20 draws; 250 tell p-values to 0.004");

    /// <summary>Whether they are asked for.</summary>
    public bool IsAsked(SymbolResult result) => result.GetResult(Option) is { Implicit: false };

    /// <summary>The residuals asked for; null when none were, or the fit has none.</summary>
    public SimulatedResiduals? Of(GlmmFit fit, ulong seed, ParseResult parse) =>
        IsAsked(parse.CommandResult) ? SimulatedResiduals.Of(fit, parse.GetValue(Option) ?? DefaultDraws, seed) : null;

    /// <summary>The pictures: at hand when residuals were asked for, else made when a picture is.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="residuals">The residuals asked for.</param>
    public static IEnumerable<OfferedPicture> Pictures(GlmmFit fit, SimulatedResiduals? residuals)
    {
        const string Quantiles = "simulated-residuals";
        const string Ranks = "simulated-residuals-rank";
        if (fit.HasInfiniteEstimates || !fit.Convergence.Converged)
        {
            const string Unfit = "the fit has no finite estimates";
            return [OfferedPicture.Without(Quantiles, Unfit), OfferedPicture.Without(Ranks, Unfit)];
        }

        var lazy = new Lazy<SimulatedResiduals>(() => residuals ?? SimulatedResiduals.Of(fit, DefaultDraws)!);
        return
        [
            new OfferedPicture(Quantiles, () => ScaledResidualPictures.Quantiles(lazy.Value)) { IsCostly = residuals is null },
            new OfferedPicture(Ranks, () => ScaledResidualPictures.ByPrediction(lazy.Value)) { IsCostly = residuals is null },
        ];
    }

    /// <summary>Writes the figures below a fit.</summary>
    public static void Write(IAnsiConsole console, SimulatedResiduals? residuals)
    {
        if (residuals is null)
        {
            return;
        }

        console.WriteLine();
        var table = new TextTable($"Residuals, {Figures.Count(residuals.Draws)} draws", ">Data", ">Model", ">p");
        Row("Distance from uniform", residuals.Uniformity, 3);
        Row("Dispersion", residuals.Dispersion, 2);
        Row("Rows outside all draws", residuals.Outliers, 1);
        if (residuals.Zeros is { } zeros)
        {
            Row("Zeros", zeros, 1);
        }

        table.WriteTo(console);

        void Row(string name, ResidualTest test, int decimals) => table.Row(
            name,
            test.Statistic == Math.Round(test.Statistic) && decimals == 1
                ? Figures.Fixed(test.Statistic, 0)
                : Figures.Fixed(test.Statistic, decimals),
            Figures.Fixed(test.Expected, decimals),
            Figures.Probability(test.PValue));
    }

    /// <summary>Writes the same as JSON.</summary>
    public static void Write(JsonResult json, SimulatedResiduals? residuals)
    {
        if (residuals is null)
        {
            return;
        }

        json.Object("simulatedResiduals", () =>
        {
            json.Integer("draws", residuals.Draws);
            Test("uniformity", residuals.Uniformity);
            Test("dispersion", residuals.Dispersion);
            Test("outliers", residuals.Outliers);
            if (residuals.Zeros is { } zeros)
            {
                Test("zeros", zeros);
            }
        });

        void Test(string name, ResidualTest test) => json.Object(name, () =>
        {
            json.Number("statistic", test.Statistic);
            json.Number("expected", test.Expected);
            json.Number("p", test.PValue);
        });
    }
}
