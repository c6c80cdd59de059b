using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Statistics.Tests.NormalMeans;

/// <summary>The mean of a distribution function over a wide normal spread, summed over its own density.</summary>
public class LatentSumTests
{
    /// <summary>Against Simpson's rule in z, over which F is a step a hundred times narrower than the normal distribution.</summary>
    [Theory]
    [InlineData(0, 100)]
    [InlineData(150, 100)]
    [InlineData(-320, 200)]
    public void The_sum_is_the_integral_over_the_normal_effect(double predictor, double spread)
    {
        const int Panels = 400_000;
        double mean = 0, slope = 0, spreadSlope = 0;
        for (var i = 0; i <= Panels; i++)
        {
            var z = -9 + (18.0 * i / Panels);
            var weight = StandardNormal.Density(z) * (i is 0 or Panels ? 1 : i % 2 == 1 ? 4 : 2) * 18 / (3.0 * Panels);
            var f = Logistic(predictor + (spread * z));
            mean += weight / (1 + Math.Exp(-predictor - (spread * z)));
            slope += weight * f;
            spreadSlope += weight * f * z;
        }

        var sums = LatentSum.Integrate(predictor, spread, upperTail: false, Math.PI, Logistic);
        Assert.Equal(mean, sums.Tail, 1e-11);
        Assert.Equal(slope, sums.Slope, 1e-11);
        Assert.Equal(spreadSlope, sums.SpreadSlope, 1e-11);
    }

    /// <summary>A symmetric distribution has the same tails on both sides, out to where its own far tail counts.</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(2_500)]
    [InlineData(3_700)]
    public void Tails_of_both_sides_are_the_same(double predictor)
    {
        var upper = LatentSum.Integrate(predictor, 100, upperTail: true, Math.PI, Logistic);
        var lower = LatentSum.Integrate(-predictor, 100, upperTail: false, Math.PI, Logistic);
        Assert.Equal(1, upper.Tail / lower.Tail, 2e-14);
        Assert.Equal(1, upper.Slope / lower.Slope, 2e-14);
        Assert.Equal(-1, upper.SpreadSlope / lower.SpreadSlope, 2e-14);
    }

    private static double Logistic(double u) => 1 / (2 + Math.Exp(u) + Math.Exp(-u));
}
