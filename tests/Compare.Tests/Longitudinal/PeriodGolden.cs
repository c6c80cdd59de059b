using MarginalConditional.Compare.Longitudinal;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee.Correlation;

namespace MarginalConditional.Compare.Tests.Longitudinal;

/// <summary>A stepped wedge and a crossover trial as R has them.</summary>
/// <remarks>
/// Cells' own means and their jackknife: MRStdLCRT 0.1.1. With a model: the definitions in R 4.2.2 on coefficients of gee 4.13 (tolerance
/// 1e−12), errors by one step. MRStdLCRT itself predicts the kept periods' rows with factor(period) coded anew, so that its first kept
/// period loses its own coefficient: .14908 for .14914.
/// </remarks>
public sealed class PeriodGolden
{
    private const double Agreed = 1e-6;
    private const double AgreedErrors = 1e-4;

    [Fact]
    public void Stepped_wedge()
    {
        var analysis = Analyse("sw12", WorkingCorrelation.Exchangeable);

        Assert.Equal(["2", "3", "4"], analysis.Periods);
        Assert.Equal(["1", "5"], analysis.LeftOut);
        Rows(
            analysis,
            null,
            "log odds ratio",
            [0.209728980303297, 0.363931490309821, 0.210297673149329, 0.341215114206732],
            [0.356201841851169, 0.40764293225545, 0.355354585007759, 0.392470902864658]);
        Rows(
            analysis,
            "GEE",
            "log odds ratio",
            [0.1491359423, 0.2989776769, 0.1496402058, 0.2751984923],
            [0.35042, 0.39914, 0.34954, 0.38359]);
        var test = analysis.Tests.First(row => row.Method is null && row.Scale == "log odds ratio").Test!;
        Assert.Equal(0.7725, test.Statistic, 5e-5);
        Assert.Equal(3, test.Rank);
        Assert.Equal(11.0, test.DenominatorDegreesOfFreedom);
    }

    [Fact]
    public void Crossover()
    {
        var analysis = Analyse("xo10", WorkingCorrelation.Independence);

        Assert.Empty(analysis.LeftOut);
        Rows(
            analysis,
            null,
            "risk difference",
            [0.111555201136076, 0.11825296231288, 0.109900323509526, 0.118291587373219],
            [0.0482013684584656, 0.0466940131287823, 0.0479818351526305, 0.0445001483231221]);
        Rows(
            analysis,
            "GEE",
            "risk difference",
            [0.109643516236952, 0.116964752336182, 0.108025538950966, 0.117070321985861],
            [0.0457738, 0.0449182966023149, 0.0453230347701063, 0.0423037945487304],
            2e-3);
    }

    private static PeriodAnalysis Analyse(string data, WorkingCorrelation correlation)
    {
        var request = new FrameRequest
        {
            Formula = FormulaParser.Parse("y ~ trt + factor(period) + x + (1 | cluster)"),
            Cluster = "cluster",
            AuxiliaryGroupings = ["period"],
        };
        var frame = ModelFrameBuilder.Build(
            DatasetReader.Read(ReferenceFiles.Data(data), new DatasetReaderOptions { Columns = request.Columns }), request);
        return ModelComparer.Compare(frame, WedgeTrial.Options(binary: true, correlation) with { Treatment = "trt" }).Periods!;
    }

    private static void Rows(
        PeriodAnalysis analysis, string? method, string scale, double[] estimates, double[] errors, double tolerance = AgreedErrors)
    {
        for (var e = 0; e < estimates.Length; e++)
        {
            var row = analysis.Estimates.First(row =>
                row.Method == method && row.Scale == scale && row.Estimand == PeriodEstimand.All[e]).Inference;
            Assert.Equal(estimates[e], row.Estimate, Agreed);
            Assert.InRange(row.StandardError / errors[e], 1 - tolerance, 1 + tolerance);
        }
    }
}
