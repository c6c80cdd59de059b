using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Gee;
using MarginalConditional.Glmm;

namespace MarginalConditional.Compare.Tests.Simulation.Methods;

/// <summary><see cref="RungComparer"/> beside the whole comparison: every rung, to the bit.</summary>
public sealed class RungComparerTests
{
    [Theory]
    [InlineData("clusters: 16, cluster-size: 'poisson(10)', sigma: 0.8, effect: 0.6, covariate: normal, covariate-slope: 0.7")]
    [InlineData("clusters: 18, arms: 3, cluster-size: 12, sigma: 0.5, effect: 0.6, link: probit")]
    [InlineData("clusters: 14, cluster-size: 9, sigma: 0.4, effect: 0.5, outcome: count, link: log")]
    [InlineData("clusters: 14, cluster-size: 9, sigma: 0.4, effect: 0.5, outcome: continuous, link: identity")]
    [InlineData("design: by-person, clusters: 12, cluster-size: 10, sigma: 0.5, effect: 0.5")]
    [InlineData("design: stepped-wedge, clusters: 12, cluster-size: 10, sigma: 0.5, effect: 0.5")]
    public void Every_rung_has_the_bits_of_the_whole_comparison(string mechanism)
    {
        var replicate = Drawn.Replicate(Drawn.Study(mechanism, "compare"));
        var trial = TabulatedTrial.Of(replicate, adjusted: true);
        var options = new ComparisonOptions
        {
            Treatment = trial.Treatment,
            Gee = new GeeOptions { Family = replicate.Model.Family, Link = replicate.Model.Link, Threads = 1 },
            Glmm = new GlmmOptions { Family = replicate.Model.Family, Link = replicate.Model.Link, Nodes = 15, Threads = 1 },
            CheckReasons = false,
        };
        var whole = ModelComparer.Compare(trial.Frame, options);
        Assert.NotEmpty(whole.Ladder.Rungs);
        foreach (var measure in EffectMeasure.All)
        {
            var transformed = RungComparer.Of(trial.Frame, options, measure);
            var plain = RungComparer.Of(trial.Frame, options, transformed: null);
            Assert.Equal(whole.Convergence, plain.Convergence);
            Assert.Equal(whole.Warnings.Count > 0, plain.HasWarnings);
            foreach (var weighting in new[] { ClusterWeighting.Participant, ClusterWeighting.Cluster })
            {
                for (var rung = 0; rung <= 4; rung++)
                {
                    var own = whole.Ladder.Rungs.Where(row => row.Rung == rung && row.Weighting == weighting
                        && (row.Scale == measure.ScaleOf(true) || row.Scale == measure.ScaleOf(false))).ToList();
                    var levels = trial.Level(2).Length == 0 ? [""] : own.Select(row => row.Question.Treated).ToArray();
                    Assert.Equal(own.Count, levels.Count(level => transformed.Rung(rung, weighting, measure, level) is not null));
                    foreach (var (row, level) in own.Zip(levels))
                    {
                        Assert.Equal(row.Inference, transformed.Rung(rung, weighting, measure, level));
                        if (rung >= 2)
                        {
                            Assert.Equal(row.Inference, plain.Rung(rung, weighting, measure, level));
                        }
                    }
                }
            }
        }
    }
}
