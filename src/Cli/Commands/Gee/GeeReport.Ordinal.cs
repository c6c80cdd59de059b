using MarginalConditional.Cli.Output;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Statistics.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Gee;

internal sealed partial class GeeReport
{
    /// <summary>The fit of ordered outcomes whose indicators are reported; null for every other outcome.</summary>
    public OrdinalGeeFit? Ordinal { get; init; }

    /// <summary>The test of proportional odds; null when there is none.</summary>
    public ProportionalOddsTest? Proportional { get; init; }

    /// <summary>Whether the coefficients by threshold are those of a fit of their own, and not those of the table.</summary>
    private bool IsSeparate => Proportional is not null && Proportional.Separate != Ordinal;

    private static void Wald(JsonResult json, WaldTest test)
    {
        json.Number("statistic", test.Statistic);
        json.Integer("rank", test.Rank);
        json.Number("denominatorDf", test.DenominatorDegreesOfFreedom);
        json.Number("p", test.PValue);
    }

    private static IEnumerable<(string Term, WaldTest Test)> Rows(ProportionalOddsTest test) =>
        test.Terms.Count == 1
            ? test.Terms.Select(term => (term.Term, term.Wald))
            : [.. test.Terms.Select(term => (term.Term, term.Wald)), ("all", test.Joint)];

    private IEnumerable<string> ProportionalWarnings() => IsSeparate && !Proportional!.Separate.Indicators.Convergence.Converged
        ? ["The model with a coefficient at every threshold has no solution, so proportional odds cannot be tested: "
            + Proportional.Separate.Indicators.Convergence.Message]
        : [];

    private void ProportionalMembers(JsonResult json, ProportionalOddsTest test) => json.Object("proportionalOdds", () =>
    {
        json.Objects("tests", Rows(test), row =>
        {
            json.Text("term", row.Term);
            Wald(json, row.Test);
        });
        json.Objects("slopes", test.Separate.Options.Nominal.SelectMany(test.Slopes), slope =>
        {
            json.Text("term", slope.Term);
            Results.FitOutput.Inference(json, slope);
        });
    });

    private void ProportionalDetails(IAnsiConsole console, ProportionalOddsTest test)
    {
        if (!test.Separate.Indicators.Convergence.Converged)
        {
            return;
        }

        var isF = test.Joint.DenominatorDegreesOfFreedom is not null;
        var table = new TextTable("Proportional odds", isF ? ">F" : ">Chi-squared", ">df", ">p");
        foreach (var (term, wald) in Rows(test))
        {
            table.Row(term, Figures.Fixed(wald.Statistic, 2), DegreesOf(wald), Figures.Probability(wald.PValue));
        }

        console.WriteLine();
        table.WriteTo(console);
        if (IsSeparate)
        {
            console.WriteLine();
            CoefficientView.Write(
                console, [.. test.Separate.Options.Nominal.SelectMany(test.Slopes)], inference.Level, termHeading: "By threshold");
        }
    }

    private static string DegreesOf(WaldTest wald) => wald.DenominatorDegreesOfFreedom is { } denominator
        ? $"{Figures.Count(wald.Rank)}, {Figures.Fixed(denominator, 1)}"
        : Figures.Count(wald.Rank);
}
