using MarginalConditional.Statistics.Quadrature;

namespace MarginalConditional.Statistics.Tests.Quadrature;

public sealed class GaussHermiteRuleTests
{
    [Fact]
    public void One_node_is_the_mean()
    {
        var rule = GaussHermiteRule.OfSize(1);
        Assert.Equal(0, rule.Nodes[0]);
        Assert.Equal(1, rule.Weights[0], 1e-15);
    }

    [Fact]
    public void Two_and_three_nodes_are_the_textbook_rules()
    {
        var two = GaussHermiteRule.OfSize(2);
        Assert.Equal(1, two.Nodes[1], 1e-15);
        Assert.Equal(0.5, two.Weights[0], 1e-15);
        var three = GaussHermiteRule.OfSize(3);
        Assert.Equal(Math.Sqrt(3), three.Nodes[2], 1e-15);
        Assert.Equal(0, three.Nodes[1]);
        Assert.Equal(2.0 / 3, three.Weights[1], 1e-15);
        Assert.Equal(1.0 / 6, three.Weights[2], 1e-15);
    }

    [Fact]
    public void Five_nodes_agree_with_the_closed_form()
    {
        // He5 = x(x⁴ − 10x² + 15): x² = 5 ± √10; weights (7 ∓ 2√10)/60 and 8/15 (Abramowitz and Stegun 1964, table 25.10, rescaled).
        var rule = GaussHermiteRule.OfSize(5);
        Assert.Equal(Math.Sqrt(5 + Math.Sqrt(10)), rule.Nodes[4], 4e-15);
        Assert.Equal(Math.Sqrt(5 - Math.Sqrt(10)), rule.Nodes[3], 4e-15);
        Assert.Equal((7 - (2 * Math.Sqrt(10))) / 60, rule.Weights[4], 1e-16);
        Assert.Equal((7 + (2 * Math.Sqrt(10))) / 60, rule.Weights[3], 1e-15);
        Assert.Equal(8.0 / 15, rule.Weights[2], 1e-15);
    }

    [Fact]
    public void Every_rule_is_symmetric_ascending_and_sums_to_one()
    {
        for (var n = 1; n <= GaussHermiteRule.MaximumNodes; n++)
        {
            var rule = GaussHermiteRule.OfSize(n);
            var sum = 0.0;
            for (var k = 0; k < n; k++)
            {
                Assert.Equal(-rule.Nodes[n - 1 - k], rule.Nodes[k]);
                Assert.Equal(rule.Weights[n - 1 - k], rule.Weights[k]);
                Assert.True(rule.Weights[k] > 0);
                Assert.True(k == 0 || rule.Nodes[k] > rule.Nodes[k - 1]);
                sum += rule.Weights[k];
            }

            Assert.Equal(1, sum, 1e-14);
        }
    }

    [Fact]
    public void Moments_are_exact_up_to_degree_2n_minus_1()
    {
        for (var n = 1; n <= GaussHermiteRule.MaximumNodes; n += n < 40 ? 1 : 20)
        {
            var rule = GaussHermiteRule.OfSize(n);
            var logMoment = 0.0;
            for (var degree = 2; degree <= Math.Min((2 * n) - 1, 200); degree += 2)
            {
                logMoment += Math.Log(degree - 1);
                var sum = 0.0;
                for (var k = 0; k < n; k++)
                {
                    sum += rule.Nodes[k] == 0 ? 0 : Math.Exp(rule.LogWeights[k] + (degree * Math.Log(Math.Abs(rule.Nodes[k]))) - logMoment);
                }

                Assert.Equal(1, sum, 5e-13);
            }
        }
    }

    [Fact]
    public void Degree_2n_is_not_exact()
    {
        // The rule's error at degree 2n is n! of (2n − 1)!!: 6 of 15 for three nodes.
        var rule = GaussHermiteRule.OfSize(3);
        Assert.Equal(9, 2 * rule.Weights[2] * Math.Pow(rule.Nodes[2], 6), 1e-13);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(12)]
    [InlineData(-15)]
    public void Two_hundred_nodes_integrate_the_exponential(double t)
    {
        var rule = GaussHermiteRule.OfSize(200);
        var sum = 0.0;
        for (var k = 0; k < rule.Count; k++)
        {
            sum += Math.Exp(rule.LogWeights[k] + (t * rule.Nodes[k]) - (t * t / 2));
        }

        Assert.Equal(1, sum, 1e-12);
    }

    [Fact]
    public void Largest_node_of_200_is_the_largest_zero_of_the_Hermite_polynomial()
    {
        // p200 changes sign across the node: evaluated independently at both sides by the recurrence.
        var node = GaussHermiteRule.OfSize(200).Nodes[199];
        Assert.True(Hermite(node - 1e-9, 200) * Hermite(node + 1e-9, 200) < 0);
        Assert.InRange(node, 27, Math.Sqrt((4 * 200) + 2));
    }

    [Fact]
    public void The_same_rule_is_given_out_again() => Assert.Same(GaussHermiteRule.OfSize(31), GaussHermiteRule.OfSize(31));

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    public void Sizes_outside_the_range_are_refused(int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussHermiteRule.OfSize(count));

    private static double Hermite(double x, int n)
    {
        var (previous, current) = (0.0, 1.0);
        for (var j = 0; j < n; j++)
        {
            (previous, current) = (current, ((x * current) - (Math.Sqrt(j) * previous)) / Math.Sqrt(j + 1));
        }

        return current;
    }
}
