using MarginalConditional.Report.Paper;

namespace MarginalConditional.Cli.Commands.Simulate;

/// <summary>What each measure of performance is, for reports and protocols (Morris, White and Crowther 2019, table 6).</summary>
internal static class MeasureDefinitions
{
    private static readonly Dictionary<string, (string Definition, string Error)> Known = new(StringComparer.Ordinal)
    {
        ["mean"] = ("mean of the estimates", "s/\u221An"),
        ["bias"] = ("mean of estimate \u2212 truth", "s/\u221An"),
        ["relative-bias"] = ("mean of (estimate \u2212 truth)/truth", "its standard deviation/\u221An"),
        ["empirical-se"] = ("s, the standard deviation of the estimates", "s/\u221A(2(n \u2212 1))"),
        ["mse"] = ("mean of (estimate \u2212 truth)\u00B2", "standard deviation of the squares/\u221An"),
        ["model-se"] = ("m, the root of the mean squared standard error", "\u221A(var(se\u00B2)/(4nm\u00B2))"),
        ["relative-error"] = (
            "100(m/s \u2212 1), the relative error of standard errors", "100(m/s)\u221A(var(se\u00B2)/(4nm\u2074) + 1/(2(n \u2212 1)))"),
        ["coverage"] = ("share of intervals that hold the truth", "\u221A(p(1 \u2212 p)/n)"),
        ["bias-eliminated-coverage"] = ("share of intervals that hold the mean estimate", "\u221A(p(1 \u2212 p)/n)"),
        ["rejection"] = (
            "share of tests that reject no effect: power, or the type I error where there is none", "\u221A(p(1 \u2212 p)/n)"),
        ["relative-precision"] = (
            "100((s of the reference/s)\u00B2 \u2212 1)", "200(s of the reference/s)\u00B2\u221A((1 \u2212 \u03C1\u00B2)/(n \u2212 1))"),
    };

    /// <summary>A table of measures with their definitions and Monte Carlo standard errors.</summary>
    public static PaperBlock.Table Table(IEnumerable<SimulateCommandMeasure> measures) => new(
        ["measure", "definition", "Monte Carlo standard error"],
        [false, false, false],
        [
            .. measures.Select(measure => (IReadOnlyList<string>)
            [
                measure.Name, Known.GetValueOrDefault(measure.Name).Definition ?? string.Empty,
                Known.GetValueOrDefault(measure.Name).Error ?? string.Empty,
            ]),
        ]);
}
