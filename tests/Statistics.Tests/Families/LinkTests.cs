using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Statistics.Tests.Families;

public sealed class LinkTests
{
    public static TheoryData<string> Names => [.. Link.Names];

    [Fact]
    public void Means_at_hand_computed_predictors()
    {
        Assert.Equal(0.75, Link.Logit.Mean(Math.Log(3)), 1e-16);
        Assert.Equal(0.97724986805182079, Link.Probit.Mean(2), 1e-16);
        Assert.Equal(1 - Math.Exp(-2), Link.Cloglog.Mean(Math.Log(2)), 1e-16);
        Assert.Equal(5, Link.Log.Mean(Math.Log(5)), 1e-14);
        Assert.Equal(-3, Link.Identity.Mean(-3));
        Assert.Equal(0.25, Link.Inverse.Mean(4));
        Assert.Equal(9, Link.Sqrt.Mean(3));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Kernels_match_the_scalar_functions_at_every_length_and_position(string name)
    {
        var link = Parse(name);
        for (var length = 0; length <= 19; length++)
        {
            var eta = Enumerable.Range(0, length)
                .Select(i => 0.37 + (0.41 * i * (name is "inverse" or "sqrt" || i % 2 == 0 ? 1 : -1)))
                .ToArray();
            var mean = new double[length];
            var derivative = new double[length];
            link.MeanAndDerivative(eta, mean, derivative);
            for (var i = 0; i < length; i++)
            {
                AssertClose(link.Mean(eta[i]), mean[i], 4e-15);
                AssertClose(link.Derivative(eta[i]), derivative[i], 4e-15);
            }

            var meanOnly = new double[length];
            link.Mean(eta, meanOnly);
            Assert.Equal(mean, meanOnly);
            var inPlace = eta.ToArray();
            link.MeanAndDerivative(inPlace, inPlace, derivative);
            Assert.Equal(mean, inPlace);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_element_has_the_same_bits_wherever_it_stands(string name)
    {
        var link = Parse(name);
        var alone = new double[1];
        var many = new double[13];
        Array.Fill(many, 0.7310585786300049);
        link.Mean([0.7310585786300049], alone);
        link.Mean(many, many);
        Assert.All(many, value => Assert.Equal(alone[0], value));
    }

    [Theory]
    [InlineData("logit")]
    [InlineData("probit")]
    [InlineData("cloglog")]
    public void Probabilities_stay_inside_the_interval_and_derivatives_positive_in_the_tails(string name)
    {
        var link = Parse(name);
        double[] eta = [-1e6, -746, -700, -100, -40, -30, 0, 4, 30, 40, 100, 700, 710, 746, 1e6];
        var mean = new double[eta.Length];
        var derivative = new double[eta.Length];
        link.MeanAndDerivative(eta, mean, derivative);
        for (var i = 0; i < eta.Length; i++)
        {
            Assert.True(mean[i] is > 0 and < 1, $"{name} at {eta[i]}: {mean[i]:R}");
            Assert.True(link.Mean(eta[i]) is > 0 and < 1);
            Assert.True(derivative[i] >= Link.Threshold && double.IsFinite(derivative[i]));
            Assert.True(link.Derivative(eta[i]) >= Link.Threshold);
            Assert.True(double.IsFinite(link.SecondDerivative(eta[i])), $"{name} second at {eta[i]}");
            Assert.True(double.IsFinite(Math.Log(mean[i])) && double.IsFinite(Math.Log(1 - mean[i])));
        }
    }

    [Fact]
    public void The_log_link_neither_overflows_nor_reaches_zero()
    {
        var mean = new double[4];
        Link.Log.Mean([-700, 700, 1000, -1e9], mean);
        Assert.Equal(Link.Threshold, mean[0]);
        AssertClose(Math.Exp(700), mean[1], 1e-15);
        Assert.True(double.IsFinite(mean[2] * mean[2] / mean[2]) || double.IsFinite(mean[2]));
        Assert.True(mean[3] > 0);
    }

    [Fact]
    public void Vector_exponential_keeps_full_accuracy_in_the_lower_tail()
    {
        var eta = Enumerable.Range(0, 350).Select(i => -0.1 * i).ToArray();
        var mean = new double[eta.Length];
        Link.Logit.Mean(eta, mean);
        for (var i = 0; i < eta.Length; i++)
        {
            AssertClose(Math.Exp(eta[i]) / (1 + Math.Exp(eta[i])), mean[i], 1e-15);
        }
    }

    [Fact]
    public void Not_a_number_stays_not_a_number()
    {
        foreach (var link in Link.All)
        {
            var mean = new double[5];
            link.Mean([double.NaN, 1, 1, 1, double.NaN], mean);
            Assert.True(double.IsNaN(mean[0]), link.Name);
            Assert.True(double.IsNaN(mean[4]), link.Name);
            Assert.True(double.IsNaN(link.Mean(double.NaN)), link.Name);
        }
    }

    [Fact]
    public void Names_are_parsed_and_others_are_not()
    {
        Assert.True(Link.TryParse("cloglog", out var link));
        Assert.Same(Link.Cloglog, link);
        Assert.False(Link.TryParse("Logit", out _));
        Assert.False(Link.TryParse(null, out _));
        Assert.Equal(7, Link.Names.Count);
    }

    [Fact]
    public void Predictors_outside_the_domain_are_recognised()
    {
        Assert.False(Link.Inverse.IsPredictorValid(0));
        Assert.False(Link.Sqrt.IsPredictorValid(-1));
        Assert.False(Link.Logit.IsPredictorValid(double.NaN));
        Assert.True(Link.Logit.IsPredictorValid(700));
    }

    [Fact]
    public void Short_destinations_are_refused() => Assert.Throws<ArgumentException>(() => Link.Logit.Mean(new double[4], new double[3]));

    private static Link Parse(string name) => Link.TryParse(name, out var link) ? link : throw new ArgumentException(name, nameof(name));

    private static void AssertClose(double expected, double actual, double relative) =>
        Assert.True(Math.Abs(actual - expected) <= relative * Math.Abs(expected), $"expected {expected:R}, got {actual:R}");
}
