using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Likeness;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Simulation.Likeness;

/// <summary><see cref="LikeSource"/>: whole clusters within arms, another effect or size, truths that a large sample has.</summary>
public sealed class LikeSourceTests
{
    private static readonly ModelFrame Binary = FittedTrials.Draw(Family.Binomial, 1.5, withTerm: true);
    private static readonly TrialLikeness Mixed = TrialLikeness.Of(
        GlmmFitter.Fit(Binary, new GlmmOptions { Family = Family.Binomial, Nodes = 15, Threads = 1 }));

    [Fact]
    public void Clusters_stay_whole_and_arms_keep_their_shares()
    {
        var data = Enumerable.Range(0, Binary.Clusters.Count).Select(c => Rows(Binary, c)).ToHashSet(StringComparer.Ordinal);
        var source = new LikeSource(Mixed, clusters: 50);
        var generator = source.Open();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var replicate = 0; replicate < 20; replicate++)
        {
            var frame = generator.Draw(new RandomStream(1, 2, (ulong)replicate), replicate);
            Assert.Equal(50, frame.Clusters.Count);
            var rows = Enumerable.Range(0, 50).Select(c => Rows(frame, c)).ToArray();
            Assert.All(rows, cluster => Assert.Contains(cluster, data));
            seen.UnionWith(rows);

            // Twelve of thirty clusters are treated, and so are twenty of fifty.
            Assert.Equal(20, Enumerable.Range(0, 50).Count(c => frame.Design.Column(1)[frame.Clusters.Start(c)] == 1));
            Assert.Equal(Enumerable.Range(0, 50), frame.RandomTerms[0].Groups.ToArray().Distinct());
        }

        Assert.Equal(data.Count, seen.Count);
    }

    [Fact]
    public void A_trial_is_named_by_its_stream_alone()
    {
        var source = new LikeSource(Mixed, effect: 0.3);
        var generator = source.Open();
        generator.Draw(new RandomStream(1, 2, 7), 7);
        Assert.Equal(
            source.Open().Draw(new RandomStream(1, 2, 3), 3).Response.ToArray(),
            generator.Draw(new RandomStream(1, 2, 3), 3).Response.ToArray());
    }

    [Fact]
    public void A_large_sample_has_the_truths_of_a_mixed_model()
    {
        var source = new LikeSource(Mixed, effect: 1, clusters: 20_000);
        var frame = source.Open().Draw(new RandomStream(11, 1, 1), 0);
        var replicate = new Replicate(source.ModelOf(frame), frame);
        Holds(source, replicate, new GlmmEstimator { Name = "glmm", Nodes = 15 }, "T1");
        Holds(
            source, replicate, new GeeEstimator { Name = "gee", Correlation = WorkingCorrelation.Independence },
            "T3, working independence");
        Holds(
            source, replicate,
            new StandardizedGlmmEstimator { Name = "rd", Nodes = 15 }, "T2");
        Assert.Equal(1, source.TruthOf(StudyTarget.Conditional)!.Value.Value);
        Assert.Null(source.TruthOf(StudyTarget.ClusterDeviation));
    }

    [Fact]
    public void What_is_no_trial_is_refused_in_a_sentence()
    {
        Assert.Contains("several", Refusal(() => new LikeSource(Of(["(Intercept)", "arm", "z"]))), StringComparison.Ordinal);
        Assert.Contains("no treatment to vary", Refusal(() => new LikeSource(Of(["(Intercept)", "x"]))), StringComparison.Ordinal);
        Assert.Contains("\"arn\"", Refusal(() => new LikeSource(Mixed, "arn")), StringComparison.Ordinal);
        Assert.Contains("no coefficient \"trend\"", Refusal(() => new LikeSource(Mixed, coefficient: "trend")), StringComparison.Ordinal);
        Assert.Contains("4 clusters or more", Refusal(() => new LikeSource(Mixed, clusters: 3)), StringComparison.Ordinal);
    }

    [Fact]
    public void Clusters_are_shared_out_by_largest_remainders()
    {
        var strata = ClusterStrata.Of(Binary, [1]);
        Assert.Equal([12, 18], strata.Shares(30));
        Assert.Equal([3, 4], strata.Shares(7));
        Assert.Equal([1, 1], strata.Shares(2));
        Assert.Equal(41, strata.Shares(41).Sum());
    }

    private static void Holds(LikeSource source, Replicate replicate, IEstimator method, string label)
    {
        var (estimate, truth) = (method.Estimate(replicate), source.TruthOf(method.Target)!.Value);
        Assert.Equal(label, truth.Label);
        Assert.InRange(estimate.Value, truth.Value - (4 * estimate.StandardError), truth.Value + (4 * estimate.StandardError));
        Assert.True(estimate.StandardError < 0.05);
    }

    private static string Rows(ModelFrame frame, int cluster) => string.Join(
        ' ',
        Enumerable.Range(frame.Clusters.Start(cluster), frame.Clusters.Size(cluster))
            .Select(row => (frame.Design.Column(1)[row], frame.Design.Column(2)[row], frame.Waves[row]).ToString()));

    private static string Refusal(Action act) => Assert.Throws<InputException>(act).Message;

    /// <summary>A fit of the same rows with other columns: z alternates, x does not repeat.</summary>
    private static TrialLikeness Of(string[] names)
    {
        var frame = FittedTrials.Draw(Family.Gaussian, 0.3, withTerm: false);
        var n = frame.Rows;
        var values = names.SelectMany(name => Enumerable.Range(0, n).Select(row => name switch
        {
            "arm" => frame.Design.Column(1)[row],
            "x" => frame.Design.Column(2)[row],
            "z" => row % 2,
            _ => 1.0,
        })).ToArray();
        var design = new Data.Coding.DesignMatrix(n, names, values, names);
        return TrialLikeness.Of(GeeFitter.Fit(frame.WithTerms(design, []), new GeeOptions { Family = Family.Gaussian, Threads = 1 }));
    }
}
