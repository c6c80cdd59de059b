using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Glmm.Quadrature;
using MarginalConditional.Glmm.Tests.Quadrature;

namespace MarginalConditional.Glmm.Tests.Likelihood;

/// <summary>The likelihood of one grouping is the sum of its clusters', each integrated one number at a time.</summary>
public sealed class OneLevelLikelihoodTests
{
    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(1, 7, true)]
    [InlineData(1, 9, false)]
    [InlineData(2, 5, true)]
    public void Value_gradient_and_scores_are_sums_of_scalar_quadratures(int effects, int nodes, bool adaptive)
    {
        foreach (var law in new IScalarLaw[] { new BernoulliLaw(), new GammaLaw() })
        {
            var crew = new LaneCrew(law, effects, nodes, 4, adaptive);
            var likelihood = Open(crew, adaptive);
            var m = crew.Parameters.Length;
            var (gradient, scores, expected) = (new double[m], new double[likelihood.Clusters * m], new double[m]);
            var value = likelihood.Evaluate(crew.Parameters, EvaluationNeeds.Gradient, gradient, []);
            likelihood.ClusterScores(crew.Parameters, scores);
            var sum = 0.0;
            for (var pattern = 0; pattern < crew.Data.Patterns; pattern++)
            {
                var twin = new ScalarQuadrature(crew.Data, pattern, law, nodes, adaptive);
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

    [Fact]
    public void Information_is_the_sum_of_scalar_informations()
    {
        var crew = new LaneCrew(new BernoulliLaw(), 2, 5, 4);
        var likelihood = Open(crew, adaptive: true);
        Assert.True(likelihood.HasInformation);
        var m = crew.Parameters.Length;
        var (information, expected) = (new double[m * m], new double[m * m]);
        likelihood.Evaluate(crew.Parameters, EvaluationNeeds.Information, new double[m], information);
        for (var pattern = 0; pattern < crew.Data.Patterns; pattern++)
        {
            var own = new ScalarQuadrature(crew.Data, pattern, new BernoulliLaw(), 5, adaptive: true).Information(crew.Parameters);
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
    public void Many_nodes_equal_an_integral_summed_over_a_fine_grid()
    {
        foreach (var law in new IScalarLaw[] { new BernoulliLaw(), new GammaLaw() })
        {
            var crew = new LaneCrew(law, 1, 40, 4);
            var expected = 0.0;
            for (var pattern = 0; pattern < crew.Data.Patterns; pattern++)
            {
                expected += crew.Data.Multiplicity[pattern] * Math.Log(Integral(crew, law, pattern));
            }

            LaneCrew.Close(expected, Open(crew, adaptive: true).Evaluate(crew.Parameters, EvaluationNeeds.Value, [], []), 1e-9);
        }
    }

    [Fact]
    public void Modes_and_moments_are_those_of_scalar_quadratures()
    {
        var crew = new LaneCrew(new BernoulliLaw(), 2, 9, 4);
        var likelihood = Open(crew, adaptive: true);
        var (posterior, moments) = (Assert.Single(likelihood.Posterior(crew.Parameters)), likelihood.Moments(crew.Parameters));
        for (var pattern = 0; pattern < crew.Data.Patterns; pattern++)
        {
            var twin = new ScalarQuadrature(crew.Data, pattern, new BernoulliLaw(), 9, adaptive: true);
            var (means, deviations) = twin.Moments(crew.Parameters);
            var lambda = new double[4];
            crew.Data.Factor.Fill(crew.Parameters.AsSpan(crew.Data.Columns, crew.Data.Factor.ParameterCount), lambda);
            var mode = twin.Mode(crew.Parameters).Mode;
            for (var a = 0; a < 2; a++)
            {
                LaneCrew.Close((lambda[2 * a] * mode[0]) + (lambda[(2 * a) + 1] * mode[1]), posterior.Modes[(2 * pattern) + a], 1e-9);
                LaneCrew.Close(means[a], moments.Modes[(2 * pattern) + a], 1e-9);
                LaneCrew.Close(deviations[a], moments.StandardErrors[(2 * pattern) + a], 1e-9);
            }
        }
    }

    [Theory]
    [InlineData(1, 9)]
    [InlineData(2, 5)]
    public void Threads_and_points_evaluated_in_between_change_no_bit(int effects, int nodes)
    {
        var law = new BernoulliLaw();
        var data = SmallClusters.Make(5, 900, effects, 6, law);
        var parameters = SmallClusters.Point(data.Columns + data.Factor.ParameterCount);
        var m = parameters.Length;
        double[] Ask(OneLevelLikelihood likelihood, double shift)
        {
            var answer = new double[m + (m * m)];
            double[] there = [.. parameters.Select(value => value + shift)];
            return [likelihood.Evaluate(there, EvaluationNeeds.Information, answer.AsSpan(0, m), answer.AsSpan(m)), .. answer];
        }

        var one = Open(data, law, nodes, threads: 1);
        var start = one.CopyModes();
        var expected = Ask(one, 0);
        foreach (var threads in new[] { 1, 3 })
        {
            var other = Open(data, law, nodes, threads);
            Assert.Equal(expected, Ask(other, 0));
            Ask(other, 0.4);
            Ask(other, -0.3);

            // From the modes of another point the search ends at the same ones but for rounding; from the same start, at the same bits.
            LaneCrew.Close(expected[0], Ask(other, 0)[0], 1e-12);
            other.StartAt(start);
            Assert.Equal(expected, Ask(other, 0));
        }
    }

    /// <summary>What the scores of patterns stand in is lent and given back.</summary>
    [Fact]
    public void Scores_asked_for_again_take_no_new_memory_for_the_patterns()
    {
        var law = new BernoulliLaw();
        var data = SmallClusters.Make(5, 3000, 1, 1, law);
        var likelihood = Open(data, law, 2, threads: 1);
        var parameters = SmallClusters.Point(data.Columns + data.Factor.ParameterCount);
        var scores = new double[likelihood.Clusters * parameters.Length];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var turn = 0; turn < 12; turn++)
        {
            likelihood.ClusterScores(parameters, scores);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5L * sizeof(double) * scores.Length);
    }

    // Σ of the terms of a trapezoid, which for a normal density is exact to rounding.
    private static double Integral(LaneCrew crew, IScalarLaw law, int pattern)
    {
        const double H = 0.02;
        var (data, point) = (crew.Data, crew.Parameters);
        var dispersion = law.Density.HasFreeDispersion ? Math.Exp(point[^1]) : 1;
        var sum = 0.0;
        for (var k = -500; k <= 500; k++)
        {
            var u = k * H;
            var log = (-0.5 * u * u) - (0.5 * Math.Log(2 * Math.PI));
            for (var i = data.PatternOffsets[pattern]; i < data.PatternOffsets[pattern + 1]; i++)
            {
                var eta = data.Offset[i] + (data.Design[2 * i] * point[0]) + (data.Design[(2 * i) + 1] * point[1])
                    + (data.RandomDesign[i] * point[2] * u);
                log += data.Weight[i] * law.At(eta, data.Response[i], dispersion).Log;
            }

            sum += H * Math.Exp(log);
        }

        return sum;
    }

    private static OneLevelLikelihood Open(LaneCrew crew, bool adaptive) =>
        new(crew.Data, crew.Lanes, [], crew.Block.Density, 1, crew.Grid, adaptive, threads: 1);

    private static OneLevelLikelihood Open(ClusterData data, IScalarLaw law, int nodes, int threads) =>
        new(data, ClusterLanes.Of(data, threads), [], law.Density, 1, new QuadratureGrid(data.Dimension, nodes), adaptive: true, threads);
}
