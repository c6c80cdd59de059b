using MarginalConditional.Lmm.Inference;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Lmm.Tests.Inference;

/// <summary>
/// Fai and Cornelius (1996): F of independent contrasts is the mean of squared t, each with the expectation ν / (ν − 2), and has the
/// denominator 2E / (E − q) whose expectation is that of the mean.
/// </summary>
public sealed class MomentInferenceTests
{
    private static readonly Contrast[] Both = [new("a", [1, 0]), new("b", [0, 1])];

    private static LmmFit Sleepstudy { get; } = LmmFitter.Fit(
        LmmGolden.Frame("sleepstudy", "Reaction ~ Days + (Days | Subject)"),
        new LmmOptions());

    [Theory]
    [InlineData(10, 6, 5.5 / 0.75)]
    [InlineData(4, 4, 4)]
    [InlineData(8, double.PositiveInfinity, 14)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(2, 10, 2)]
    [InlineData(1.5, double.PositiveInfinity, 2)]
    public void Denominators_have_the_expectation_of_the_mean_of_squares(double first, double second, double expected)
    {
        // With 10 and 6, E = 10/8 + 6/4 = 2.75 and 2E / (E - 2) = 5.5 / 0.75.
        var test = new Given([first, second]).Test(Both);
        Assert.Equal(expected, test.DenominatorDegreesOfFreedom!.Value, 1e-12);
        var (a, b) = (Sleepstudy.Coefficients[0], Sleepstudy.Coefficients[1]);
        Relative.Equal(((a * a / 2) + (b * b / 5)) / 2, test.Statistic, 1e-12);
        Relative.Equal(FisherDistribution.UpperTail(test.Statistic, 2, expected), test.PValue, 1e-12);
    }

    [Fact]
    public void A_repeated_contrast_counts_once_and_one_alone_keeps_its_degrees_of_freedom()
    {
        var given = new Given([1.5, 7]);
        var twice = given.Test([Both[1], new("again", [0, 2])]);
        Assert.Equal(1, twice.Rank);
        Relative.Equal(Sleepstudy.Coefficients[1] * Sleepstudy.Coefficients[1] / 5, twice.Statistic, 1e-10);
        Relative.Equal(7, twice.DenominatorDegreesOfFreedom!.Value, 1e-12);
        Relative.Equal(1.5, given.Test([Both[0]]).DenominatorDegreesOfFreedom!.Value, 1e-12);
    }

    /// <summary>With σ² given and no other parameter nothing was estimated that a variance depends on: t is normal.</summary>
    [Fact]
    public void Satterthwaites_degrees_of_freedom_are_infinite_where_no_variance_was_estimated()
    {
        var frame = LinearFrames.Longitudinal(38, 20, 4, slope: false, random: false);
        var inference = LmmReference.Satterthwaite.Of(LmmFitter.Fit(frame, new LmmOptions { FixedResidualVariance = 2 }));
        Assert.Equal(double.PositiveInfinity, inference.DegreesOfFreedom([0, 1, 0]));
        var row = inference.Test(new Contrast("arm", [0, 1, 0]));
        Assert.Null(row.DegreesOfFreedom);
        Relative.Equal(2 * StandardNormal.UpperTail(Math.Abs(row.Statistic)), row.PValue, 1e-12);
    }

    /// <summary>Variances 2 and 5, no covariance, and degrees of freedom as given for the direction's larger weight.</summary>
    private sealed class Given(double[] degrees) : MomentInference(Sleepstudy, [2, 0, 0, 5])
    {
        public override double DegreesOfFreedom(ReadOnlySpan<double> contrast) =>
            degrees[Math.Abs(contrast[0]) > Math.Abs(contrast[1]) ? 0 : 1];
    }
}
