using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.LargeClusters;
using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Glmm.Quadrature;
using MarginalConditional.Glmm.Tests.Quadrature;

namespace MarginalConditional.Glmm.Tests.LargeClusters;

/// <summary>
/// <see cref="LargeClusterIntegrator"/>, with its <see cref="LargeClusterRows"/>, <see cref="LargeClusterPasses"/> and
/// <see cref="LargeClusterModes"/>, against scalar quadratures of the same clusters, taken for large however small they are.
/// </summary>
public sealed class LargeClusterTests
{
    /// <summary>Effects, nodes a dimension, rows of the largest cluster, adaptive, correlated: one chunk and several.</summary>
    public static TheoryData<int, int, int, bool, bool> Shapes => new()
    {
        { 1, 1, 4, true, true }, { 1, 7, 60, true, true }, { 1, 20, 5, true, true }, { 1, 9, 5, false, true },
        { 2, 3, 5, true, true }, { 2, 7, 9, true, true }, { 2, 5, 5, true, false }, { 2, 5, 5, false, true }, { 3, 3, 4, true, true },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Values_gradients_and_scores_are_sums_of_scalar_quadratures(int effects, int nodes, int rows, bool adaptive, bool correlated)
    {
        foreach (var law in new IScalarLaw[] { new BernoulliLaw(), new GammaLaw() })
        {
            var crew = new LaneCrew(law, effects, nodes, rows, adaptive, correlated);
            var likelihood = Open(crew.Data, law, nodes, adaptive, largest: 0, threads: 1);
            var m = crew.Parameters.Length;
            var (gradient, scores, expected) = (new double[m], new double[likelihood.Clusters * m], new double[m]);
            var value = likelihood.Evaluate(crew.Parameters, EvaluationNeeds.Gradient, gradient, []);
            likelihood.ClusterScores(crew.Parameters, scores);
            var sum = 0.0;
            for (var pattern = 0; pattern < crew.Data.Patterns; pattern++)
            {
                var twin = crew.Twin(pattern);
                sum += crew.Data.Multiplicity[pattern] * twin.Value(crew.Parameters);
                var own = twin.Gradient(crew.Parameters);
                for (var j = 0; j < m; j++)
                {
                    expected[j] += crew.Data.Multiplicity[pattern] * own[j];
                    LaneCrew.Close(own[j], scores[(pattern * m) + j], 1e-7);
                }
            }

            LaneCrew.Close(sum, value, 1e-11);
            Assert.All(Enumerable.Range(0, m), j => LaneCrew.Close(expected[j], gradient[j], 1e-7));
        }
    }

    [Theory]
    [InlineData(1, 7, true)]
    [InlineData(1, 20, true)]
    [InlineData(2, 5, true)]
    [InlineData(2, 5, false)]
    public void Information_is_that_of_Louis(int effects, int nodes, bool adaptive)
    {
        var law = new BernoulliLaw();
        var crew = new LaneCrew(law, effects, nodes, 9, adaptive);
        var m = crew.Parameters.Length;
        var (information, expected) = (new double[m * m], new double[m * m]);
        Open(crew.Data, law, nodes, adaptive, 0, 1).Evaluate(crew.Parameters, EvaluationNeeds.Information, new double[m], information);
        for (var pattern = 0; pattern < crew.Data.Patterns; pattern++)
        {
            var own = crew.Twin(pattern).Information(crew.Parameters);
            for (var j = 0; j < m * m; j++)
            {
                // The twin fills the lower half.
                var mirrored = (Math.Max(j / m, j % m) * m) + Math.Min(j / m, j % m);
                expected[j] += crew.Data.Multiplicity[pattern] * own[mirrored];
            }
        }

        Assert.All(Enumerable.Range(0, m * m), j => LaneCrew.Close(expected[j], information[j], 1e-6));
    }

    [Fact]
    public void Modes_and_moments_are_those_of_the_same_clusters_in_lanes()
    {
        var law = new BernoulliLaw();
        var crew = new LaneCrew(law, 2, 9, 6);
        var (large, lanes) = (Open(crew.Data, law, 9, true, 0, 1), Open(crew.Data, law, 9, true, int.MaxValue, 1));
        var (one, other) = (Assert.Single(large.Posterior(crew.Parameters)), Assert.Single(lanes.Posterior(crew.Parameters)));
        var (mean, otherMean) = (large.Moments(crew.Parameters), lanes.Moments(crew.Parameters));
        for (var k = 0; k < one.Modes.Length; k++)
        {
            LaneCrew.Close(other.Modes[k], one.Modes[k], 1e-10);
            LaneCrew.Close(other.StandardErrors[k], one.StandardErrors[k], 1e-10);
            LaneCrew.Close(otherMean.Modes[k], mean.Modes[k], 1e-10);
            LaneCrew.Close(otherMean.StandardErrors[k], mean.StandardErrors[k], 1e-10);
        }
    }

    /// <summary>Some clusters in lanes and one large, whose rows are many chunks.</summary>
    [Theory]
    [InlineData(1, 15)]
    [InlineData(2, 5)]
    public void Threads_change_no_bit_and_lanes_agree(int effects, int nodes)
    {
        var law = new BernoulliLaw();
        var data = SmallClusters.Make(5, 4, effects, 9000, law);
        var parameters = SmallClusters.Point(data.Columns + data.Factor.ParameterCount);
        var m = parameters.Length;
        double[] Ask(int largest, int threads)
        {
            var answer = new double[m + (m * m)];
            var likelihood = Open(data, law, nodes, true, largest, threads);
            var value = likelihood.Evaluate(parameters, EvaluationNeeds.Information, answer.AsSpan(0, m), answer.AsSpan(m));
            return [value, .. answer, .. Assert.Single(likelihood.Posterior(parameters)).Modes];
        }

        Assert.Contains(LargeCluster.Of(data, narrows: true), cluster => cluster.Chunks.Count > 4);
        Assert.NotEmpty(LargeCluster.Of(data, narrows: true, mostRows: 8000));
        var expected = Ask(8000, 1);
        Assert.Equal(expected, Ask(8000, 2));
        Assert.Equal(expected, Ask(8000, 5));

        // Information is a difference of large sums, which lanes take without centring the scores.
        var lanes = Ask(int.MaxValue, 1);
        for (var k = 0; k < lanes.Length; k++)
        {
            LaneCrew.Close(lanes[k], expected[k], k > m && k <= m + (m * m) ? 1e-7 : 1e-9);
        }
    }

    /// <summary>From the same modes of large clusters a search ends at the same bits.</summary>
    [Fact]
    public void Modes_that_are_copied_are_those_that_a_search_goes_on_from()
    {
        var law = new BernoulliLaw();
        var data = SmallClusters.Make(5, 6, 2, 40, law);
        var parameters = SmallClusters.Point(data.Columns + data.Factor.ParameterCount);
        var (one, other) = (Open(data, law, 5, true, 0, 1), Open(data, law, 5, true, 0, 1));
        one.Evaluate([.. parameters.Select(value => value + 0.3)], EvaluationNeeds.Value, [], []);
        other.StartAt(one.CopyModes());
        Assert.Equal(one.CopyModes()[1], other.CopyModes()[1]);
        Assert.Contains(other.CopyModes()[1], mode => mode != 0);
        Assert.Equal(
            one.Evaluate(parameters, EvaluationNeeds.Value, [], []), other.Evaluate(parameters, EvaluationNeeds.Value, [], []));
    }

    /// <summary>Fewer nodes of a narrow posterior change a log-likelihood less than its rounding.</summary>
    [Fact]
    public void A_narrow_posterior_needs_no_more_nodes()
    {
        Assert.Equal(15, NarrowGrid.Needed(15, 1));
        Assert.Equal(15, NarrowGrid.Needed(15, double.NaN));
        Assert.Equal(13, NarrowGrid.Needed(15, 0.05));
        Assert.Equal(8, NarrowGrid.Needed(15, 0.005));
        Assert.Equal(2, NarrowGrid.Needed(15, 0));
        Assert.Equal(1, NarrowGrid.Needed(1, 0.005));
        var law = new BernoulliLaw();
        var data = SmallClusters.Make(8, 3, 1, 9000, law);
        var parameters = SmallClusters.Point(data.Columns + data.Factor.ParameterCount);
        double Value(bool narrows) => new OneLevelLikelihood(
            data, ClusterLanes.Of(data, 1, 0), LargeCluster.Of(data, narrows, 0), law.Density, 1, new QuadratureGrid(1, 15), true, 1)
            .Evaluate(parameters, EvaluationNeeds.Value, [], []);
        LaneCrew.Close(Value(false), Value(true), 1e-13);
    }

    /// <summary>Without a variance two nodes hold all that many do.</summary>
    [Fact]
    public void Where_no_row_moves_two_nodes_are_exact()
    {
        var law = new BernoulliLaw();
        var data = SmallClusters.Make(8, 3, 2, 40, law);
        var parameters = SmallClusters.Point(data.Columns + data.Factor.ParameterCount);
        parameters.AsSpan(data.Columns).Clear();
        var m = parameters.Length;
        double[] Ask(bool narrows)
        {
            var answer = new double[m + (m * m)];
            var likelihood = new OneLevelLikelihood(
                data, ClusterLanes.Of(data, 1, 0), LargeCluster.Of(data, narrows, 0), law.Density, 1, new QuadratureGrid(2, 9), true, 1);
            return [likelihood.Evaluate(parameters, EvaluationNeeds.Information, answer.AsSpan(0, m), answer.AsSpan(m)), .. answer];
        }

        Assert.All(Ask(false).Zip(Ask(true)), pair => LaneCrew.Close(pair.First, pair.Second, 1e-10));
    }

    private static OneLevelLikelihood Open(ClusterData data, IScalarLaw law, int nodes, bool adaptive, int largest, int threads) => new(
        data,
        ClusterLanes.Of(data, threads, largest),
        LargeCluster.Of(data, narrows: false, largest),
        law.Density,
        1,
        new QuadratureGrid(data.Dimension, nodes),
        adaptive,
        threads);
}
