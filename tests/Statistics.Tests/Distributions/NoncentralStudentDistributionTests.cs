using MarginalConditional.Statistics.Distributions;
using MathNet.Numerics;

namespace MarginalConditional.Statistics.Tests.Distributions;

/// <summary>The noncentral t against another integral for it, its special cases, and the published example.</summary>
public sealed class NoncentralStudentDistributionTests
{
    public static TheoryData<double, double, double> Arguments => new()
    {
        { 2, 4, 1.5 },
        { 2.7764451051977934, 4, 1.6081688022566922 },
        { 4.302652729911275, 2, 2.921654475480125 },
        { -1, 3, 1 },
        { 0.3, 1, -0.7 },
        { 1.98, 100, 2.8 },
        { 1.96, 5000, 2.8 },
        { 6, 9, 7 },
        { 40, 12, 35 },
        { 2, 0.8, 1 },
        { -3, 10, -2.5 },
    };

    // P(T ≥ t) = ∫ φ(z) P(χ²_ν ≤ ν((z + δ)/t)²) dz for t > 0: over the numerator, where the code goes over the denominator.
    [Theory]
    [MemberData(nameof(Arguments))]
    public void The_tail_is_the_mean_over_the_numerator(double t, double df, double delta)
    {
        var mirrored = t < 0;
        var expected = Twin(Math.Abs(t), df, mirrored ? -delta : delta);
        Assert.Equal(mirrored ? 1 - expected : expected, NoncentralStudentDistribution.UpperTail(t, df, delta), 1e-10);
    }

    // With two degrees of freedom S² is exponential, and the mean over the numerator an integral of a normal density.
    [Theory]
    [InlineData(60, 55)]
    [InlineData(60, 120)]
    [InlineData(1e4, 1e4)]
    [InlineData(3e9, 1e9)]
    [InlineData(1e150, 1e150)]
    [InlineData(4.3, 1e300)]
    public void Far_away_it_is_the_closed_form_of_two_degrees_of_freedom(double t, double delta)
    {
        var root = Math.Sqrt(1 + (2 / t / t));
        var exponent = delta / t / root;
        var expected = 1 - (Math.Exp(-exponent * exponent) / root);
        Assert.Equal(expected, NoncentralStudentDistribution.UpperTail(t, 2, delta), 1e-12);
        Assert.Equal(1 - expected, NoncentralStudentDistribution.UpperTail(-t, 2, -delta), 1e-12);
    }

    [Theory]
    [InlineData(2.1, 1)]
    [InlineData(2.1, 7.5)]
    [InlineData(-0.4, 30)]
    [InlineData(12, 3)]
    public void Without_an_effect_it_is_the_central_t(double t, double df)
    {
        Assert.Equal(StudentDistribution.Cumulative(t, df), NoncentralStudentDistribution.Cumulative(t, df, 0), 1e-13);
        Assert.Equal(
            StudentDistribution.Cumulative(-t, df),
            NoncentralStudentDistribution.UpperTail(t, df, 0),
            1e-12 * StudentDistribution.Cumulative(-t, df));
    }

    // P(T ≤ 0) = Φ(−δ) for every ν, and infinite ν gives the normal distribution about δ.
    [Theory]
    [InlineData(0.5)]
    [InlineData(4)]
    [InlineData(1e7)]
    public void Limits_are_normal(double df)
    {
        Assert.Equal(StandardNormal.Cumulative(-1.3), NoncentralStudentDistribution.Cumulative(0, df, 1.3), 1e-15);
        Assert.Equal(StandardNormal.Cumulative(0.7), NoncentralStudentDistribution.Cumulative(2, double.PositiveInfinity, 1.3), 1e-15);
        Assert.Equal(0, NoncentralStudentDistribution.UpperTail(double.PositiveInfinity, df, 1.3));
        Assert.Equal(1, NoncentralStudentDistribution.UpperTail(double.NegativeInfinity, df, 1.3));
        Assert.Equal(double.NaN, NoncentralStudentDistribution.UpperTail(1, 0, 1.3));
        Assert.Equal(double.NaN, NoncentralStudentDistribution.UpperTail(1, df, double.NaN));
    }

    // Expanded in 1/ν: Φ(t) − φ(t) [(t³ + t)/4ν + (3t⁷ − 7t⁵ − 5t³ − 3t)/96ν²] at t = 1.96, ν = 10⁶.
    [Fact]
    public void A_million_degrees_of_freedom_cost_no_digits() =>
        Assert.Equal(0.975001966207365, NoncentralStudentDistribution.Cumulative(1.96, 1e6, 0), 1e-14);

    // The slope in df fades as 1/ν: at ν = 10⁸ the normal distribution is 1e-8 away.
    [Fact]
    public void Hundred_million_degrees_of_freedom_are_no_trouble() =>
        Assert.Equal(StandardNormal.Cumulative(0.8), NoncentralStudentDistribution.UpperTail(2, 1e8, 2.8), 1e-8);

    [Fact]
    public void The_tail_grows_with_the_effect()
    {
        var last = 0.0;
        for (var delta = -10.0; delta <= 60; delta += 0.25)
        {
            var tail = NoncentralStudentDistribution.UpperTail(2.2, 11, delta);
            Assert.InRange(tail, last, 1);
            last = tail;
        }

        Assert.Equal(1, last, 1e-14);
    }

    /// <summary>Simpson's rule over z from −δ, where the numerator turns positive.</summary>
    private static double Twin(double t, double df, double delta)
    {
        const int Panels = 40_000;

        // z = −δ + s³ smooths the root of the chi-squared probability at the start.
        var end = Math.Cbrt(Math.Max(12 + delta, 12));
        var h = end / Panels;
        var sum = 0.0;
        for (var k = 0; k <= Panels; k++)
        {
            var s = k * h;
            var z = (s * s * s) - delta;
            var ratio = (z + delta) / t;
            var value = ratio <= 0 ? 0 : SpecialFunctions.GammaLowerRegularized(df / 2, df * ratio * ratio / 2);
            sum += (k == 0 || k == Panels ? 1 : k % 2 == 1 ? 4 : 2) * value * 3 * s * s * Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);
        }

        return sum * h / 3;
    }
}
