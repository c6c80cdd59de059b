using MarginalConditional.Compare.RandomIntercept;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Quadrature;

namespace MarginalConditional.Compare.Tests.RandomIntercept;

/// <summary>The integral of one cluster against Simpson's rule over z on a fine grid, its scores against differences of that.</summary>
public sealed class ClusterIntegralTests
{
    private const double Step = 1e-4;

    [Theory]
    [InlineData(true, false, 0.4)]
    [InlineData(true, false, 2.5)]
    [InlineData(true, true, 0.9)]
    [InlineData(true, true, 1.8)]
    [InlineData(false, false, 0.8)]
    public void Value_and_scores_are_those_of_a_fine_grid(bool binary, bool bridge, double theta)
    {
        var frame = SmallTrial.Frame(5, seed: 3, counts: !binary);
        var law = bridge ? InterceptLaw.Bridge : InterceptLaw.Normal;
        var (family, link) = binary ? (Family.Binomial, Link.Logit) : (Family.Poisson, Link.Log);
        var integral = new ClusterIntegral(frame, family, link, law, GaussHermiteRule.OfSize(100), new RandomInterceptTolerances());
        var eta = Enumerable.Range(0, frame.Rows).Select(i => -0.4 + (0.3 * (i % 4))).ToArray();
        var rows = eta.Select(value => (value, 1.0, 0.0)).ToArray();
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            var size = frame.Clusters.Size(c);
            var y = frame.Response.Slice(frame.Clusters.Start(c), size).ToArray();
            var own = eta.AsSpan(frame.Clusters.Start(c), size).ToArray();
            var (mode, scores) = (0.0, new double[frame.Clusters.MaximumSize]);
            var value = integral.Integrate(c, rows, theta, ref mode, scores, out var thetaScore);

            Assert.Equal(Twin(y, own, law, theta, binary), value, 1e-8);
            Assert.Equal(
                (Twin(y, own, law, theta + Step, binary) - Twin(y, own, law, theta - Step, binary)) / (2 * Step),
                thetaScore,
                1e-6);
            for (var i = 0; i < size; i++)
            {
                Assert.Equal((Moved(i, Step) - Moved(i, -Step)) / (2 * Step), scores[i], 1e-6);
            }

            double Moved(int row, double by)
            {
                var moved = own.ToArray();
                moved[row] += by;
                return Twin(y, moved, law, theta, binary);
            }
        }
    }

    [Fact]
    public void The_start_of_the_search_of_the_mode_does_not_matter()
    {
        var frame = SmallTrial.Frame(4, seed: 5);
        var integral = new ClusterIntegral(
            frame,
            Family.Binomial,
            Link.Logit,
            InterceptLaw.Normal,
            GaussHermiteRule.OfSize(30),
            new RandomInterceptTolerances());
        var rows = Enumerable.Repeat((0.2, 1.0, 0.0), frame.Rows).ToArray();
        var scores = new double[frame.Clusters.MaximumSize];
        var (near, far) = (0.0, 3.5);

        Assert.Equal(
            integral.Integrate(1, rows, 1.3, ref near, scores, out _),
            integral.Integrate(1, rows, 1.3, ref far, scores, out _),
            1e-12);
        Assert.Equal(near, far, 1e-9);
    }

    /// <summary>log ∫ ∏ f(yᵢ | ηᵢ + b(z)) φ(z) dz, densities in their textbook form.</summary>
    private static double Twin(double[] y, double[] eta, InterceptLaw law, double theta, bool binary)
    {
        const int Panels = 4000;
        var sum = 0.0;
        for (var k = 0; k <= Panels; k++)
        {
            var z = -10 + (20.0 * k / Panels);
            var b = law.At(z, theta).Value;
            var logarithm = -0.5 * z * z;
            for (var i = 0; i < y.Length; i++)
            {
                logarithm += binary ? -Math.Log(1 + Math.Exp(y[i] == 1 ? -eta[i] - b : eta[i] + b)) : Poisson(y[i], eta[i] + b);
            }

            sum += (k is 0 or Panels ? 1 : k % 2 == 1 ? 4 : 2) * Math.Exp(logarithm);
        }

        return Math.Log(sum * 20 / Panels / 3 / Math.Sqrt(2 * Math.PI));
    }

    private static double Poisson(double y, double eta) =>
        (y * eta) - Math.Exp(eta) - Enumerable.Range(1, (int)y).Sum(k => Math.Log(k));
}
