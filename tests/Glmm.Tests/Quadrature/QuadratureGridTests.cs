using MarginalConditional.Glmm.Quadrature;

namespace MarginalConditional.Glmm.Tests.Quadrature;

/// <summary>A grid integrates polynomials against the standard normal, and is laid out as the tiles want it.</summary>
public sealed class QuadratureGridTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 4)]
    [InlineData(3, 3)]
    public void Moments_are_those_of_the_standard_normal(int dimension, int nodes)
    {
        var grid = new QuadratureGrid(dimension, nodes);
        Assert.Equal((int)Math.Pow(nodes, dimension), grid.Count);
        Assert.Equal(1, Mean(grid, _ => 1), 1e-14);
        for (var d = 0; d < dimension; d++)
        {
            var axis = d;
            Assert.Equal(0, Mean(grid, z => z[axis]), 1e-14);
            Assert.Equal(1, Mean(grid, z => z[axis] * z[axis]), 1e-13);
            Assert.Equal(3, Mean(grid, z => Math.Pow(z[axis], 4)), 1e-12);
            for (var other = 0; other < d; other++)
            {
                var second = other;
                Assert.Equal(1, Mean(grid, z => z[axis] * z[axis] * z[second] * z[second]), 1e-13);
            }
        }
    }

    [Fact]
    public void Nodes_go_from_the_middle_outwards_and_carry_their_weight_over_the_density()
    {
        var grid = new QuadratureGrid(2, 7);
        for (var k = 0; k < grid.Count; k++)
        {
            Assert.True(k == 0 || grid.LogWeights[k] <= grid.LogWeights[k - 1]);
            var square = (grid.Coordinates(0)[k] * grid.Coordinates(0)[k]) + (grid.Coordinates(1)[k] * grid.Coordinates(1)[k]);
            Assert.Equal(grid.LogWeights[k] + (0.5 * square), grid.AdjustedLogWeights[k], 1e-13);
        }
    }

    [Fact]
    public void Only_nodes_without_any_say_are_left_out()
    {
        var grid = new QuadratureGrid(2, 25);
        Assert.InRange(grid.Count, 1, (25 * 25) - 1);
        Assert.Equal(1, Mean(grid, _ => 1), 1e-12);
        Assert.Equal(25, new QuadratureGrid(1, 25).Count);
    }

    private static double Mean(QuadratureGrid grid, Func<double[], double> f)
    {
        var sum = 0.0;
        for (var k = 0; k < grid.Count; k++)
        {
            sum += Math.Exp(grid.LogWeights[k]) * f([.. Enumerable.Range(0, grid.Dimension).Select(d => grid.Coordinates(d)[k])]);
        }

        return sum;
    }
}
