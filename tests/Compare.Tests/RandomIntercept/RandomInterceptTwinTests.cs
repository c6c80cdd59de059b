using MarginalConditional.Compare.RandomIntercept;
using MarginalConditional.Compare.Tests.RandomIntercept.Twin;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Intercept;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Compare.Tests.RandomIntercept;

/// <summary>
/// Fits are those of <see cref="TwinFit"/>, which solves Δ for every row, integrates over quantiles and differences the score.
/// </summary>
public sealed class RandomInterceptTwinTests
{
    [Theory]
    [InlineData("ohio", "resp ~ age + smoke + (1 | id)", 2.2)]
    [InlineData("respiratory", "y ~ treatment + baseline + (1 | subject)", 1.5)]
    public void Marginalized_models_of_binary_outcomes(string data, string formula, double sigma)
    {
        var frame = ReferenceFrames.Without(ReferenceFrames.Build(data, formula), -1);
        var start = new double[frame.Design.Columns];
        SameFit(
            TwinFit.Of(
                frame, Family.Binomial, Link.Logit, TwinLaw.Normal, Marginal(Link.Logit), 100, [.. start, sigma]),
            RandomInterceptFitter.FitMarginalized(frame, Options(Family.Binomial, null, sigma) with { Nodes = 100 }),
            1e-8);
    }

    [Theory]
    [InlineData("probit")]
    [InlineData("cloglog")]
    [InlineData("log")]
    public void Marginalized_models_with_other_links(string name)
    {
        Assert.True(Link.TryParse(name, out var link));
        var family = link == Link.Log ? Family.Poisson : Family.Binomial;
        var frame = SmallTrial.Frame(150, seed: 7, counts: link == Link.Log);
        SameFit(
            TwinFit.Of(frame, family, link, TwinLaw.Normal, Marginal(link), 60, [0, 0, 0, 0.7]),
            RandomInterceptFitter.FitMarginalized(frame, Options(family, link, 0.7)),
            1e-7);
    }

    [Fact]
    public void A_bridge()
    {
        // The two place their nodes differently, so they agree to the quadrature's error.
        var frame = SmallTrial.Frame(150, seed: 7);
        SameFit(
            TwinFit.Of(frame, Family.Binomial, Link.Logit, TwinLaw.Bridge, TwinMap.Conditional, 200, [0, 0, 0, 1.5]),
            RandomInterceptFitter.FitBridge(frame, Options(Family.Binomial, null, 1.5) with { Nodes = 200 }),
            1e-6);
    }

    [Fact]
    public void A_normal_intercept_with_one_deviation_is_the_mixed_model()
    {
        var frame = ReferenceFrames.Without(ReferenceFrames.Build("ohio", "resp ~ age + smoke + (1 | id)"), -1);
        var mixed = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial, Nodes = 80, Threads = 1 });
        var fit = RandomInterceptFitter.FitConditional(frame, Options(Family.Binomial, null, 2) with { Nodes = 80 }, InterceptLaw.Normal);
        Assert.Equal(mixed.LogLikelihood, fit.LogLikelihood, 1e-8);
        for (var j = 0; j < 4; j++)
        {
            Assert.Equal(mixed.Parameters[j], j < 3 ? fit.Coefficients[j] : fit.StandardDeviation, 1e-7);
            Assert.Equal(mixed.JointCovariance[5 * j], fit.JointCovariance[5 * j], 1e-6);
        }
    }

    private static void SameFit(TwinFit expected, RandomInterceptFit actual, double tolerance)
    {
        Assert.True(expected.Convergence.Converged);
        Assert.True(actual.Convergence.Converged);
        Assert.Equal(expected.LogLikelihood, actual.LogLikelihood, 1e-10 * Math.Abs(expected.LogLikelihood));
        var m = expected.Parameters.Length;
        double[] parameters = [.. actual.Coefficients, actual.StandardDeviation];
        for (var j = 0; j < m; j++)
        {
            var error = Math.Sqrt(expected.Covariance[j * (m + 1)]);
            Assert.InRange((parameters[j] - expected.Parameters[j]) / error, -tolerance, tolerance);
            Assert.Equal(1, Math.Sqrt(actual.JointCovariance[j * (m + 1)]) / error, tolerance);
        }

        var influence = actual.Influence();
        for (var c = 0; c < 5; c++)
        {
            for (var j = 0; j < m; j++)
            {
                var own = Enumerable.Range(0, m).Sum(l => expected.Covariance[(j * m) + l] * expected.Scores[(c * m) + l]);
                Assert.Equal(own, influence.Of(c)[j], 1e3 * tolerance * Math.Sqrt(expected.Covariance[j * (m + 1)]));
            }
        }
    }

    private static TwinMap Marginal(Link link) => TwinMap.Marginal(MarginalMean.For(link));

    private static RandomInterceptOptions Options(Family family, Link? link, double sigma) => new()
    {
        Family = family,
        Link = link,
        Nodes = 60,
        StartingStandardDeviation = sigma,
        Threads = 1,
        Tolerances = new() { Distance = 1e-9, Nodes = 1 },
    };
}
