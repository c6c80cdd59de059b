using MarginalConditional.Cli.Output;
using MarginalConditional.Gee.Dropout;
using MarginalConditional.Gee.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Gee;

internal sealed partial class GeeReport
{
    private static void Dropout(IAnsiConsole console, DropoutFit dropout, GeeInference staying)
    {
        console.WriteLine();
        console.WriteLine("Model of staying until the next wave (logit)");
        CoefficientView.Write(console, staying.CoefficientTable(), staying.Level);
        var table = new TextTable("Wave", ">Rows", ">Smallest weight", ">Mean", ">Largest");
        foreach (var wave in dropout.Table())
        {
            table.Row(
                wave.Wave,
                Figures.Count(wave.Rows),
                Figures.Fixed(wave.Smallest, 2),
                Figures.Fixed(wave.Average, 2),
                Figures.Fixed(wave.Largest, 2));
        }

        console.WriteLine();
        table.WriteTo(console);
    }

    private void Errors(IAnsiConsole console)
    {
        var table = new TextTable(["Standard errors", .. shown.Select(variance => ">" + variance.Name)]);
        for (var j = 0; j < fit.Coefficients.Length; j++)
        {
            table.Row([fit.Frame.Design.Names[j], .. shown.Select(variance => Figures.Estimate(variance.Errors[j], variance.Errors[j]))]);
        }

        console.WriteLine();
        table.WriteTo(console);
    }

    private void Terms(IAnsiConsole console)
    {
        var isF = terms.Any(term => term.Wald.DenominatorDegreesOfFreedom is not null);
        var table = new TextTable("Joint test", isF ? ">F" : ">Chi-squared", ">df", ">p");
        foreach (var (term, wald) in terms)
        {
            table.Row(term, Figures.Fixed(wald.Statistic, 2), ProportionalOddsOutput.DegreesOf(wald), Figures.Probability(wald.PValue));
        }

        console.WriteLine();
        table.WriteTo(console);
    }

    private string Alpha()
    {
        var alpha = fit.Correlation.Alpha;
        if (alpha.IsEmpty)
        {
            return string.Empty;
        }

        var shown = alpha.Length > MostCorrelations + 1 ? alpha[..MostCorrelations] : alpha;
        var more = alpha.Length > shown.Length
            ? $", \u2026 {Figures.Count(alpha.Length - shown.Length)} more, in --format json"
            : string.Empty;
        var symbol = fit.Correlation.Structure.IsForOrderedOutcomes ? ", local odds ratio " : ", \u03B1 = ";
        return symbol + string.Join(", ", Array.ConvertAll(shown.ToArray(), value => Figures.Fixed(value, 3))) + more;
    }
}
