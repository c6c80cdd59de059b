using MarginalConditional.Data.Coding;

namespace MarginalConditional.Data.Tests.Coding;

public sealed class SplineBasisTests
{
    private static readonly double[] Interior = [0.7, 1.1, 2, 2.6, 3.9, 4.2];

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    public void The_functions_sum_to_1_inside_and_beyond(int order)
    {
        foreach (var x in new[] { -1, 0, 0.3, 0.7, 2, 3.3, 5, 6.5 })
        {
            Assert.Equal(1, Values(order, x, 0).Sum(), 1e-9);
            Assert.Equal(0, Values(order, x, 1).Sum(), 1e-9);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Derivatives_are_limits_of_differences(int derivative)
    {
        foreach (var x in new[] { 0.31, 0.9, 1.7, 3.1, 4.6 })
        {
            var (above, below) = (Values(4, x + 1e-5, derivative), Values(4, x - 1e-5, derivative));
            var slopes = Values(4, x, derivative + 1);
            Assert.All(Enumerable.Range(0, slopes.Length), j => Assert.Equal((above[j] - below[j]) / 2e-5, slopes[j], 1e-4));
        }
    }

    // The slow twin: a B-spline is a divided difference of truncated powers over its knots, here all different.
    [Fact]
    public void A_function_is_the_divided_difference_of_truncated_powers()
    {
        double[] knots = [0, 0.7, 1.1, 2, 2.6, 3.9, 4.2, 5];
        for (var first = 0; first + 4 < knots.Length; first++)
        {
            foreach (var x in new[] { 0.2, 0.9, 1.6, 2.2, 3.3, 4.0, 4.8 })
            {
                var own = knots[first..(first + 5)];
                double twin = 0;
                for (var i = 0; i < own.Length; i++)
                {
                    var product = own.Where((_, j) => j != i).Aggregate(1.0, (total, other) => total * (own[i] - other));
                    twin += Math.Pow(Math.Max(own[i] - x, 0), 3) / product;
                }

                Assert.Equal((own[4] - own[0]) * twin, Values(4, x, 0)[first + 3], 1e-12);
            }
        }
    }

    private static double[] Values(int order, double x, int derivative)
    {
        var basis = new SplineBasis(0, Interior, 5, order);
        var values = new double[basis.Count];
        basis.Evaluate(x, derivative, values);
        return values;
    }
}
