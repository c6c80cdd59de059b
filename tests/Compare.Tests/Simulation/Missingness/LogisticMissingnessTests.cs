using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Effects;
using MarginalConditional.Compare.Simulation.Missingness;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Simulation.Missingness;

/// <summary>Which rows are seen: the shares of every pattern of outcomes, monotone dropout, and one number a row.</summary>
public sealed class LogisticMissingnessTests
{
    private const int Waves = 3;

    private static readonly ModelFrame Trial = new TrialGenerator(new Mechanism
    {
        Design = TrialDesign.Longitudinal,
        Clusters = 60_000,
        Size = SizeLaw.OfSize(Waves),
        Effects = new TrialEffects { Effect = 0.3 },
        RandomEffect = EffectLaw.Normal(1),
    }).Draw(new RandomStream(3, 4, 5));

    [Theory]
    [InlineData(0, 0, 0, "MCAR")]
    [InlineData(0.5, 0, 0, "MCAR")]
    [InlineData(0, 1, 0, "MAR")]
    [InlineData(-0.3, 0.7, -1, "MNAR")]
    public void Dropout_follows_its_hazards_given_the_outcomes(double treated, double previous, double present, string kind)
    {
        var law = new LogisticMissingness { IsDropout = true, Intercept = -1.5, Treated = treated, Previous = previous, Present = present };
        Assert.Equal((kind, "dropout"), (law.Kind, law.Name));
        var seen = Observe(law, 7);
        var (count, stayed) = (new double[16], new double[16]);
        for (var c = 0; c < Trial.Clusters.Count; c++)
        {
            var start = Waves * c;
            Assert.True(seen[start]);
            Assert.True(seen[start + 1] || !seen[start + 2]);
            var kindOf = (int)((8 * (c % 2)) + (4 * Trial.Response[start]) + (2 * Trial.Response[start + 1]) + Trial.Response[start + 2]);
            count[kindOf]++;
            stayed[kindOf] += seen[start + 2] ? 1 : 0;
        }

        for (var kindOf = 0; kindOf < 16; kindOf++)
        {
            double[] y = [(kindOf >> 2) & 1, (kindOf >> 1) & 1, kindOf & 1];
            var chance = 1.0;
            for (var wave = 1; wave < Waves; wave++)
            {
                var logOdds = -1.5 + (kindOf >= 8 ? treated : 0) + (previous * y[wave - 1]) + (present * y[wave]);
                chance /= 1 + Math.Exp(logOdds);
            }

            Assert.Equal(chance, stayed[kindOf] / count[kindOf], 4.5 * Math.Sqrt(chance * (1 - chance) / count[kindOf]));
        }
    }

    [Fact]
    public void Rows_are_missing_one_by_one()
    {
        var seen = Observe(new LogisticMissingness { IsDropout = false, Intercept = -1, Treated = 0.4, Present = 0.8 }, 8);
        for (var kind = 0; kind < 4; kind++)
        {
            var rows = Enumerable.Range(0, Trial.Rows).Where(row =>
                Trial.Design.Column(1)[row] == kind / 2 && Trial.Response[row] == kind % 2).ToArray();
            var chance = 1 / (1 + Math.Exp(1 - (0.4 * (kind / 2)) - (0.8 * (kind % 2))));
            var share = rows.Count(row => !seen[row]) / (double)rows.Length;
            Assert.Equal(chance, share, 4.5 * Math.Sqrt(chance * (1 - chance) / rows.Length));
        }
    }

    [Fact]
    public void More_dropout_loses_rows_and_gains_none()
    {
        var little = Observe(new LogisticMissingness { IsDropout = true, Intercept = -2, Previous = 0.5 }, 9);
        var much = Observe(new LogisticMissingness { IsDropout = true, Intercept = -1, Previous = 0.5 }, 9);
        Assert.True(Enumerable.Range(0, Trial.Rows).All(row => little[row] || !much[row]));
        Assert.True(much.Count(value => value) < little.Count(value => value));
    }

    private static bool[] Observe(LogisticMissingness law, ulong replicate)
    {
        var seen = new bool[Trial.Rows];
        law.Observe(Trial, new RandomStream(1, 2, replicate), seen);
        return seen;
    }
}
