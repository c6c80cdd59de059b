using MarginalConditional.Compare.Averaging;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Data.Rows;
using MarginalConditional.Statistics.Families;
using Xunit;

namespace MarginalConditional.Compare.Tests.Averaging;

/// <summary>The variance of the random effects, row by row.</summary>
public sealed class SpreadEstimateTests
{
    /// <summary>Three clusters of two rows; x varies in them, arm does not.</summary>
    private static readonly double[] X = [0.3, -1, 2, 0.5, -0.4, 1];

    private static readonly double[] Arm = [0, 0, 1, 1, 0, 0];

    private static readonly double[] Ones = [1, 1, 1, 1, 1, 1];

    private static readonly Clusters Three = new("id", [0, 2, 4, 6], c => $"{c}");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Is_the_mean_over_rows_and_moves_with_its_slope(bool correlated)
    {
        double[] theta = correlated ? [0.8, -0.3, 0.5, 0.4] : [0.8, 0.5, 0.4];
        double[] parameters = [0.1, 0.2, -0.3, .. theta];
        var changes = new double[3 * parameters.Length];
        for (var k = 0; k < changes.Length; k++)
        {
            changes[k] = 1e-6 * Math.Sin(k + 1);
        }

        var spread = SpreadEstimate.Of(Model(theta, correlated), parameters, Three, changes, leavesOut: false);
        Assert.Equal(Mean(theta, correlated), spread.Variance, 1e-14);
        for (var c = 0; c < 3; c++)
        {
            var moved = theta.Select((value, k) => value + changes[(c * parameters.Length) + 3 + k]).ToArray();
            Assert.Equal(Mean(moved, correlated) - Mean(theta, correlated), spread.Influence.Values[c], 1e-11);
        }
    }

    /// <summary>The intercept and arm are told between clusters only, x is not: 3 − 2.</summary>
    [Fact]
    public void Degrees_are_clusters_less_coefficients_between_them() => Assert.Equal(
        1, SpreadEstimate.Of(Model([0.8, 0.5, 0.4], false), [0, 0, 0, 0.8, 0.5, 0.4], Three, new double[18], true).Degrees);

    [Fact]
    public void Per_unit_an_estimate_that_goes_with_the_variance_has_no_influence()
    {
        double[] theta = [0.8, 0.5, 0.4];
        double[] changes = [0, 0, 0, 0.1, 0.02, 0, 0, 0, 0, -0.2, 0.1, 0.3, 0, 0, 0, 0.05, 0, -0.1];
        var spread = SpreadEstimate.Of(Model(theta, false), [0, 0, 0, .. theta], Three, changes, leavesOut: true);
        var influence = Enumerable.Range(0, 3).Select(c =>
        {
            var without = Mean([.. theta.Select((value, k) => value - changes[(c * 6) + 3 + k])], false);
            return 2.0 / 3 * -0.07 * (spread.Variance - without);
        });

        var (each, own) = spread.PerUnit(-0.07 * spread.Variance, new ClusterInfluence(3, [.. influence]));
        Assert.Equal(-0.07, each, 1e-14);
        Assert.All(own.Values.ToArray(), value => Assert.Equal(0, value, 1e-14));
    }

    private static ConditionalModel Model(double[] theta, bool correlated)
    {
        double[] factor = correlated ? [theta[0], 0, theta[1], theta[2]] : [theta[0], 0, 0, theta[1]];
        return new ConditionalModel(
            TableFile.Design(("(Intercept)", Ones), ("x", X), ("arm", Arm)),
            Link.Logit,
            [0.1, 0.2, -0.3],
            [
                new RandomEffectBlock([.. Ones, .. X], factor, 2, correlated),
                new RandomEffectBlock(Arm, [theta[^1]], 1, correlated: true),
            ]);
    }

    /// <summary>n⁻¹Σ zᵀDz.</summary>
    private static double Mean(double[] theta, bool correlated)
    {
        var (first, second, third) = (theta[0], correlated ? theta[1] : 0, correlated ? theta[2] : theta[1]);
        return Enumerable.Range(0, 6).Average(i =>
            Math.Pow(first + (second * X[i]), 2) + Math.Pow(third * X[i], 2) + Math.Pow(theta[^1] * Arm[i], 2));
    }
}
