using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Effects;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Simulation;

/// <summary>Who is treated when, and what varies with what, by hand.</summary>
public sealed class DesignTests
{
    [Fact]
    public void Clusters_are_allotted_to_arms_in_blocks()
    {
        var frame = Draw(TrialDesign.ParallelOf(Allocation.Of(2, 1, 1)), clusters: 7, size: 1);
        Assert.Equal(["(Intercept)", "arm2", "arm3"], frame.Design.Names);
        Assert.Equal([0, 0, 1, 0, 0, 0, 1], frame.Design.Column(1).ToArray());
        Assert.Equal([0, 0, 0, 1, 0, 0, 0], frame.Design.Column(2).ToArray());
    }

    [Fact]
    public void Persons_are_allotted_within_clusters_one_further_on_in_each()
    {
        var frame = Draw(TrialDesign.ByPerson(Allocation.Of(2, 1)), clusters: 4, size: 4);
        Assert.Equal([0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0], frame.Design.Column(1).ToArray());
    }

    [Fact]
    public void A_stepped_wedge_goes_over_to_the_treatment_sequence_by_sequence()
    {
        var frame = Draw(TrialDesign.SteppedWedge(4, Allocation.Equal(3)), clusters: 4, size: 4);
        Assert.Equal(["(Intercept)", "treatment", "period2", "period3", "period4"], frame.Design.Names);
        Assert.Equal([0, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 1, 0, 1, 1, 1], frame.Design.Column(1).ToArray());
        Assert.Equal([0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0], frame.Design.Column(3).ToArray());
    }

    [Fact]
    public void A_cluster_crossover_changes_from_period_to_period()
    {
        var design = TrialDesign.ClusterCrossover(3, Allocation.Equal(2));
        var frame = Draw(design, clusters: 2, size: 6);
        Assert.Equal([0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1], frame.Design.Column(1).ToArray());

        // What is left of the treatment: in the third period of the first sequence and in the second of the other.
        var effects = new TrialEffects { CarryOver = 2, Trend = 0.5 };
        Assert.Equal([0, 0, 0, 0, 2, 2], Enumerable.Range(0, 6).Select(row => design.Surplus(effects, 0, row, 6)));
        Assert.Equal([0, 0, 2, 2, 0, 0], Enumerable.Range(0, 6).Select(row => design.Surplus(effects, 1, row, 6)));
        Assert.Equal([0, 0, 0.5, 1], design.Coefficients(effects));
    }

    [Fact]
    public void Units_have_nothing_but_their_mean()
    {
        var frame = Draw(TrialDesign.Units, clusters: 3, size: 2);
        Assert.Equal(["(Intercept)"], frame.Design.Names);
        Assert.All(frame.Design.Column(0).ToArray(), value => Assert.Equal(1, value));
    }

    [Fact]
    public void Rows_are_shared_out_over_periods_and_their_persons_keep_their_places()
    {
        var plan = new PeriodPlan(3);
        for (var size = 3; size < 20; size++)
        {
            var rows = Enumerable.Range(0, size).Select(row => (Period: plan.Period(row, size), Person: plan.Person(row, size))).ToArray();
            Assert.Equal(rows, rows.Order());
            foreach (var period in rows.GroupBy(row => row.Period))
            {
                Assert.Equal(Enumerable.Range(0, period.Count()), period.Select(row => row.Person));
                Assert.InRange(period.Count(), size / 3, (size + 2) / 3);
            }
        }
    }

    [Fact]
    public void Every_part_of_what_varies_is_where_it_belongs()
    {
        // Two periods of two persons, control then treatment: the covariances of four rows are sums of squares that one can write down.
        var mechanism = new Mechanism
        {
            Design = TrialDesign.ClusterCrossover(2, Allocation.Equal(2)),
            Clusters = 60_000,
            Size = SizeLaw.OfSize(4),
            Family = Family.Gaussian,
            Link = Link.Identity,
            RandomEffect = EffectLaw.Normal(1),
            ResidualDeviation = 0.5,
            Variation = new RandomVariation
            {
                Treatment = 0.8,
                TreatmentCorrelation = -0.5,
                Trend = 0.3,
                Period = 0.6,
                PeriodCorrelation = 0.7,
                Person = 0.4,
            },
        };
        var frame = new TrialGenerator(mechanism).Draw(new RandomStream(5, 6, 7));
        var (sums, count) = (new double[4, 4], 0);
        for (var c = 0; c < mechanism.Clusters; c += 2)
        {
            count++;
            for (var i = 0; i < 4; i++)
            {
                for (var j = 0; j < 4; j++)
                {
                    sums[i, j] += frame.Response[(c * 4) + i] * frame.Response[(c * 4) + j];
                }
            }
        }

        for (var i = 0; i < 4; i++)
        {
            for (var j = 0; j < 4; j++)
            {
                var (late, later) = (i / 2, j / 2);
                var expected = 1 + (0.8 * 0.8 * late * later) - (0.5 * 0.8 * (late + later)) + (0.3 * 0.3 * late * later)
                    + (0.6 * 0.6 * (late == later ? 1 : 0.7)) + (i % 2 == j % 2 ? 0.4 * 0.4 : 0) + (i == j ? 0.5 * 0.5 : 0);
                Assert.Equal(expected, sums[i, j] / count, 5 * 2.5 / Math.Sqrt(count));
            }
        }
    }

    [Fact]
    public void Covariates_belong_to_persons_and_clusters_and_change_the_mean()
    {
        var mechanism = new Mechanism
        {
            Design = TrialDesign.ClusterCrossover(2, Allocation.Equal(2)),
            Clusters = 300,
            Size = SizeLaw.OfSize(6),
            Family = Family.Gaussian,
            Link = Link.Identity,
            RandomEffect = EffectLaw.Normal(0),
            ResidualDeviation = 1e-9,
            Effects = new TrialEffects { Baseline = 1, Effect = 2 },
            Covariates =
            [
                new Covariate { Name = "x", Slope = 0.5, Interaction = 0.25 },
                new Covariate { Name = "z", Level = CovariateLevel.Cluster, Law = EffectLaw.TwoPoint(1, 0.3), Slope = -1 },
            ],
        };
        var frame = new TrialGenerator(mechanism).Draw(new RandomStream(5, 6, 7));
        var (x, z) = (((NumericColumn)frame.Auxiliary("x")).Values.ToArray(), ((NumericColumn)frame.Auxiliary("z")).Values.ToArray());
        for (var row = 0; row < frame.Rows; row++)
        {
            var (start, place) = (row / 6 * 6, row % 6);
            var treated = frame.Design.Column(1)[row];
            Assert.Equal(x[start + (place % 3)], x[row]);
            Assert.Equal(z[start], z[row]);
            Assert.Equal(1 + (2 * treated) + ((0.5 + (0.25 * treated)) * x[row]) - z[row], frame.Response[row], 1e-7);
        }

        Assert.Equal(900, x.Distinct().Count());
        Assert.Equal(2, z.Distinct().Count());
        Assert.Equal(0, x.Average(), 5 / Math.Sqrt(900));
    }

    [Theory]
    [InlineData("poisson")]
    [InlineData("negative-binomial")]
    [InlineData("cv")]
    [InlineData("either")]
    public void Sizes_are_drawn_with_their_probabilities(string name)
    {
        SizeLaw law = name switch
        {
            "poisson" => SizeLaw.Poisson(3),
            "negative-binomial" => SizeLaw.NegativeBinomial(4, 2),
            "cv" => SizeLaw.Gamma(5, 0.8),
            _ => SizeLaw.Either(2, 7, 0.25),
        };
        const int Draws = 200_000;
        var probabilities = law.Probabilities();
        var stream = new RandomStream(1, 2, 3);
        var counts = new int[probabilities.Count + 50];
        for (var draw = 0; draw < Draws; draw++)
        {
            counts[Math.Min(law.Draw(stream), counts.Length - 1)]++;
        }

        Assert.Equal(1, probabilities.Sum(), 1e-12);
        Assert.StartsWith(name, law.Name, StringComparison.Ordinal);
        for (var size = 1; size <= probabilities.Count; size++)
        {
            var expected = probabilities[size - 1];
            Assert.Equal(expected, counts[size] / (double)Draws, (5 * Math.Sqrt(expected / Draws)) + 1e-4);
        }
    }

    private static ModelFrame Draw(TrialDesign design, int clusters, int size) => new TrialGenerator(new Mechanism
    {
        Design = design,
        Clusters = clusters,
        Size = SizeLaw.OfSize(size),
        RandomEffect = EffectLaw.Normal(1),
    }).Draw(new RandomStream(1, 1, 1));
}
