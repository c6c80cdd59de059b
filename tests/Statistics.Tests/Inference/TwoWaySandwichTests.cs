using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Statistics.Tests.Inference;

/// <summary>Against the sum over all pairs of rows that share a cluster of either way.</summary>
public class TwoWaySandwichTests
{
    private const int Rows = 40;

    private static readonly double[] Bread = [2, 0.5, 0.5, 1];

    [Fact]
    public void Without_a_factor_it_is_the_sum_over_pairs_that_share_either_way()
    {
        var (scores, first, second) = Sample();
        var meat = new double[4];
        for (var i = 0; i < Rows; i++)
        {
            for (var j = 0; j < Rows; j++)
            {
                if (first[i] != first[j] && second[i] != second[j])
                {
                    continue;
                }

                for (var k = 0; k < 4; k++)
                {
                    meat[k] += scores[(2 * i) + (k / 2)] * scores[(2 * j) + (k % 2)];
                }
            }
        }

        var sandwich = TwoWaySandwich.Of(Bread, scores, first, second, WayFactor.None);
        AssertClose(Between(meat), sandwich);
        Assert.False(sandwich.IsRepaired);
        Assert.Equal((5, 8, 40, 5), (sandwich.FirstClusters, sandwich.SecondClusters, sandwich.BothClusters, sandwich.Smaller));
    }

    [Fact]
    public void Factors_multiply_each_sum()
    {
        var (scores, first, second) = Sample();
        double[] a = Sums(scores, first), b = Sums(scores, second), rows = Sums(scores, [.. Enumerable.Range(0, Rows)]);
        double[] Combine(double x, double y, double z) => [.. Enumerable.Range(0, 4).Select(k => (x * a[k]) + (y * b[k]) - (z * rows[k]))];
        AssertClose(
            Between(Combine(5.0 / 4, 8.0 / 7, 40.0 / 39)), TwoWaySandwich.Of(Bread, scores, first, second, WayFactor.Each));
        AssertClose(
            Between(Combine(5.0 / 4, 5.0 / 4, 5.0 / 4)), TwoWaySandwich.Of(Bread, scores, first, second, WayFactor.Smallest));
    }

    [Fact]
    public void A_negative_eigenvalue_becomes_zero_and_is_said()
    {
        // Two rows a cluster either way whose scores cancel, so that V_a = V_b = 0: what is left is −V_ab.
        double[] scores = [1, -1, -1, 1];
        var sandwich = TwoWaySandwich.Of([1], scores, [0, 0, 1, 1], [0, 1, 0, 1], WayFactor.None);
        Assert.True(sandwich.IsRepaired);
        Assert.Equal(0, sandwich.Covariance[0]);
    }

    private static (double[] Scores, int[] First, int[] Second) Sample()
    {
        // A common part by either way, and a part of each row's own.
        var scores = new double[2 * Rows];
        var (first, second) = (new int[Rows], new int[Rows]);
        for (var i = 0; i < Rows; i++)
        {
            (first[i], second[i]) = (i / 8, i % 8);
            scores[2 * i] = Math.Sin(1.7 * first[i]) + Math.Cos(2.3 * second[i]) + (0.3 * Math.Sin(12.9 * i));
            scores[(2 * i) + 1] = Math.Cos(0.9 * first[i]) + Math.Sin(3.1 * second[i]) + (0.3 * Math.Cos(7.7 * i));
        }

        return (scores, first, second);
    }

    private static double[] Sums(double[] scores, int[] clusters)
    {
        var meat = new double[4];
        foreach (var rows in Enumerable.Range(0, Rows).GroupBy(row => clusters[row]))
        {
            double[] sum = [rows.Sum(row => scores[2 * row]), rows.Sum(row => scores[(2 * row) + 1])];
            for (var k = 0; k < 4; k++)
            {
                meat[k] += sum[k / 2] * sum[k % 2];
            }
        }

        return meat;
    }

    private static double[] Between(double[] meat)
    {
        var result = new double[4];
        for (var k = 0; k < 16; k++)
        {
            var (i, a, b, j) = (k / 8, k / 4 % 2, k / 2 % 2, k % 2);
            result[(2 * i) + j] += Bread[(2 * i) + a] * meat[(2 * a) + b] * Bread[(2 * b) + j];
        }

        return result;
    }

    private static void AssertClose(double[] expected, TwoWaySandwich actual) =>
        Assert.All(expected.Zip(actual.Covariance.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
}
