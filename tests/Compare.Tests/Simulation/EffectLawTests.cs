using MarginalConditional.Compare.Simulation.Effects;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Simulation;

public sealed class EffectLawTests
{
    public static TheoryData<string, double> Laws =>
        new()
        {
            { "normal", 0.3 },
            { "normal", 3 },
            { "bridge", 0.2 },
            { "bridge", 2 },
            { "t", 1.5 },
            { "gamma", 1.2 },
            { "two-point", 0.8 },
        };

    [Theory]
    [MemberData(nameof(Laws))]
    public void Nodes_have_mean_zero_and_the_standard_deviation(string name, double sigma)
    {
        var nodes = Law(name, sigma).Nodes();
        Assert.Equal(1, nodes.Expect(_ => 1), 1e-13);
        Assert.Equal(0, nodes.Expect(b => b), 1e-10);
        Assert.Equal(sigma, Math.Sqrt(nodes.Expect(b => b * b)), 1e-8);
    }

    [Theory]
    [MemberData(nameof(Laws))]
    public void Draws_have_the_distribution_of_the_nodes(string name, double sigma)
    {
        const int N = 40_000;
        var law = Law(name, sigma);
        var nodes = law.Nodes();
        var stream = new RandomStream(3, 4, 5);
        var draws = Enumerable.Range(0, N).Select(_ => law.Draw(stream)).ToArray();
        foreach (var cut in new[] { -1.3 * sigma, -0.4 * sigma, 0.25 * sigma, 1.6 * sigma })
        {
            // A smooth step, as the quadrature is for smooth functions: five standard errors.
            var scale = sigma / 4;
            Func<double, double> step = b => 1 / (1 + Math.Exp(-(b - cut) / Math.Max(scale, 1)));
            Assert.Equal(nodes.Expect(step), draws.Average(step), 5 * 0.5 / Math.Sqrt(N));
        }
    }

    [Theory]
    [MemberData(nameof(Laws))]
    public void A_quantile_has_its_probability_below_it(string name, double sigma)
    {
        var law = Law(name, sigma);
        var stream = new RandomStream(6, 7, 8);
        double[] draws = [.. Enumerable.Range(0, 40_000).Select(_ => law.Draw(stream)).Order()];
        foreach (var probability in new[] { 0.05, 0.31, 0.5, 0.9 })
        {
            var quantile = law.Quantile(probability);
            var (below, upTo) = (draws.Count(draw => draw < quantile - 1e-12), draws.Count(draw => draw <= quantile + 1e-12));
            Assert.True(below / 40_000.0 < probability + 0.0125 && upTo / 40_000.0 > probability - 0.0125);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => law.Quantile(1));
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.05)]
    [InlineData(0.3)]
    public void A_bridge_of_little_spread_has_few_nodes(double sigma) =>
        Assert.InRange(EffectLaw.Bridge(sigma).Nodes().Points.Length, 100, 2000);

    [Fact]
    public void Without_spread_there_is_no_effect()
    {
        Assert.Equal(0, EffectLaw.Bridge(0).Draw(new RandomStream(1, 1, 1)));
        Assert.Equal(Math.Exp(2), EffectLaw.Normal(0).Nodes().Expect(b => Math.Exp(2 + b)));
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.05)]
    [InlineData(0.1)]
    [InlineData(0.4)]
    [InlineData(1)]
    [InlineData(3)]
    public void A_bridge_effect_shrinks_the_logit_by_its_attenuation_exactly(double sigma)
    {
        var phi = BridgeDistribution.AttenuationOf(sigma);
        var nodes = EffectLaw.Bridge(sigma).Nodes();
        foreach (var eta in new[] { -4.0, -1, 0.3, 2 })
        {
            var p = nodes.Expect(b => 1 / (1 + Math.Exp(-eta - b)));
            Assert.Equal(phi * eta, Math.Log(p / (1 - p)), 1e-12);
        }
    }

    [Fact]
    public void Parameters_outside_the_domain_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => EffectLaw.Normal(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => EffectLaw.Student(1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => EffectLaw.TwoPoint(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => EffectLaw.Gamma(1, 0));
    }

    private static EffectLaw Law(string name, double sigma) => name switch
    {
        "bridge" => EffectLaw.Bridge(sigma),
        "t" => EffectLaw.Student(sigma, 6),
        "gamma" => EffectLaw.Gamma(sigma, 1.5),
        "two-point" => EffectLaw.TwoPoint(sigma, 0.3),
        _ => EffectLaw.Normal(sigma),
    };
}
