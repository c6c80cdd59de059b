using System.Text.Json;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Gee.Tests.Ordinal;

/// <summary>
/// Ordered outcomes of the arthritis trial: estimates under independence of ordinal 2022.11.16 (clm), robust errors of multgee 1.9.0,
/// the exchangeable fit by brute force in R, whose estimates at a fixed correlation are those of repolr 3.4.
/// </summary>
public class OrdinalGeeGolden
{
    private static readonly WorkingCorrelation[] Structures =
    [
        WorkingCorrelation.Independence, WorkingCorrelation.Exchangeable, WorkingCorrelation.LocalOddsUniform,
        WorkingCorrelation.LocalOddsByPair, WorkingCorrelation.LocalOddsByScore, WorkingCorrelation.LocalOddsByPairAndScore,
    ];

    [Theory]
    [InlineData("ordinal_gee_arthritis_independence")]
    [InlineData("ordinal_gee_arthritis_exchangeable")]
    [InlineData("ordinal_gee_arthritis_lor_uniform")]
    [InlineData("ordinal_gee_arthritis_lor_category_exch")]
    [InlineData("ordinal_gee_arthritis_lor_time_exch")]
    [InlineData("ordinal_gee_arthritis_lor_rc")]
    public void Estimates_and_errors_are_those_of_the_peers(string name)
    {
        var root = JsonDocument.Parse(File.ReadAllText(Path.Combine(ReferenceCase.Folder, "cases", name + ".json"))).RootElement;
        var (expected, tolerance) = (root.GetProperty("expected"), root.GetProperty("tolerance").GetDouble());
        var fit = OrdinalGeeFitter.Fit(Arthritis(), new OrdinalGeeOptions
        {
            Correlation = Structures.Single(structure => structure.Name == root.GetProperty("corr").GetString()),
            Moments = MomentConvention.Geepack,
        });
        Assert.True(fit.Indicators.Convergence.Converged, fit.Indicators.Convergence.Message);
        Near(Numbers(expected.GetProperty("thresholds"), expected.GetProperty("coefficients")), fit.Indicators.Coefficients, tolerance);
        Near(Numbers(expected.GetProperty("se_robust")), Errors(fit, GeeVariance.Robust), tolerance);
        Near(Numbers(expected.GetProperty("se_model")), Errors(fit, GeeVariance.Model), tolerance);
        if (expected.TryGetProperty("local_odds_ratios", out var ratios))
        {
            Near([.. ratios.EnumerateArray().Select(ratio => ratio.GetDouble())], fit.Indicators.Correlation.Alpha, tolerance);
        }
        else if (fit.Options.Correlation == WorkingCorrelation.Exchangeable)
        {
            Assert.Equal(expected.GetProperty("alpha").GetDouble(), fit.Indicators.Correlation.Alpha[0], 1e-6);
        }
    }

    [Theory]
    [InlineData("logit")]
    [InlineData("probit")]
    [InlineData("cloglog")]
    public void Every_link_and_structure_agrees_with_brute_force(string name)
    {
        Assert.True(CumulativeLink.TryParse(name, out var link));
        foreach (var structure in (WorkingCorrelation[])
            [WorkingCorrelation.Independence, WorkingCorrelation.Exchangeable, WorkingCorrelation.Ar1])
        {
            // The numbers of AR(1) rest on pairs one wave apart, and so on this convention.
            var expected = BruteForce($"{name} {structure.Name}");
            var moments = structure == WorkingCorrelation.Ar1 ? MomentConvention.LiangZeger : MomentConvention.Geepack;
            var options = new OrdinalGeeOptions { Link = link, Correlation = structure, Moments = moments };
            var fit = OrdinalGeeFitter.Fit(Arthritis(), options);
            Near(Values(expected, "b"), fit.Indicators.Coefficients, 1e-7);
            Near(Values(expected, "robust"), Errors(fit, GeeVariance.Robust), 1e-7);
            Near(Values(expected, "model"), Errors(fit, GeeVariance.Model), 1e-7);
        }
    }

    [Fact]
    public void Coefficients_by_threshold_agree_with_brute_force()
    {
        var expected = BruteForce("partial");
        var frame = Arthritis();
        var options = new OrdinalGeeOptions { Moments = MomentConvention.Geepack, Nominal = [frame.Design.Columns - 1] };
        var fit = OrdinalGeeFitter.Fit(frame, options);
        Assert.Equal(expected.GetProperty("names").EnumerateArray().Select(name => name.GetString()), fit.Indicators.Frame.Design.Names);
        Near(Values(expected, "b"), fit.Indicators.Coefficients, 1e-8);
        Near(Values(expected, "robust"), Errors(fit, GeeVariance.Robust), 1e-8);
        Near(Values(expected, "model"), Errors(fit, GeeVariance.Model), 1e-8);
    }

    [Fact]
    public void Tests_of_proportional_odds_agree_with_brute_force()
    {
        var fit = OrdinalGeeFitter.Fit(Arthritis(), new OrdinalGeeOptions { Moments = MomentConvention.Geepack });
        var test = ProportionalOddsTest.OfAll(fit)!;
        Assert.Equal(["factor(trt)", "factor(time)", "baseline"], test.Terms.Select(term => term.Term));
        Assert.Equal([3, 6, 3, 12], test.Terms.Select(term => term.Wald.Rank).Append(test.Joint.Rank));
        Near(
            Values(BruteForce("test"), "statistic"),
            (double[])[.. test.Terms.Select(term => term.Wald.Statistic), test.Joint.Statistic], 1e-6);
        Assert.Equal(["baseline@1|2", "baseline@2|3", "baseline@3|4", "baseline@4|5"], test.Slopes(4).Select(slope => slope.Term));
        Assert.Null(ProportionalOddsTest.OfNominal(fit, GeeInference.Of(fit.Indicators)));
    }

    private static JsonElement BruteForce(string fit) => JsonDocument
        .Parse(File.ReadAllText(Path.Combine(ReferenceCase.Folder, "cases", "ordinal_gee_arthritis_brute.json")))
        .RootElement.GetProperty("fits").GetProperty(fit);

    private static double[] Values(JsonElement fit, string member) =>
        [.. fit.GetProperty(member).EnumerateArray().Select(value => value.GetDouble())];

    private static ModelFrame Arthritis() =>
        ReferenceCase.Frame("arthritis", "y ~ factor(trt) + factor(time) + baseline", "id", "time", isOrdered: true);

    private static double[] Errors(OrdinalGeeFit fit, GeeVariance variance) =>
        GeeInference.Of(fit.Indicators, variance).StandardErrors();

    private static double[] Numbers(params JsonElement[] objects) =>
        [.. objects.SelectMany(one => one.EnumerateObject()).Select(member => member.Value.GetDouble())];

    private static void Near(double[] expected, ReadOnlySpan<double> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var j = 0; j < expected.Length; j++)
        {
            Assert.Equal(expected[j], actual[j], tolerance);
        }
    }
}
