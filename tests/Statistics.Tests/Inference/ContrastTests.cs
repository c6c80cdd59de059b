using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Statistics.Tests.Inference;

public sealed class ContrastTests
{
    private static readonly string[] Terms =
        ["(Intercept)", "treatmentA", "treatmentB", "time", "treatmentB:time", "I(age - 10)", "region north", "x", "2nd"];

    [Theory]
    [InlineData("treatmentB - treatmentA", "0 -1 1 0 0 0 0 0 0")]
    [InlineData("2*treatmentA + treatmentB/4", "0 2 0.25 0 0 0 0 0 0")]
    [InlineData("1/4*treatmentA - 1 / 2 (treatmentB + time)", "0 0.25 -0.5 -0.5 0 0 0 0 0")]
    [InlineData("3/2/2 treatmentA/3", "0 0.25 0 0 0 0 0 0 0")]
    [InlineData("  - time ", "0 0 0 -1 0 0 0 0 0")]
    [InlineData("treatmentB + 12 * treatmentB:time", "0 0 1 0 12 0 0 0 0")]
    [InlineData("I(age - 10) - region north", "0 0 0 0 0 1 -1 0 0")]
    [InlineData("`region north`*3-(Intercept)", "-1 0 0 0 0 0 3 0 0")]
    [InlineData("0.5 treatmentA + .5treatmentB", "0 0.5 0.5 0 0 0 0 0 0")]
    [InlineData("2nd - x", "0 0 0 0 0 0 0 -1 1")]
    [InlineData("2 x + x", "0 0 0 0 0 0 0 3 0")]
    [InlineData("x - - time", "0 0 0 1 0 0 0 1 0")]
    public void Combinations_are_read_into_weights(string text, string weights)
    {
        Assert.True(Contrast.TryParse(text, Terms, out var contrast, out var problem), problem);
        Assert.Equal(
            weights,
            string.Join(' ', contrast.Weights.ToArray().Select(w => w.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        Assert.Equal(text.Trim(), contrast.Label);
        Assert.Equal("", problem);
    }

    [Theory]
    [InlineData("", "The contrast is empty.")]
    [InlineData(
        "treatmentC - treatmentA",
        "names \"treatmentC\", which is not a coefficient. The coefficients are: (Intercept), treatmentA,")]
    [InlineData("timer", "names \"timer\"")]
    [InlineData("treatmentA treatmentB", "needs + or - before \"treatmentB\"")]
    [InlineData("treatmentA -", "ends where a coefficient should follow")]
    [InlineData("treatmentA + 3", "has no coefficient to multiply")]
    [InlineData("treatmentA / 0", "not zero")]
    [InlineData("1/0*treatmentA", "not zero")]
    [InlineData("treatmentA + 3/", "needs a number")]
    [InlineData("treatmentA * time", "only numbers multiply coefficients")]
    [InlineData("time - time", "cancels to nothing")]
    [InlineData("`nothing` + x", "names \"nothing\"")]
    [InlineData("`open", "names \"open\"")]
    public void What_is_wrong_is_said_in_a_sentence(string text, string part)
    {
        Assert.False(Contrast.TryParse(text, Terms, out var contrast, out var problem));
        Assert.Null(contrast);
        Assert.Contains(part, problem, StringComparison.Ordinal);
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_test_of_a_difference_uses_the_covariance()
    {
        var contrast = new Contrast("b - a", [-1, 1]);
        double[] covariance = [4, 1.5, 1.5, 3];
        var row = contrast.Test([1, 5], covariance);
        Assert.Equal(4, row.Estimate);
        Assert.Equal(2, row.StandardError);
        Assert.Equal(2, row.Statistic);
    }

    [Fact]
    public void A_joint_test_of_independent_estimates_adds_their_squares()
    {
        Contrast[] contrasts = [new("a", [1, 0]), new("b", [0, 1])];
        var test = WaldTest.Joint(contrasts, [2, 3], [1, 0, 0, 1]);
        Assert.Equal(13, test.Statistic, 1e-12);
        Assert.Equal(2, test.Rank);
        Assert.Equal(Math.Exp(-6.5), test.PValue, 1e-15);
        var f = WaldTest.Joint(contrasts, [2, 3], [1, 0, 0, 1], 20);
        Assert.Equal(6.5, f.Statistic, 1e-12);
        Assert.Equal(20, f.DenominatorDegreesOfFreedom);
    }

    [Fact]
    public void A_joint_test_is_invariant_to_how_the_hypothesis_is_written()
    {
        double[] covariance = [2, 0.5, 0.1, 0.5, 1, -0.2, 0.1, -0.2, 3];
        double[] beta = [1, -2, 0.5];
        var one = WaldTest.Joint([new("a", [1, 0, 0]), new("b", [0, 1, 0])], beta, covariance);
        var other = WaldTest.Joint([new("a", [1, 1, 0]), new("b", [300, -100, 0]), new("c", [1, 0, 0])], beta, covariance);
        Assert.Equal(2, other.Rank);
        Assert.Equal(one.Statistic, other.Statistic, 1e-9);
    }

    [Fact]
    public void A_joint_test_of_one_contrast_is_its_z_test_squared()
    {
        var contrast = new Contrast("a", [1, -1]);
        double[] covariance = [2, 0.3, 0.3, 1];
        var z = contrast.Test([1, 3], covariance);
        var test = WaldTest.Joint([contrast], [1, 3], covariance);
        Assert.Equal(z.Statistic * z.Statistic, test.Statistic, 1e-13);
        Assert.Equal(z.PValue, test.PValue, 1e-15);
    }

    [Fact]
    public void An_unknown_covariance_gives_an_unknown_test() =>
        Assert.True(double.IsNaN(WaldTest.Joint([new("a", [1])], [1], [double.NaN]).PValue));
}
