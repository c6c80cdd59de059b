using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Effects;
using MarginalConditional.Compare.Simulation.Likeness;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Statistics.Ordinal;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Simulation.Likeness;

/// <summary>Trials like an ordinal fit (<c>MixedLikeness</c>) against a mechanism that was written down with the fit's numbers.</summary>
public sealed class OrdinalLikenessTests
{
    private static readonly OrdinalGlmmFit Fit = OrdinalGlmmFitter.Fit(
        new TrialGenerator(Mechanism([-0.8, 0.7], 0.9, 0.5)).Draw(new RandomStream(4, 1, 0)),
        new OrdinalGlmmOptions { Link = CumulativeLink.Probit, Nodes = 11 });

    [Fact]
    public void Truths_are_those_of_the_written_mechanism()
    {
        var written = Mechanism(Fit.Thresholds.ToArray(), Fit.RandomEffects[0].StandardDeviations[0], Fit.Parameters[2]);
        var source = new LikeSource(TrialLikeness.Of(Fit));
        foreach (var target in new[]
        {
            StudyTarget.Conditional, StudyTarget.Marginal, StudyTarget.WinProbability, StudyTarget.MeanScoreDifference,
        })
        {
            Assert.Equal(target.Truth(written), source.TruthOf(target)!.Value.Value, 1e-8);
        }

        Assert.Null(source.TruthOf(StudyTarget.RiskDifference));
    }

    [Fact]
    public void Outcomes_have_the_probabilities_of_the_fit()
    {
        var source = new LikeSource(TrialLikeness.Of(Fit), effect: 1.2, clusters: 4000);
        var frame = source.Open().Draw(new RandomStream(1, 2, 3), 0);
        Assert.Equal(["1", "2", "3"], frame.Categories);
        var population = new Population(Mechanism(Fit.Thresholds.ToArray(), Fit.RandomEffects[0].StandardDeviations[0], 1.2));
        for (var arm = 0; arm < 2; arm++)
        {
            var counts = new double[3];
            for (var row = 0; row < frame.Rows; row++)
            {
                counts[(int)frame.Response[row]] += frame.Design.Column(1)[row] == arm ? 1 : 0;
            }

            foreach (var (count, expected) in counts.Zip(population.Probabilities(arm)))
            {
                // Eight rows of a cluster are alike: at most eight times the variance of single rows.
                var error = 5 * Math.Sqrt(2 / counts.Sum());
                Assert.InRange(count / counts.Sum(), expected - error, expected + error);
            }
        }
    }

    private static Mechanism Mechanism(double[] thresholds, double sigma, double effect) => new()
    {
        Clusters = 60,
        Size = SizeLaw.OfSize(8),
        Effects = new TrialEffects { Effect = effect },
        RandomEffect = EffectLaw.Normal(sigma),
        Link = CumulativeLink.Probit.Marginal,
        Ordinal = new OrdinalOutcome(CumulativeLink.Probit, thresholds),
    };
}
