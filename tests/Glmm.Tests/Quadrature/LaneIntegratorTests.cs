using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Quadrature;

namespace MarginalConditional.Glmm.Tests.Quadrature;

/// <summary>What a <see cref="LaneIntegrator"/> integrates equals a scalar quadrature, its derivatives equal differences.</summary>
public sealed class LaneIntegratorTests
{
    /// <summary>Effects, nodes a dimension, rows of the largest cluster, adaptive, correlated: one tile and several.</summary>
    public static TheoryData<int, int, int, bool, bool> Shapes => new()
    {
        { 1, 1, 4, true, true }, { 1, 7, 5, true, true }, { 1, 7, 60, true, true }, { 1, 9, 5, false, true },
        { 2, 3, 5, true, true }, { 2, 7, 9, true, true }, { 2, 5, 5, true, false }, { 2, 5, 5, false, true }, { 3, 3, 4, true, true },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Values_equal_a_scalar_quadrature(int effects, int nodes, int mostRows, bool adaptive, bool correlated)
    {
        foreach (var crew in Crews(effects, nodes, mostRows, adaptive, correlated))
        {
            var value = Vector256<double>.Zero;
            crew.ForEveryLane(
                () => value = Integrate(crew, EvaluationNeeds.Value) + crew.Integrator.Constants(out _),
                (lane, pattern) => LaneCrew.Close(crew.Twin(pattern).Value(crew.Parameters), value[lane], 1e-11));
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Gradients_equal_differences_of_a_scalar_quadrature(int effects, int nodes, int mostRows, bool adaptive, bool correlated)
    {
        foreach (var crew in Crews(effects, nodes, mostRows, adaptive, correlated))
        {
            var gradient = new Vector256<double>[crew.Parameters.Length];
            crew.ForEveryLane(() => FillGradient(crew, gradient), (lane, pattern) =>
            {
                var expected = crew.Twin(pattern).Gradient(crew.Parameters);
                for (var j = 0; j < expected.Length; j++)
                {
                    LaneCrew.Close(expected[j], gradient[j][lane], 1e-8);
                }
            });
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_information_is_that_of_Louis_with_nodes_held_still(int effects, int nodes, int mostRows, bool adaptive, bool correlated)
    {
        var crew = new LaneCrew(new BernoulliLaw(), effects, nodes, Math.Min(9, mostRows), adaptive, correlated);
        var order = 2 + crew.Data.Factor.ParameterCount;
        var information = new Vector256<double>[order * order];
        void Fill()
        {
            Integrate(crew, EvaluationNeeds.Information);
            information.AsSpan().Clear();
            crew.Integrator.AddInformation(Vector256<double>.One, information, order);
        }

        crew.ForEveryLane(Fill, (lane, pattern) =>
        {
            var expected = crew.Twin(pattern).Information(crew.Parameters);
            for (var j = 0; j < order; j++)
            {
                for (var l = 0; l <= j; l++)
                {
                    LaneCrew.Close(expected[(j * order) + l], information[(j * order) + l][lane], 1e-6);
                }
            }
        });
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Modes_and_posterior_moments_equal_scalar_ones(int effects, int nodes, int mostRows, bool adaptive, bool correlated)
    {
        foreach (var crew in Crews(effects, nodes, mostRows, adaptive, correlated))
        {
            var (means, deviations) = (new Vector256<double>[effects], new Vector256<double>[effects]);
            void Fill()
            {
                Integrate(crew, EvaluationNeeds.Value);
                crew.Integrator.PosteriorMoments(means, deviations);
            }

            crew.ForEveryLane(Fill, (lane, pattern) =>
            {
                var (expectedMeans, expectedDeviations) = crew.Twin(pattern).Moments(crew.Parameters);
                var (mode, _) = crew.Twin(pattern).Mode(crew.Parameters);
                for (var a = 0; a < effects; a++)
                {
                    LaneCrew.Close(expectedMeans[a], means[a][lane], 1e-9);
                    Assert.Equal(nodes == 1 ? 0 : expectedDeviations[a], deviations[a][lane], 1e-7);
                    LaneCrew.Close(mode[a], crew.Integrator.PosteriorMode[a][lane], 1e-9);
                }
            });
        }
    }

    [Fact]
    public void One_pattern_in_every_lane_equals_the_pattern_in_its_block()
    {
        var crew = new LaneCrew(new BernoulliLaw(), 2, 5, 6);
        var value = Vector256<double>.Zero;
        crew.ForEveryLane(() => value = Integrate(crew, EvaluationNeeds.Value), (lane, pattern) =>
        {
            var alone = new LaneCrew(new BernoulliLaw(), 2, 5, 6).Integrator;
            alone.Load(crew.Data, pattern);
            for (var i = 0; i < alone.Linear.Length; i++)
            {
                var row = crew.Data.PatternOffsets[pattern] + i;
                alone.Linear[i] = Vector256.Create(
                    crew.Data.Offset[row] + crew.Parameters[0] + (crew.Data.Design[(2 * row) + 1] * crew.Parameters[1]));
            }

            var values = alone.Integrate(new Vector256<double>[2], EvaluationNeeds.Value);
            LaneCrew.Close(value[lane], values[0], 1e-13);
            Assert.Equal(values[0], values[Vector256<double>.Count - 1]);
        });
    }

    private static IEnumerable<LaneCrew> Crews(int effects, int nodes, int mostRows, bool adaptive, bool correlated) =>
        new IScalarLaw[] { new BernoulliLaw(), new GammaLaw() }
            .Select(law => new LaneCrew(law, effects, nodes, mostRows, adaptive, correlated));

    private static Vector256<double> Integrate(LaneCrew crew, EvaluationNeeds needs) =>
        crew.Integrator.Integrate(new Vector256<double>[crew.Data.Dimension], needs);

    private static void FillGradient(LaneCrew crew, Vector256<double>[] gradient)
    {
        Integrate(crew, EvaluationNeeds.Gradient);
        crew.Integrator.Constants(out var constantSlope);
        var theta = new Vector256<double>[crew.Data.Factor.ParameterCount];
        crew.Integrator.Differentiate(theta, out var dispersion);
        gradient.AsSpan().Clear();
        gradient[^1] = dispersion + constantSlope;
        theta.CopyTo(gradient, SmallClusters.Columns);
        crew.Integrator.AddCoefficientSlopes(Vector256<double>.One, gradient);
    }
}
