using System.Text.Json;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Gee.Tests.Support;

namespace MarginalConditional.Gee.Tests.Ordinal;

/// <summary>
/// Ordered outcomes of the arthritis trial: estimates under independence of ordinal 2022.11.16 (clm), robust errors of multgee 1.9.0,
/// the exchangeable fit by brute force in R, whose estimates at a fixed correlation are those of repolr 3.4.
/// </summary>
public class OrdinalGeeGolden
{
    [Theory]
    [InlineData("ordinal_gee_arthritis_independence")]
    [InlineData("ordinal_gee_arthritis_exchangeable")]
    public void Estimates_and_errors_are_those_of_the_peers(string name)
    {
        var root = JsonDocument.Parse(File.ReadAllText(Path.Combine(ReferenceCase.Folder, "cases", name + ".json"))).RootElement;
        var (expected, tolerance) = (root.GetProperty("expected"), root.GetProperty("tolerance").GetDouble());
        var fit = OrdinalGeeFitter.Fit(Arthritis(), new OrdinalGeeOptions
        {
            Correlation = root.GetProperty("corr").GetString() == "independence"
                ? WorkingCorrelation.Independence : WorkingCorrelation.Exchangeable,
            Moments = MomentConvention.Geepack,
        });
        Assert.True(fit.Indicators.Convergence.Converged);
        Near(Numbers(expected.GetProperty("thresholds"), expected.GetProperty("coefficients")), fit.Indicators.Coefficients, tolerance);
        Near(Numbers(expected.GetProperty("se_robust")), Errors(fit, GeeVariance.Robust), tolerance);
        Near(Numbers(expected.GetProperty("se_model")), Errors(fit, GeeVariance.Model), tolerance);
        if (fit.Options.Correlation == WorkingCorrelation.Exchangeable)
        {
            Assert.Equal(expected.GetProperty("alpha").GetDouble(), fit.Indicators.Correlation.Alpha[0], 1e-6);
        }
    }

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
