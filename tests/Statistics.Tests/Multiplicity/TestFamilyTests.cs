using MarginalConditional.Statistics.Multiplicity;

namespace MarginalConditional.Statistics.Tests.Multiplicity;

public sealed class TestFamilyTests
{
    /// <summary>Two tests have two degrees of freedom and four correlations.</summary>
    [Theory]
    [InlineData(1, 4)]
    [InlineData(3, 4)]
    [InlineData(2, 3)]
    [InlineData(2, 5)]
    [InlineData(1, 1)]
    public void Each_test_has_degrees_of_freedom_and_each_two_have_a_correlation(int degrees, int correlations) =>
        Assert.Throws<ArgumentException>(() => new TestFamily([1, 2], new double[degrees], new double[correlations]));

    /// <summary>Student's t of one degree of freedom is Cauchy's, above 1 in one half; the normal is above 1.96 in 0.05.</summary>
    [Fact]
    public void Every_test_has_its_own_p()
    {
        var family = new TestFamily([-1, 1.9599639845400545], [1, double.PositiveInfinity], [1, 0.5, 0.5, 1], comparedMeans: 3);
        Assert.Equal(2, family.Count);
        Assert.Equal(0.5, family.PValues()[0], 1e-14);
        Assert.Equal(0.05, family.PValues()[1], 1e-14);
        Assert.Equal([-1, 1.9599639845400545], family.Statistics.ToArray());
        Assert.Equal([1, double.PositiveInfinity], family.DegreesOfFreedom.ToArray());
        Assert.Equal([1, 0.5, 0.5, 1], family.Correlation.ToArray());
        Assert.Equal(3, family.ComparedMeans);
    }
}
