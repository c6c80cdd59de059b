using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Quadrature;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Quadrature;

/// <summary>A quadrature within a quadrature over fixed nodes equals two plain loops; adaptive nodes come to the same integral.</summary>
public sealed class NestedIntegratorTests
{
    private const int Nodes = 6;

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(2, 2, false)]
    [InlineData(3, 1, true)]
    public void Value_scores_and_moments_equal_plain_loops(int seed, int effects, bool repeats)
    {
        var nested = new PlainNested(seed, effects, repeats, Nodes, adaptive: false);
        for (var top = 0; top < nested.Tree.NodeCount(0); top++)
        {
            var plain = nested.Loops(top);
            var value = nested.Integrator.Integrate(top, EvaluationNeeds.Gradient);
            Assert.Equal(plain.Value, value, 1e-11 * (1 + Math.Abs(plain.Value)));

            // In β the derivative is Σ x times the mean of ℓ′ over all nodes of both levels.
            var gradient = new double[nested.Model.Map.ParameterCount];
            nested.Integrator.AddGradient(1, gradient);
            for (var j = 0; j < nested.Model.Data.Columns; j++)
            {
                Assert.Equal(plain.Slopes[j], gradient[j], 1e-10);
            }

            var posterior = nested.Posterior();
            nested.Integrator.DescribeMoments(posterior);
            for (var a = 0; a < effects; a++)
            {
                Assert.Equal(plain.Means[a], posterior[0].Modes[(top * effects) + a], 1e-10);
                Assert.Equal(plain.Deviations[a], posterior[0].StandardErrors[(top * effects) + a], 1e-8);
            }

            for (var j = 0; j < plain.InnerMeans.Length; j++)
            {
                var node = nested.Tree.FirstChild(0, top) + j;
                Assert.Equal(plain.InnerMeans[j], posterior[1].Modes[node], 1e-10);
                Assert.Equal(plain.InnerDeviations[j], posterior[1].StandardErrors[node], 1e-8);
            }
        }
    }

    [Theory]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    public void Adaptive_nodes_come_to_the_integral_of_many_fixed_ones(int seed, int effects)
    {
        var adaptive = new PlainNested(seed, effects, repeats: true, nodes: 15, adaptive: true);
        var plain = new PlainNested(seed, effects, repeats: true, nodes: 40, adaptive: false).Loops(0);
        Assert.Equal(plain.Value, adaptive.Integrator.Integrate(0, EvaluationNeeds.Value), 1e-6);
        var posterior = adaptive.Posterior();
        adaptive.Integrator.DescribeMoments(posterior);
        Assert.Equal(plain.Means[0], posterior[0].Modes[0], 1e-5);
        Assert.Equal(plain.InnerDeviations[0], posterior[1].StandardErrors[adaptive.Tree.FirstChild(0, 0)], 1e-5);
    }

    [Fact]
    public void Inner_quadratures_at_every_outer_node_equal_a_plain_sum()
    {
        var nested = new PlainNested(6, 1, repeats: true, Nodes, adaptive: false);
        var joint = new JointMode(nested.Tree, nested.Model.Density, nested.Point, nested.Modes());
        var outer = new OuterGrid(new QuadratureGrid(1, Nodes), adaptive: false);
        var inner = new InnerQuadratures(
            nested.Tree,
            nested.Model.Density,
            nested.Point,
            joint,
            outer,
            new QuadratureGrid(1, Nodes),
            adaptive: false);
        joint.Load(0);
        joint.Find();
        outer.Place(joint.Effects[..1], joint.Elimination.RootFactor);
        inner.Integrate(EvaluationNeeds.Value);
        var grid = new QuadratureGrid(1, Nodes);
        for (var k = 0; k < grid.Count; k++)
        {
            var lanes = Vector256<double>.Count;
            var expected = grid.LogWeights[k] + nested.InnerLogs(0, [grid.Coordinates(0)[k]]);
            Assert.Equal(expected, outer.Terms[k / lanes][k % lanes], 1e-11 * (1 + Math.Abs(expected)));
        }
    }
}
