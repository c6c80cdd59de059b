using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Multiplicity;

namespace MarginalConditional.Statistics.Tests.Multiplicity;

/// <summary><see cref="LargestModulus"/> and its DirectionLattice, against known cases and mvtnorm 1.1-3 under R 4.2.2.</summary>
public sealed class LargestModulusTests
{
    private static readonly double[] Exchangeable4 = [1, .5, .5, .5, .5, 1, .5, .5, .5, .5, 1, .5, .5, .5, .5, 1];

    [Theory]
    [InlineData(1.3, 7.5)]
    [InlineData(9, 3)]
    [InlineData(2, double.PositiveInfinity)]
    public void One_statistic_has_its_own_tail(double t, double df) =>
        Assert.Equal(1, LargestModulus.Of([1], 1).UpperTail(t, df) / StudentDistribution.TwoSided(t, df), 1e-11);

    /// <summary>Three pairs of three means of one variance: Tukey's range, exactly.</summary>
    [Theory]
    [InlineData(0.4, 67)]
    [InlineData(2.5, 11.3)]
    [InlineData(7, double.PositiveInfinity)]
    public void Pairs_of_three_means_are_Tukeys_range(double t, double df) => Assert.Equal(
        1,
        LargestModulus.Of([1, .5, -.5, .5, 1, .5, -.5, .5, 1], 3).UpperTail(t, df)
            / StudentizedRange.UpperTail(t * Math.Sqrt(2), 3, df),
        1e-9);

    /// <summary>Ten pairs of five means, on the lattice: ptukey(2.5·√2, 5, 20) = .13038592602457.</summary>
    /// <summary>The same bits whatever was asked in between, and for what differs by rounding alone.</summary>
    [Fact]
    public void Answers_do_not_depend_on_what_was_asked_before()
    {
        double[] nearly = [.. Exchangeable4.Select((value, at) => value - (3e-16 * at))];
        var tail = LargestModulus.Of(Exchangeable4, 4).UpperTail(2.2, 17);
        var other = LargestModulus.Of([1, 0, 0, 0, 1, 0, 0, 0, 1], 3).UpperTail(2.2, 17);
        Assert.NotEqual(tail, other);
        Assert.Equal(tail, LargestModulus.Of(nearly, 4).UpperTail(2.2, 17));
        Assert.Equal(tail, LargestModulus.Of(Exchangeable4, 4).UpperTail(2.2, 17));
        Assert.Equal(other, LargestModulus.Of([1, -0.0, 0, 0, 1, 0, -0.0, 0, 1], 3).UpperTail(2.2, 17));
    }

    [Fact]
    public void Pairs_of_five_means_agree_with_Tukeys_range_within_their_error()
    {
        var pairs = LargestModulus.Of(PairCorrelation([1, 1, 1, 1, 1]), 10);
        Assert.Equal(4, pairs.Rank);
        Assert.False(pairs.IsExact);
        Assert.Equal(0.13038592602457, pairs.UpperTail(2.5, 20), 5e-6);
        Assert.InRange(pairs.StandardError(2.5, 20), 0, 1e-5);
    }

    /// <summary>pmvt(±2.5, df = 20) with unequal variances: .126981 (error 2.5e-6); four of correlation ½ at 2.2 on 17: .127138.</summary>
    [Fact]
    public void Joint_tails_agree_with_mvtnorm()
    {
        Assert.Equal(0.126981414, LargestModulus.Of(PairCorrelation([1, 2, .5, 1.5, 1]), 10).UpperTail(2.5, 20), 8e-6);
        Assert.Equal(0.127138216, LargestModulus.Of(Exchangeable4, 4).UpperTail(2.2, 17), 4e-6);
    }

    [Fact]
    public void Quantile_is_where_the_tail_is()
    {
        var four = LargestModulus.Of(Exchangeable4, 4);
        Assert.Equal(0.05, four.UpperTail(four.UpperQuantile(0.05, 17), 17), 1e-10);
    }

    /// <summary>By drawing: a hundred thousand draws of three independent normal numbers.</summary>
    [Fact]
    public void Independent_statistics_multiply()
    {
        var three = LargestModulus.Of([1, 0, 0, 0, 1, 0, 0, 0, 1], 3);
        var inside = 1 - StudentDistribution.TwoSided(1.7, double.PositiveInfinity);
        Assert.Equal(1 - (inside * inside * inside), three.UpperTail(1.7, double.PositiveInfinity), 5e-6);
    }

    private static double[] PairCorrelation(double[] variances)
    {
        var pairs = (from i in Enumerable.Range(0, variances.Length)
                     from j in Enumerable.Range(i + 1, variances.Length - i - 1)
                     select (i, j)).ToArray();
        double Covariance((int I, int J) a, (int I, int J) b) =>
            (a.I == b.I ? variances[a.I] : 0) + (a.J == b.J ? variances[a.J] : 0)
            - (a.I == b.J ? variances[a.I] : 0) - (a.J == b.I ? variances[a.J] : 0);
        return [.. from a in pairs from b in pairs select Covariance(a, b) / Math.Sqrt(Covariance(a, a) * Covariance(b, b))];
    }
}
