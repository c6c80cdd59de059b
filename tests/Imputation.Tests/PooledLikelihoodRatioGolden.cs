namespace MarginalConditional.Imputation.Tests;

/// <summary>D3 and D4 against mitml 0.4.4, <c>testModels(method = "D3")</c> and <c>"D4"</c>, of linear mixed models by lme4.</summary>
public sealed class PooledLikelihoodRatioGolden
{
    [Theory]
    [InlineData(8.201368584, 7.774138919, 1, 4.737888889, 26.223431496, 0.640844499)]
    [InlineData(4.148486333, 3.55497629, 2, 1.22998279, 84.31923805, 0.44513253)]
    public void D4_has_the_statistic_and_degrees_of_freedom_of_mitml(
        double mean, double stacked, int parameters, double statistic, double degrees, double increase)
    {
        var (test, own) = PooledLikelihoodRatio.Stacked(mean, stacked, parameters, 5);
        Assert.Equal(statistic, test.Statistic, 1e-7);
        Assert.Equal(parameters, test.Rank);
        Assert.Equal(degrees, test.DenominatorDegreesOfFreedom!.Value, 1e-6 * degrees);
        Assert.Equal(increase, own, 1e-7);
    }

    /// <summary>With k(m − 1) above 4 the degrees of freedom are those of Li, Raghunathan and Rubin.</summary>
    [Fact]
    public void D3_of_two_parameters_has_the_degrees_of_freedom_of_mitml()
    {
        // d̄ and r of mitml give d = d̄ − r k(m − 1)/(m + 1).
        const double Mean = 4.148486333, Increase = 0.44827253;
        var (test, own) = PooledLikelihoodRatio.AtMeans(Mean, Mean - (Increase * 8 / 6), 2, 5);
        Assert.Equal(1.22587067, test.Statistic, 1e-7);
        Assert.Equal(32.58162676, test.DenominatorDegreesOfFreedom!.Value, 1e-5);
        Assert.Equal(0.30668369, test.PValue, 1e-7);
        Assert.Equal(Increase, own, 1e-12);
    }

    [Fact]
    public void Sets_that_are_the_same_have_the_test_of_one()
    {
        foreach (var pool in new[] { PooledLikelihoodRatio.AtMeans(3.84, 3.84, 1, 5), PooledLikelihoodRatio.Stacked(3.84, 3.9, 1, 5) })
        {
            Assert.Equal(0, pool.RelativeIncrease);
            Assert.Null(pool.Test.DenominatorDegreesOfFreedom);
            Assert.InRange(pool.Test.PValue, 0.048, 0.0501);
        }
    }
}
