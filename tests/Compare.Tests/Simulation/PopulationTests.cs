using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Effects;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Quadrature;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Simulation;

/// <summary>Truths against large trials and against plain sums over nodes in every dimension.</summary>
public sealed class PopulationTests
{
    private static readonly Mechanism Plain = new()
    {
        Clusters = 30_000,
        Size = SizeLaw.OfSize(5),
        RandomEffect = EffectLaw.Normal(1),
        Effects = new TrialEffects { Baseline = -0.6, Effect = 0.9 },
    };

    private static readonly Dictionary<string, Mechanism> Mechanisms = new(StringComparer.Ordinal)
    {
        ["spread by arm"] = Plain with { TreatedEffect = EffectLaw.Normal(2) },
        ["three arms, unequal"] = Plain with
        {
            Design = TrialDesign.ParallelOf(Allocation.Of(2, 1, 1)),
            Effects = new TrialEffects { Baseline = -0.6, Effect = 0.9, FurtherEffects = [-0.5] },
        },
        ["persons in centres, effects that vary"] = Plain with
        {
            Design = TrialDesign.ByPerson(Allocation.Of(2, 1)),
            Variation = new RandomVariation { Treatment = 0.8, TreatmentCorrelation = 0.4 },
        },
        ["skewed centres, effects that vary"] = Plain with
        {
            Design = TrialDesign.MetaAnalysis(Allocation.Equal(2)),
            RandomEffect = EffectLaw.Gamma(1, 2),
            Variation = new RandomVariation { Treatment = 0.8 },
        },
        ["size informative"] = Plain with
        {
            Size = SizeLaw.NegativeBinomial(5, 2),
            SizeDependence = new SizeDependence { Baseline = 0.5, Effect = -0.8 },
        },
        ["stepped wedge of any size"] = Plain with
        {
            Design = TrialDesign.SteppedWedge(4, Allocation.Equal(3)),
            Size = SizeLaw.Poisson(5),
            Effects = new TrialEffects { Baseline = -0.6, Effect = 0.9, Trend = 0.3 },
            Variation = new RandomVariation { Period = 0.6, PeriodCorrelation = 0.5, Trend = 0.2, Treatment = 0.5 },
        },
        ["cluster crossover with carry-over"] = Plain with
        {
            Design = TrialDesign.ClusterCrossover(2, Allocation.Equal(2)),
            Effects = new TrialEffects { Baseline = -0.6, Effect = 0.9, Trend = 0.3, CarryOver = 0.6 },
            Variation = new RandomVariation { Period = 0.8, Person = 0.5 },
        },
        ["longitudinal, slopes that vary"] = Plain with
        {
            Design = TrialDesign.Longitudinal,
            Effects = new TrialEffects { Baseline = -0.6, Effect = 0.3, Trend = -0.2, ArmDifference = 0.2 },
            Variation = new RandomVariation { Trend = 0.4, Period = 0.7, PeriodCorrelation = 0.8 },
        },
        ["counts"] = Plain with
        {
            Family = Family.Poisson,
            Link = Link.Log,
            RandomEffect = EffectLaw.Normal(0.5),
            Variation = new RandomVariation { Treatment = 0.4, Person = 0.3 },
            Design = TrialDesign.ByPerson(Allocation.Equal(2)),
        },
        ["probabilities themselves"] = Plain with
        {
            Link = Link.Identity,
            RandomEffect = EffectLaw.TwoPoint(0.1, 0.5),
            Effects = new TrialEffects { Baseline = 0.3, Effect = 0.2 },
        },
        ["covariates left out"] = Plain with { Covariates = Covariates(0.3) },
    };

    public static TheoryData<string> Names => [.. Mechanisms.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_limit_of_estimating_equations_is_that_of_a_large_trial(string name)
    {
        var mechanism = Mechanisms[name];
        var inference = Fit(mechanism, adjusted: false);
        for (var treatment = 1; treatment < mechanism.Design.Treatments; treatment++)
        {
            var column = mechanism.Design.ColumnOf(treatment);
            var truth = StudyTarget.Marginal.ForArm(treatment + 1).Truth(mechanism);
            Assert.Equal(truth, inference.Fit.Coefficients[column], 4 * inference.StandardErrors()[column]);
            Assert.True(inference.StandardErrors()[column] < 0.05);
        }
    }

    [Fact]
    public void The_limit_given_covariates_is_that_of_a_large_trial()
    {
        foreach (var mechanism in new[]
        {
            Plain with { Covariates = Covariates(0.3) },
            Plain with { Covariates = Covariates(0), Design = TrialDesign.SteppedWedge(3, Allocation.Equal(2)) },
        })
        {
            var inference = Fit(mechanism, adjusted: true);
            var truth = StudyTarget.MarginalGivenCovariates.Truth(mechanism);
            Assert.Equal(truth, inference.Fit.Coefficients[1], 4 * inference.StandardErrors()[1]);
            Assert.NotEqual(truth, StudyTarget.Marginal.Truth(mechanism), 0.02);
        }
    }

    [Fact]
    public void Averages_over_participants_and_clusters_are_those_of_a_large_trial()
    {
        var mechanism = Mechanisms["size informative"] with { Clusters = 60_000 };
        var frame = new TrialGenerator(mechanism).Draw(new RandomStream(8, 8, 8));
        var (rows, events) = (new double[2], new double[2]);
        List<double>[] means = [[], []];
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            var own = frame.Response.Slice(frame.Clusters.Start(c), frame.Clusters.Size(c)).ToArray();
            rows[c % 2] += own.Length;
            events[c % 2] += own.Sum();
            means[c % 2].Add(own.Average());
        }

        var participant = Rung(2, ClusterWeighting.Participant, EffectMeasure.Difference).Truth(mechanism);
        var cluster = Rung(2, ClusterWeighting.Cluster, EffectMeasure.Difference).Truth(mechanism);
        Assert.Equal(participant, StudyTarget.RiskDifference.Truth(mechanism), 1e-12);
        Assert.Equal(participant, (events[1] / rows[1]) - (events[0] / rows[0]), 0.012);
        Assert.Equal(cluster, means[1].Average() - means[0].Average(), 0.012);
        Assert.True(Math.Abs(cluster - participant) > 0.05);
    }

    [Fact]
    public void Rungs_are_plain_sums_over_nodes()
    {
        // One covariate of persons with an interaction, an intercept and an effect that go together, and two sizes.
        var mechanism = Plain with
        {
            Size = SizeLaw.Either(3, 9, 0.3),
            SizeDependence = new SizeDependence { Baseline = -0.2, Effect = 0.5 },
            Variation = new RandomVariation { Treatment = 0.6, TreatmentCorrelation = 0.5 },
            Covariates = [new Covariate { Name = "x", Slope = 0.7, Interaction = -0.3 }],
        };
        foreach (var measure in EffectMeasure.All)
        {
            foreach (var weighting in new[] { ClusterWeighting.Participant, ClusterWeighting.Cluster })
            {
                for (var rung = 0; rung <= 4; rung++)
                {
                    var byCluster = (weighting == ClusterWeighting.Cluster) != (rung == 4);
                    var expected = Sum(rung, byCluster, 1, measure) - Sum(rung, byCluster, 0, measure);
                    Assert.Equal(expected, Rung(rung, weighting, measure).Truth(mechanism), 1e-7);
                }
            }
        }
    }

    [Fact]
    public void Rungs_are_found_by_their_names()
    {
        Assert.True(StudyTarget.TryParse("rung-4-cluster-log-odds-ratio", out var rung));
        Assert.Equal("rung-4-cluster-log-odds-ratio", rung.Name);
        Assert.True(StudyTarget.TryParse("conditional-arm3", out var arm));
        Assert.Equal(-0.5, arm.Truth(Mechanisms["three arms, unequal"]));
        Assert.True(double.IsNaN(arm.Truth(Plain)));
        Assert.False(StudyTarget.TryParse("rung-5-difference", out _));
        Assert.False(StudyTarget.TryParse("cluster-sd-arm3", out _));
        Assert.False(StudyTarget.TryParse("conditional-arm33", out _));
    }

    /// <summary>Transforms averaged by the definition of a rung under one treatment, in the mechanism of the test above.</summary>
    private static double Sum(int rung, bool byCluster, int treatment, EffectMeasure measure)
    {
        var rule = GaussHermiteRule.OfSize(40);
        var (z, w) = (rule.Nodes.ToArray(), rule.Weights.ToArray());
        var (mean, total, sum) = ((3 * 0.7) + (9 * 0.3), 0.0, 0.0);
        foreach (var (size, probability) in new[] { (3, 0.7), (9, 0.3) })
        {
            var weight = probability * (byCluster ? 1 : size);
            var gain = (size - mean) / mean * (-0.2 + (0.5 * treatment));
            total += weight;
            for (var i = 0; i < z.Length; i++)
            {
                var (inner, transformed) = (0.0, 0.0);
                for (var j = 0; j < z.Length; j++)
                {
                    for (var k = 0; k < z.Length; k++)
                    {
                        var slope = 0.6 * ((0.5 * z[j]) + (Math.Sqrt(0.75) * z[k]));
                        var eta = -0.6 + gain + (treatment * (0.9 + slope)) + ((0.7 - (0.3 * treatment)) * z[i]) + z[j];
                        var mu = 1 / (1 + Math.Exp(-eta));
                        inner += w[j] * w[k] * mu;
                        transformed += w[j] * w[k] * measure.Transform(mu);
                    }
                }

                sum += weight * w[i] * (rung switch { 0 => transformed, 1 => measure.Transform(inner), _ => inner });
            }
        }

        return rung <= 1 ? sum / total : measure.Transform(sum / total);
    }

    private static StudyTarget Rung(int rung, ClusterWeighting weighting, EffectMeasure measure) =>
        StudyTarget.Rung(rung, weighting, measure);

    private static Covariate[] Covariates(double interaction) =>
    [
        new Covariate { Name = "x", Slope = 1, Interaction = interaction },
        new Covariate { Name = "z", Level = CovariateLevel.Cluster, Law = EffectLaw.TwoPoint(1, 0.4), Slope = -0.5 },
    ];

    private static GeeInference Fit(Mechanism mechanism, bool adjusted)
    {
        var replicate = new Compare.Simulation.Estimators.Replicate(
            mechanism, new TrialGenerator(mechanism).Draw(new RandomStream(8, 8, 8)));
        var options = new GeeOptions
        {
            Family = mechanism.Family,
            Link = mechanism.Link,
            Correlation = WorkingCorrelation.Independence,
            Threads = 1,
        };
        return GeeInference.Of(GeeFitter.Fit(adjusted ? replicate.AdjustedFrame : replicate.Frame, options));
    }
}
