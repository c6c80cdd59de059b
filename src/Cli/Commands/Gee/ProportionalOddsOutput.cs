using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Statistics.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Gee;

/// <summary>Shows tests of proportional odds, and the coefficients by threshold that they are about.</summary>
internal static class ProportionalOddsOutput
{
    /// <summary>Writes the member <c>proportionalOdds</c>.</summary>
    public static void Write(JsonResult json, ProportionalOddsTest test) => json.Object("proportionalOdds", () =>
    {
        json.Objects("tests", Rows(test), row =>
        {
            json.Text("term", row.Term);
            json.Text("kind", "wald");
            json.Number("statistic", row.Test.Statistic);
            json.Integer("df", row.Test.Rank);
            json.Number("denominatorDf", row.Test.DenominatorDegreesOfFreedom);
            json.Number("p", row.Test.PValue);
        });
        json.Objects("slopes", test.Separate.Options.Nominal.SelectMany(test.Slopes), slope =>
        {
            json.Text("term", slope.Term);
            FitOutput.Inference(json, slope);
        });
    });

    /// <summary>Writes the tests, and the coefficients where the fit's own table does not have them.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="test">The tests.</param>
    /// <param name="fit">The fit that is reported.</param>
    /// <param name="level">Of the intervals.</param>
    public static void Write(IAnsiConsole console, ProportionalOddsTest test, OrdinalGeeFit? fit, double level)
    {
        if (!test.Separate.Indicators.Convergence.Converged)
        {
            return;
        }

        var table = new TextTable(
            "Proportional odds", test.Joint.DenominatorDegreesOfFreedom is null ? ">Chi-squared" : ">F", ">df", ">p");
        foreach (var (term, wald) in Rows(test))
        {
            table.Row(term, Figures.Fixed(wald.Statistic, 2), DegreesOf(wald), Figures.Probability(wald.PValue));
        }

        console.WriteLine();
        table.WriteTo(console);
        if (test.Separate != fit)
        {
            console.WriteLine();
            CoefficientView.Write(
                console, [.. test.Separate.Options.Nominal.SelectMany(test.Slopes)], level, termHeading: "By threshold");
        }
    }

    /// <summary>Says why there is no test.</summary>
    public static IEnumerable<string> Warnings(ProportionalOddsTest? test, OrdinalGeeFit? fit) =>
        test is not null && test.Separate != fit && !test.Separate.Indicators.Convergence.Converged
            ? ["Proportional odds could not be tested: the model with a coefficient at every threshold has no solution. "
                + test.Separate.Indicators.Convergence.Message]
            : [];

    /// <summary>The degrees of freedom of a joint test.</summary>
    public static string DegreesOf(WaldTest wald) => wald.DenominatorDegreesOfFreedom is { } denominator
        ? $"{Figures.Count(wald.Rank)}, {Figures.Fixed(denominator, 1)}"
        : Figures.Count(wald.Rank);

    private static IEnumerable<(string Term, WaldTest Test)> Rows(ProportionalOddsTest test) =>
        test.Terms.Count == 1
            ? test.Terms.Select(term => (term.Term, term.Wald))
            : [.. test.Terms.Select(term => (term.Term, term.Wald)), ("all", test.Joint)];
}
