using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Simulation.Informative;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Simulation;

/// <summary>Trials whose size is informative: their truths, and whether the ladder's intervals cover them.</summary>
public sealed class InformativeTrialTests
{
    private static readonly InformativeTrial Trial = new() { Clusters = 30, Effect = 0.8, Surplus = -0.7, Slope = 0.8, Spread = 0.7 };

    [Fact]
    public void Without_covariate_and_spread_the_truths_are_those_of_four_probabilities()
    {
        var truth = new InformativeTruth(Trial with { Slope = 0, Spread = 0 });
        double[] effect = [0.8, 0.1];
        foreach (var (weighting, other) in new[]
        {
            (ClusterWeighting.Participant, ClusterWeighting.Cluster), (ClusterWeighting.Cluster, ClusterWeighting.Participant),
        })
        {
            var large = Share(weighting);
            var conditional = ((1 - large) * effect[0]) + (large * effect[1]);
            Assert.Equal(conditional, truth.Rung(0, weighting, EffectMeasure.OddsRatio), 1e-12);
            Assert.Equal(conditional, truth.Rung(1, weighting, EffectMeasure.OddsRatio), 1e-12);
            Assert.Equal(Unconditional(large), truth.Rung(2, weighting, EffectMeasure.OddsRatio), 1e-12);
            Assert.Equal(Unconditional(large), truth.Rung(3, weighting, EffectMeasure.OddsRatio), 1e-12);
            Assert.Equal(Unconditional(Share(other)), truth.Rung(4, weighting, EffectMeasure.OddsRatio), 1e-12);
        }

        double Unconditional(double large)
        {
            var treated = ((1 - large) * Expit(-0.5 + effect[0])) + (large * Expit(-0.5 + effect[1]));
            return Math.Log(treated / (1 - treated)) + 0.5;
        }

        static double Share(ClusterWeighting weighting) => weighting == ClusterWeighting.Cluster ? 0.5 : 0.75;
    }

    [Fact]
    public void A_difference_is_one_truth_on_the_first_rungs()
    {
        var truth = new InformativeTruth(Trial);
        var difference = truth.Rung(0, ClusterWeighting.Participant, EffectMeasure.Difference);

        Assert.Equal(difference, truth.Rung(1, ClusterWeighting.Participant, EffectMeasure.Difference), 1e-12);
        Assert.Equal(difference, truth.Rung(2, ClusterWeighting.Participant, EffectMeasure.Difference), 1e-12);
        Assert.NotEqual(difference, truth.Rung(4, ClusterWeighting.Participant, EffectMeasure.Difference), 1e-2);
    }

    [Fact]
    public void A_trial_is_drawn_as_it_is_described()
    {
        var frame = (Trial with { Clusters = 4000, Slope = 0, Spread = 0 }).Draw(new RandomStream(1, 2, 3), "y ~ arm * large + (1 | id)");
        var (events, rows) = (new double[2, 2], new double[2, 2]);
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            Assert.Contains(frame.Clusters.Size(c), new[] { 10, 30 });
            for (var i = frame.Clusters.Start(c); i < frame.Clusters.Start(c + 1); i++)
            {
                var (arm, large) = ((int)frame.Design.Column(1)[i], (int)frame.Design.Column(2)[i]);
                Assert.Equal(large == 1 ? 30 : 10, frame.Clusters.Size(c));
                rows[arm, large]++;
                events[arm, large] += frame.Response[i];
            }
        }

        double[] effect = [0.8, 0.1];
        for (var large = 0; large < 2; large++)
        {
            Near(Expit(-0.5), 0);
            Near(Expit(-0.5 + effect[large]), 1);

            void Near(double expected, int arm) => Assert.Equal(
                expected, events[arm, large] / rows[arm, large], 4 * Math.Sqrt(0.25 / rows[arm, large]));
        }
    }

    [Theory]
    [InlineData(30, 300, 0.0, "y ~ arm + x + (1 | id)")]
    [InlineData(30, 300, -0.7, "y ~ arm * large + x + (1 | id)")]
    [InlineData(100, 120, 0.0, "y ~ arm + x + (1 | id)")]
    [InlineData(100, 120, -0.7, "y ~ arm * large + x + (1 | id)")]
    public void Intervals_cover_their_truths(int clusters, int replicates, double surplus, string formula)
    {
        // The first replicates of simulations/estimands.
        var trial = Trial with { Clusters = clusters, Surplus = surplus };
        var stream = (10 * (ulong)clusters) + (surplus == 0 ? 0UL : 1);
        var answers = new LadderAnswer[replicates][];
        Parallel.For(0, replicates, replicate =>
            answers[replicate] = Analyse(trial, new RandomStream(20261126, stream, (ulong)replicate), formula));

        // 95 % less three Monte Carlo errors of 2,000 replicates is what has to hold; these replicates show it up to three of their own.
        var asked = 0.95 - (3 * Math.Sqrt(0.95 * 0.05 / 2000));
        var least = asked - (3 * Math.Sqrt(asked * (1 - asked) / replicates));
        var truth = new InformativeTruth(trial);
        foreach (var row in answers.SelectMany(own => own).GroupBy(answer => (answer.Row, answer.Weighting, answer.Scale)))
        {
            var value = row.First().TruthIn(truth)!.Value;
            var covered = row.Count(answer => answer.Inference.Lower <= value && value <= answer.Inference.Upper) / (double)replicates;
            Assert.True(covered >= least, $"{row.Key} covers {value:0.000} in {covered:P1} of the trials.");
        }
    }

    private static LadderAnswer[] Analyse(InformativeTrial trial, RandomStream stream, string formula) =>
    [
        .. LadderAnswer.OfLadder(ModelComparer.Compare(trial.Draw(stream, formula), new ComparisonOptions
        {
            Treatment = "arm",
            CheckReasons = false,
            MarginalLikelihood = false,
            StandardizedErrors = StandardizedErrors.Closed,
            Gee = new GeeOptions { Family = Family.Binomial, Correlation = WorkingCorrelation.Exchangeable, Threads = 1 },
            Glmm = new GlmmOptions { Family = Family.Binomial, Nodes = 9, CheckNodes = false, Threads = 1 },
            Permutations = 9,
        })),
    ];

    private static double Expit(double eta) => 1 / (1 + Math.Exp(-eta));
}
