using MarginalConditional.Compare.Simulation.Calibration;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Effects;
using MarginalConditional.Compare.Simulation.Missingness;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Simulation.Calibration;

/// <summary>Shares that are missing against a large trial, and intercepts that give them.</summary>
public sealed class MissingShareTests
{
    private const int Waves = 4;

    private static readonly Mechanism Longitudinal = new()
    {
        Design = TrialDesign.Longitudinal,
        Clusters = 60_000,
        Size = SizeLaw.OfSize(Waves),
        Effects = new TrialEffects { Baseline = -0.5, Effect = 0.3, Trend = 0.1 },
        RandomEffect = EffectLaw.Normal(1.5),
    };

    public static TheoryData<string> Outcomes => ["binary", "count", "continuous", "marginal"];

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void The_share_is_that_of_a_large_trial(string outcome)
    {
        var mechanism = outcome switch
        {
            "count" => Longitudinal with { Family = Family.Poisson, Link = Link.Log, RandomEffect = EffectLaw.Normal(0.5) },
            "continuous" => Longitudinal with { Family = Family.Gaussian, Link = Link.Identity, ResidualDeviation = 2 },
            "marginal" => Longitudinal with
            {
                RandomEffect = EffectLaw.Normal(0),
                Generation = new(
                    Compare.Simulation.Marginal.MarginalMethod.EmrichPiedmonte,
                    Compare.Simulation.Marginal.CorrelationStructure.Autoregressive(0.4)),
            },
            _ => Longitudinal,
        };
        var whole = mechanism.Open().Draw(new RandomStream(1, 2, 3), 3);
        var share = new MissingShare(mechanism);
        foreach (var law in new[]
        {
            new LogisticMissingness { IsDropout = false, Intercept = -1, Treated = 0.5, Present = -0.4 },
            new LogisticMissingness { IsDropout = true, Intercept = -2, Treated = 0.5 },
            new LogisticMissingness { IsDropout = true, Intercept = -2, Treated = -0.4, Previous = 0.6, Present = 0.3 },
        })
        {
            if (!MissingShare.IsKnown(mechanism, law))
            {
                Assert.Equal("marginal", outcome);
                continue;
            }

            var seen = new bool[whole.Rows];
            law.Observe(whole, new RandomStream(4, 5, 6), seen);
            foreach (var arm in new bool?[] { null, false, true })
            {
                var rows = Enumerable.Range(0, whole.Rows).Where(row =>
                    (!law.IsDropout || row % Waves == Waves - 1) && (arm is null || arm == (row / Waves % 2 == 1))).ToArray();
                var expected = rows.Count(row => !seen[row]) / (double)rows.Length;
                Assert.Equal(expected, share.Of(law, arm), 4.5 * Math.Sqrt(0.25 * (law.IsDropout ? 1 : 2) / rows.Length));
            }
        }
    }

    [Fact]
    public void Dropout_is_the_sum_over_all_histories()
    {
        // Three waves of a binary outcome without random effect: eight histories.
        var mechanism = Longitudinal with { Size = SizeLaw.OfSize(3), RandomEffect = EffectLaw.Normal(0) };
        var law = new LogisticMissingness { IsDropout = true, Intercept = -1, Previous = 0.8, Present = -0.5 };
        var leaves = 0.0;
        for (var history = 0; history < 8; history++)
        {
            var (chance, stays) = (1.0, 1.0);
            for (var wave = 0; wave < 3; wave++)
            {
                var y = (history >> wave) & 1;
                var mean = Link.Logit.Mean(-0.5 + (0.1 * wave));
                chance *= y == 1 ? mean : 1 - mean;
                stays *= wave == 0 ? 1 : 1 - law.Probability(false, (history >> (wave - 1)) & 1, y);
            }

            leaves += chance * (1 - stays);
        }

        Assert.Equal(leaves, new MissingShare(mechanism).Of(law, treated: false), 1e-13);
    }

    [Fact]
    public void The_intercept_gives_the_share_of_each_arm()
    {
        var share = new MissingShare(Longitudinal);
        var law = new LogisticMissingness { IsDropout = true, Previous = 1 };
        Assert.Equal(0.25, share.Of(share.Solve(law, 0.25, null)), 1e-10);
        var byArm = share.Solve(law, 0.1, 0.3);
        Assert.Equal(0.1, share.Of(byArm, treated: false), 1e-10);
        Assert.Equal(0.3, share.Of(byArm, treated: true), 1e-10);

        // Completely at random, one in ten at each of three waves.
        var plain = share.Solve(new LogisticMissingness { IsDropout = true }, 1 - Math.Pow(0.9, 3), null);
        Assert.Equal(Math.Log(0.1 / 0.9), plain.Intercept, 1e-10);
    }
}
