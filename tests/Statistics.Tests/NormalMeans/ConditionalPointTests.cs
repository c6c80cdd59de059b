using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Statistics.Tests.NormalMeans;

/// <summary>The inverse of the marginal mean, its derivatives against differences of the inverse itself.</summary>
public sealed class ConditionalPointTests
{
    private const double Step = 1e-3;

    [Theory]
    [InlineData("logit", 0.3)]
    [InlineData("logit", 1.5)]
    [InlineData("logit", 6)]
    [InlineData("cloglog", 0.3)]
    [InlineData("cloglog", 1.5)]
    [InlineData("probit", 1.5)]
    [InlineData("log", 1.5)]
    [InlineData("identity", 1.5)]
    [InlineData("sqrt", 0.4)]
    public void Derivatives_are_those_of_the_inverse(string name, double spread)
    {
        Assert.True(Link.TryParse(name, out var link));
        var rule = MarginalMean.For(link);
        double[] targets = name switch
        {
            "logit" => [-12, -3, -0.4, 0, 2, 9],
            "cloglog" => [-9, -2, 0, 0.8],
            _ => [0.7, 2],
        };
        foreach (var target in targets)
        {
            var point = rule.Inverse(target, spread);
            Assert.Equal(rule.Invert(target, spread), point.Predictor, 1e-10 * (1 + Math.Abs(point.Predictor)));
            Assert.Equal(rule.At(point.Predictor, spread).Predictor, target, 1e-11 * (1 + Math.Abs(target)));
            Near(Differences(h => rule.Invert(target + h, spread), 1), point.Slope, 1e-7);
            Near(Differences(h => rule.Invert(target + h, spread), 2), point.Curvature, 1e-5);
            Near(Differences(h => rule.Invert(target, spread + h), 1), point.SpreadSlope, 1e-7);
            Near(Differences(h => rule.Invert(target, spread + h), 2), point.SpreadCurvature, 1e-5);
            Near(Differences(h => rule.Inverse(target, spread + h).Slope, 1), point.MixedSlope, 1e-7);
        }

        static void Near(double expected, double actual, double tolerance) =>
            Assert.InRange(actual - expected, -tolerance * (1 + Math.Abs(expected)), tolerance * (1 + Math.Abs(expected)));
    }

    [Theory]
    [InlineData("logit", 0.2, 25)]
    [InlineData("logit", 1.46, 12)]
    [InlineData("logit", 5, 30)]
    [InlineData("cloglog", 0.2, 2)]
    [InlineData("cloglog", 2, 9)]
    public void At_one_spread_interpolated_points_are_the_integrals(string name, double spread, double range)
    {
        Assert.True(Link.TryParse(name, out var link));
        var rule = MarginalMean.For(link);
        double[] eta = [.. Enumerable.Range(0, 5000).Select(row => range * Math.Sin(row * 0.7))];
        var points = new MarginalPoint[eta.Length];
        rule.At(eta, [.. Enumerable.Repeat(spread, eta.Length)], points);
        for (var i = 0; i < eta.Length; i += 13)
        {
            var exact = rule.At(eta[i], spread);
            Assert.Equal(exact.Predictor, points[i].Predictor, 1e-13 * (1 + Math.Abs(exact.Predictor)));
            Assert.Equal(1, points[i].Mean / exact.Mean, 2e-13);
            Assert.Equal(1, points[i].MeanSlope / exact.MeanSlope, 1e-12);
            Assert.Equal(exact.MeanSpreadSlope, points[i].MeanSpreadSlope, 1e-12 * Math.Abs(exact.MeanSlope));
            Assert.Equal(exact.PredictorSlope, points[i].PredictorSlope, 1e-12);
            Assert.Equal(exact.PredictorSpreadSlope, points[i].PredictorSpreadSlope, 1e-12);
        }
    }

    /// <summary>The first or second derivative at 0, with an error of the fourth order of the step.</summary>
    private static double Differences(Func<double, double> f, int order) => order == 1
        ? ((8 * (f(Step) - f(-Step))) - (f(2 * Step) - f(-2 * Step))) / (12 * Step)
        : ((16 * (f(Step) + f(-Step))) - (f(2 * Step) + f(-2 * Step)) - (30 * f(0))) / (12 * Step * Step);
}
