using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Intercept;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Intercept;

/// <summary>The laws of an intercept: densities, deviations, what depends on σ, and means, against sums over a fine grid.</summary>
public sealed class InterceptLawTests
{
    private static readonly InterceptLaw[] Densities = [InterceptLaw.Normal, InterceptLaw.Bridge, InterceptLaw.StudentT5];

    [Theory]
    [InlineData(0.2)]
    [InlineData(1.3)]
    [InlineData(4)]
    public void The_variable_that_is_integrated_has_the_law_of_the_intercept(double sigma)
    {
        foreach (var law in Densities)
        {
            for (var t = -2.9; t < 3; t += 0.7)
            {
                var (at, curve) = At(law, sigma, t);
                var jacobian = curve.EffectSlope[0];
                var density = PlainIntercept.Density(law, at.Effect[0], sigma) * jacobian * Math.Sqrt(2 * Math.PI);
                Assert.Equal(Math.Log(density), at.Log[0], 1e-10);
                Assert.Equal(at.Log[0], curve.Log[0], 1e-12);
                Assert.Equal(at.Effect[0], curve.Effect[0], 1e-12);
            }
        }
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(1.3)]
    [InlineData(4)]
    public void The_curve_has_its_own_derivatives(double sigma)
    {
        const double Step = 1e-5;
        foreach (var law in Densities)
        {
            for (var t = -2.9; t < 3; t += 0.7)
            {
                var (_, here) = At(law, sigma, t);
                var (above, below) = (At(law, sigma, t + Step).Curve, At(law, sigma, t - Step).Curve);
                Near((above.Effect - below.Effect)[0], here.EffectSlope[0]);
                Near((above.EffectSlope - below.EffectSlope)[0], here.EffectCurvature[0]);
                Near((above.Log - below.Log)[0], here.LogSlope[0]);
                Near((above.LogSlope - below.LogSlope)[0], here.LogCurvature[0]);
            }
        }

        static void Near(double difference, double slope) => Assert.Equal(difference / (2 * Step), slope, 1e-6 * (1 + Math.Abs(slope)));
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(1.3)]
    [InlineData(4)]
    public void What_depends_on_the_deviation_has_the_slopes_of_density_or_effect(double sigma)
    {
        var step = 1e-4 * sigma;
        foreach (var law in Densities)
        {
            for (var t = -2.9; t < 3; t += 0.7)
            {
                var (here, _) = At(law, sigma, t);
                if (law.IsScaleFamily)
                {
                    Assert.Equal((At(law, sigma + step, t).Node.Effect[0] - here.Effect[0]) / step, here.Motion[0], 1e-9);
                    Assert.Equal(0, here.Score[0]);
                    continue;
                }

                var (above, same, below) = (Log(sigma + step), Log(sigma), Log(sigma - step));
                Assert.Equal((above - below) / (2 * step), here.Score[0], 1e-5 * (1 + Math.Abs(here.Score[0])));
                Assert.Equal((above - (2 * same) + below) / (step * step), here.ScoreSlope[0], 1e-4 * (1 + Math.Abs(here.ScoreSlope[0])));

                double Log(double deviation) => Math.Log(PlainIntercept.Density(law, here.Effect[0], deviation));
            }
        }
    }

    [Theory]
    [InlineData("logit", 0.4)]
    [InlineData("logit", 3)]
    [InlineData("cloglog", 0.7)]
    [InlineData("probit", 1.2)]
    public void Means_are_those_over_the_density(string name, double sigma)
    {
        Assert.True(Link.TryParse(name, out var link));
        foreach (var law in Densities.Where(law => law.Allows(link)))
        {
            foreach (var eta in new[] { -3.5, -0.4, 0, 2 })
            {
                var point = law.MeanAt(link, eta, sigma);
                Assert.Equal(Mean(eta, sigma), point.Mean, 1e-9);
                Assert.Equal((Mean(eta + 1e-4, sigma) - Mean(eta - 1e-4, sigma)) / 2e-4, point.MeanSlope, 1e-7);
                Assert.Equal((Mean(eta, sigma + 1e-4) - Mean(eta, sigma - 1e-4)) / 2e-4, point.MeanSpreadSlope, 1e-7);
                Assert.Equal(link.Predictor(point.Mean), point.Predictor, 1e-9);
                Assert.Equal(point.MeanSlope / link.Derivative(point.Predictor), point.PredictorSlope, 1e-9);
                Assert.Equal(point.MeanSpreadSlope / link.Derivative(point.Predictor), point.PredictorSpreadSlope, 1e-9);
            }

            double Mean(double eta, double deviation)
            {
                const int Panels = 40_000;
                return Enumerable.Range(0, Panels + 1).Sum(k =>
                {
                    var s = -8 + (16.0 * k / Panels);
                    var b = Math.Sinh(s);
                    return 16.0 / Panels * PlainIntercept.Density(law, b, deviation) * Math.Cosh(s) * link.Mean(eta + b);
                });
            }
        }
    }

    [Fact]
    public void Two_points_have_the_mean_of_two_means()
    {
        var point = InterceptLaw.TwoPoints.MeanAt(Link.Logit, 0.3, 1.1);
        Assert.Equal((Link.Logit.Mean(1.4) + Link.Logit.Mean(-0.8)) / 2, point.Mean, 1e-15);
        Assert.Equal((Link.Logit.Derivative(1.4) - Link.Logit.Derivative(-0.8)) / 2, point.MeanSpreadSlope, 1e-15);
        Assert.True(InterceptLaw.TwoPoints.IsDiscrete);
    }

    [Fact]
    public void Means_that_do_not_exist_are_refused()
    {
        Assert.Throws<ArgumentException>(() => InterceptLaw.Bridge.MeanAt(Link.Probit, 0, 1));
        Assert.Throws<ArgumentException>(() => InterceptLaw.StudentT5.MeanAt(Link.Log, 0, 1));
    }

    private static (LawNode Node, LawCurve Curve) At(InterceptLaw law, double sigma, double t)
    {
        var constants = new double[law.ConstantCount];
        law.Prepare(sigma, constants);
        Vector256<double>[] lanes = [.. constants.Select(value => Vector256.Create(value))];
        law.At(lanes, Vector256.Create(t), out var node);
        law.Trace(lanes, Vector256.Create(t), out var curve);
        return (node, curve);
    }
}
