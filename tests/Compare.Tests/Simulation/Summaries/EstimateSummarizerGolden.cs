using System.Globalization;
using MarginalConditional.Compare.Simulation.Performance;
using MarginalConditional.Compare.Simulation.Summaries;
using MarginalConditional.Data.Tables;
using MarginalConditional.Tests;

namespace MarginalConditional.Compare.Tests.Simulation.Summaries;

/// <summary>
/// Summaries beside those of the R package rsimsum 0.13.1 (Gasparini 2018; tests/reference/made-by/rsimsum.R) and of Stata's simsum
/// (White 2010) as that package keeps them.
/// </summary>
public sealed class EstimateSummarizerGolden
{
    private static readonly string[] WithoutRejection = ["power"];

    [Fact]
    public void Missing_covariates_are_as_rsimsum_has_them() => Same("misim", MissingCovariates(), new SummaryOptions { Reference = "CC" });

    /// <summary>
    /// Stata's numbers are stored in single precision. Its Monte Carlo error of relative precision divides by n − 2 where Morris, White
    /// and Crowther (2019, table 6) and rsimsum divide by n − 1.
    /// </summary>
    [Theory]
    [InlineData("CC", 0.016766160726547241, 0.0047786757349967957, 0.1511149941489854, 0.0033807246945798397, 0, 0,
        0.023094009608030319, 0.001133838901296258, 0.14709626509625562, 0.00052740995306521654, -2.6593847274780273, 2.2054817676544189,
        0.943, 0.946)]
    [InlineData("MI_T", -0.0011908350279554725, 0.0042509767226874828, 0.13442768682303971, 0.0030073984526097775, 26.368162155151367,
        3.8443036079406738, 0.01805415004491806, 0.00091122492449358106, 0.13383455964723548, 0.00058563624043017626,
        -0.44122397899627686, 2.2695214748382568, 0.943, 0.963)]
    [InlineData("MI_LOGT", 0.00092309864703565836, 0.0041744098998606205, 0.13200643695580797, 0.0029532306361943483, 31.0463409423828,
        3.9394447803497314, 0.017409125342965126, 0.00088128051720559597, 0.13494128375338407, 0.00060460407985374331,
        2.2232604026794434, 2.3323383331298828, 0.949, 0.969)]
    public void Missing_covariates_are_as_Stata_has_them(
        string method, double bias, double biasError, double empirical, double empiricalError, double precision, double precisionError,
        double mse, double mseError, double model, double modelError, double relative, double relativeError, double coverage, double power)
    {
        var row = EstimateSummarizer.Summarize(MissingCovariates(), new SummaryOptions { Reference = "CC" })
            .Table.Cells.Single(cell => cell.Method == method).Performance;
        Near(bias, biasError, row.Bias);
        Near(empirical, empiricalError, row.EmpiricalError);
        Near(mse, mseError, row.MeanSquaredError);
        Near(model, modelError, row.ModelError);
        Near(relative, relativeError, row.RelativeError);
        Near(coverage, Math.Sqrt(coverage * (1 - coverage) / 1000), row.Coverage);
        Near(power, Math.Sqrt(power * (1 - power) / 1000), row.Rejection);
        if (method != "CC")
        {
            Near(precision, precisionError * Math.Sqrt(998.0 / 999), row.RelativePrecision);
        }

        static void Near(double value, double error, PerformanceMeasure measure)
        {
            Assert.Equal(1, measure.Value / value, 3e-6);
            Assert.Equal(1, measure.MonteCarloError / error, 1e-6);
        }
    }

    [Fact]
    public void Estimates_far_out_are_dropped_as_rsimsum_drops_them()
    {
        var robust = new OutlierRule { LargestEstimate = 2, LargestError = 2 };

        // rsimsum's precision of the reference is then over other replicates than that of the method.
        var summary = Same("misim-robust", MissingCovariates(), new SummaryOptions { Reference = "CC", Outliers = robust }, ["relprec"]);
        Assert.All(summary.Cells, cell => Assert.InRange(cell.Outliers, 1, 100));
        var byMean = new OutlierRule { LargestEstimate = 2.5, LargestError = 2.5, Robust = false };
        Same("misim-mean", MissingCovariates(), new SummaryOptions { Reference = "CC", Outliers = byMean }, ["relprec"]);
    }

    [Fact]
    public void Relative_hazards_are_as_rsimsum_has_them() => Same(
        "relhaz", Rows("relhaz", "theta", "se", -0.5, ["n", "baseline"], "model", "dataset"), new SummaryOptions { Reference = "Cox" });

    [Fact]
    public void Given_limits_and_degrees_of_freedom_cover_as_rsimsum_has_them()
    {
        var (data, rows) = (Data("tt"), Rows("tt", "diff", "se", -1, [], "method", "repno"));
        var reference = new SummaryOptions { Reference = "1" };
        Same("tt", rows, reference);

        // rsimsum tests with the normal quantile whatever the intervals are; here what the interval leaves out is rejected.
        Same("tt-df", rows with { DegreesOfFreedom = Numbers(data, "df") }, reference, WithoutRejection);
        Same(
            "tt-limits", rows with { Lower = Numbers(data, "conf.low"), Upper = Numbers(data, "conf.high") }, reference, WithoutRejection);
    }

    [Fact]
    public void Rows_in_any_order_are_paired_by_replicate() => Same(
        "nlp", Rows("nlp", "b", "se", 0, ["baseline", "esigma"], "model", "i"), new SummaryOptions { Reference = "1" });

    private static EstimateRows MissingCovariates() => Rows(
        Path.Combine(ReferenceFiles.RepositoryRoot, "examples", "missing-covariates", "estimates.csv"),
        "b", "se", 0.5, [], "method", "dataset");

    private static EstimateRows Rows(
        string name, string estimate, string error, double truth, string[] factors, string method, string replicate)
    {
        var data = Data(name);
        return new EstimateRows
        {
            Name = name,
            Values = Numbers(data, estimate),
            Errors = Numbers(data, error),
            Truths = [.. Enumerable.Repeat(truth, data.Rows)],
            Factors = [.. factors.Select(factor => Labels(name, factor))],
            Method = Labels(name, method),
            Replicate = Labels(name, replicate),
        };
    }

    private static string PathOf(string name) =>
        name.EndsWith(".csv", StringComparison.Ordinal) ? name : ReferenceFiles.Beside(
            "Compare.Tests", "Simulation", "Summaries", "rsimsum", name + ".csv");

    private static Dataset Data(string name) => DatasetReader.Read(PathOf(name));

    private static double[] Numbers(Dataset data, string name) => ((NumericColumn)data.Find(name)!).Values.ToArray();

    private static FactorColumn Labels(string name, string column) =>
        (FactorColumn)DatasetReader.Read(PathOf(name), new DatasetReaderOptions { Columns = [column], Factors = [column] }).Find(column)!;

    /// <summary>Every measure and its Monte Carlo error beside the file of expected ones, to fifteen digits as R writes them.</summary>
    private static EstimateSummary Same(string expected, EstimateRows rows, SummaryOptions options, string[]? without = null)
    {
        var summary = EstimateSummarizer.Summarize(rows, options);
        var checkedRows = 0;
        foreach (var line in File.ReadLines(PathOf(expected + "-expected")).Skip(1))
        {
            var fields = line.Split(',');
            var cell = summary.Table.Cells.Single(one => one.Levels.Append(one.Method).SequenceEqual(fields[..^3]));
            if (without?.Contains(fields[^3]) != true && Of(cell.Performance, fields[^3], options.Reference == cell.Method) is { } measure)
            {
                Near(fields[^2], measure.Value, line);

                // √(1 − ρ²) of estimates that are the same in both methods is rounding alone.
                Near(fields[^1], measure.MonteCarloError, line, fields[^1] == "0" && fields[^3] == "relprec" ? 1e-6 : 2e-13);
                checkedRows++;
            }
        }

        Assert.InRange(checkedRows, 9 * summary.Table.Cells.Count, 11 * summary.Table.Cells.Count);
        return summary;
    }

    private static void Near(string expected, double value, string line, double tolerance = 2e-13)
    {
        if (expected != "NA")
        {
            var number = double.Parse(expected, CultureInfo.InvariantCulture);
            Assert.True(Math.Abs(value - number) <= tolerance + (3e-13 * Math.Abs(number)), $"{line}: {value:R}");
        }
    }

    private static PerformanceMeasure? Of(EstimatePerformance row, string stat, bool isReference) => stat switch
    {
        "nsim" => new PerformanceMeasure(row.Converged, double.NaN),
        "bias" => row.Bias,
        "rbias" => row.Truth == 0 ? null : row.RelativeBias,
        "empse" => row.EmpiricalError,
        "mse" => row.MeanSquaredError,
        "relprec" => isReference ? null : row.RelativePrecision,
        "modelse" => row.ModelError,
        "relerror" => row.RelativeError,
        "cover" => row.Coverage,
        "becover" => row.BiasEliminatedCoverage,
        "power" => row.Rejection,
        _ => null,
    };
}
