using System.Numerics;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Glmm.Quadrature;

namespace MarginalConditional.Glmm.Tests.Quadrature;

/// <summary>What the lanes integrate equals a scalar quadrature, and its derivatives equal differences, in every lane of every block.</summary>
public sealed class LaneIntegratorTests
{
    /// <summary>Effects, nodes a dimension, rows of the largest cluster, adaptive, correlated: one tile and several, all shapes of Λ.</summary>
    public static TheoryData<int, int, int, bool, bool> Shapes => new()
    {
        { 1, 1, 4, true, true }, { 1, 7, 5, true, true }, { 1, 7, 60, true, true }, { 1, 9, 5, false, true },
        { 2, 3, 5, true, true }, { 2, 7, 9, true, true }, { 2, 5, 5, true, false }, { 2, 5, 5, false, true }, { 3, 3, 4, true, true },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Values_equal_a_scalar_quadrature(int effects, int nodes, int mostRows, bool adaptive, bool correlated) =>
        ForEveryLane(effects, nodes, mostRows, adaptive, correlated, (integrator, lane, twin, parameters) =>
        {
            var warm = new Vector<double>[effects];
            var value = integrator.Integrate(warm, EvaluationNeeds.Value) + integrator.Constants(out _);
            Close(twin.Value(parameters), value[lane], 1e-11);
        });

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Gradients_equal_differences_of_a_scalar_quadrature(int effects, int nodes, int mostRows, bool adaptive, bool correlated) =>
        ForEveryLane(effects, nodes, mostRows, adaptive, correlated, (integrator, lane, twin, parameters) =>
        {
            integrator.Integrate(new Vector<double>[effects], EvaluationNeeds.Gradient);
            integrator.Constants(out var constantSlope);
            var theta = new Vector<double>[correlated ? effects * (effects + 1) / 2 : effects];
            integrator.Differentiate(theta, out var dispersion);
            var gradient = new Vector<double>[parameters.Length];
            integrator.AddCoefficientSlopes(Vector<double>.One, gradient);
            theta.CopyTo(gradient, SmallClusters.Columns);
            if (parameters.Length > SmallClusters.Columns + theta.Length)
            {
                gradient[^1] = dispersion + constantSlope;
            }

            var expected = twin.Gradient(parameters);
            var scores = twin.RowScores(parameters);
            for (var j = 0; j < expected.Length; j++)
            {
                Close(expected[j], gradient[j][lane], 1e-8);
            }

            for (var i = 0; i < scores.Length; i++)
            {
                Close(scores[i], integrator.RowScores[i][lane], 1e-8);
            }
        });

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_information_is_that_of_Louis_with_nodes_held_still(int effects, int nodes, int mostRows, bool adaptive, bool correlated) =>
        ForEveryLane(effects, nodes, Math.Min(mostRows, 9), adaptive, correlated, (integrator, lane, twin, parameters) =>
        {
            integrator.Integrate(new Vector<double>[effects], EvaluationNeeds.Information);
            var expected = twin.Information(parameters);
            var order = (int)Math.Sqrt(expected.Length);
            var information = new Vector<double>[expected.Length];
            integrator.AddInformation(Vector<double>.One, information, order);
            for (var j = 0; j < order; j++)
            {
                for (var l = 0; l <= j; l++)
                {
                    Close(expected[(j * order) + l], information[(j * order) + l][lane], 1e-6);
                }
            }
        });

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Modes_and_posterior_moments_equal_those_of_a_scalar_quadrature(int effects, int nodes, int mostRows, bool adaptive, bool correlated) =>
        ForEveryLane(effects, nodes, mostRows, adaptive, correlated, (integrator, lane, twin, parameters) =>
        {
            var (warm, means, deviations) = (new Vector<double>[effects], new Vector<double>[effects], new Vector<double>[effects]);
            integrator.Integrate(warm, EvaluationNeeds.Value);
            integrator.PosteriorMoments(means, deviations);
            var (expectedMeans, expectedDeviations) = twin.Moments(parameters);
            var (mode, _) = twin.Mode(parameters);
            for (var a = 0; a < effects; a++)
            {
                Close(expectedMeans[a], means[a][lane], 1e-9);
                Assert.Equal(nodes == 1 ? 0 : expectedDeviations[a], deviations[a][lane], 1e-7);
                Close(mode[a], warm[a][lane], 1e-9);
                Close(mode[a], integrator.PosteriorMode[a][lane], 1e-9);
            }
        });

    [Fact]
    public void One_pattern_in_every_lane_equals_the_pattern_in_its_block()
    {
        var data = SmallClusters.Make(5, Vector<double>.Count, 2, 6, new BernoulliLaw());
        var parameters = SmallClusters.Point(5);
        var integrator = Integrator(data, parameters, new BernoulliLaw(), nodes: 5, adaptive: true);
        var lanes = ClusterLanes.Of(data, threads: 1);
        integrator.Load(lanes, 0);
        var value = integrator.Integrate(new Vector<double>[2], EvaluationNeeds.Value);
        for (var lane = 0; lane < Vector<double>.Count; lane++)
        {
            var pattern = lanes.Patterns(0)[lane];
            integrator.Load(data, pattern);
            for (var i = 0; i < integrator.Linear.Length; i++)
            {
                var row = data.PatternOffsets[pattern] + i;
                integrator.Linear[i] = new Vector<double>(data.Offset[row] + parameters[0] + (data.Design[(2 * row) + 1] * parameters[1]));
            }

            var alone = integrator.Integrate(new Vector<double>[2], EvaluationNeeds.Value);
            Close(value[lane], alone[0], 1e-13);
            Assert.Equal(alone[0], alone[Vector<double>.Count - 1]);
        }
    }

    private static void ForEveryLane(
        int effects, int nodes, int mostRows, bool adaptive, bool correlated, Action<LaneIntegrator, int, ScalarQuadrature, double[]> check)
    {
        foreach (var law in new IScalarLaw[] { new BernoulliLaw(), new GammaLaw() })
        {
            // One lane of the second block has no pattern.
            var data = SmallClusters.Make(100 + (10 * effects) + nodes, (2 * ClusterLanes.Lanes) - 1, effects, mostRows, law, correlated);
            var parameters = SmallClusters.Point(SmallClusters.Columns + data.Factor.ParameterCount + (law.Density.HasFreeDispersion ? 1 : 0));
            var integrator = Integrator(data, parameters, law, nodes, adaptive);
            var lanes = ClusterLanes.Of(data, threads: 1);
            for (var block = 0; block < lanes.Blocks; block++)
            {
                integrator.Load(lanes, block);
                for (var lane = 0; lane < lanes.Patterns(block).Length; lane++)
                {
                    check(integrator, lane, new ScalarQuadrature(data, lanes.Patterns(block)[lane], law, nodes, adaptive), parameters);
                }
            }
        }
    }

    private static LaneIntegrator Integrator(ClusterData data, double[] parameters, IScalarLaw law, int nodes, bool adaptive)
    {
        var point = new ParameterPoint(data.Columns, [data.Factor]);
        point.Set(parameters, law.Density.HasFreeDispersion, 1);
        var grid = new QuadratureGrid(data.Dimension, nodes);
        return new LaneIntegrator(data.Columns, data.Factor, law.Density, point, 0, grid, adaptive, data.MaximumRows);
    }

    private static void Close(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * (1 + Math.Abs(expected)), $"{actual:R} is not {expected:R}");
}
