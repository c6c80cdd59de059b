using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Tests.Wording;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0.0442, ".044")]
    [InlineData(0.1518, ".15")]
    [InlineData(0.00099, "< .001")]
    [InlineData(0.0994, ".099")]
    [InlineData(0.0996, ".10")]
    [InlineData(0.9999, "> .99")]
    [InlineData(double.NaN, "–")]
    public void A_p_value_is_short_and_never_zero(double p, string text) => Assert.Equal(text, Figures.Probability(p));

    [Theory]
    [InlineData(0.8723, "0.87")]
    [InlineData(12.345, "12.35")]
    [InlineData(0.0423, "0.042")]
    [InlineData(0.00042, "0.00042")]
    [InlineData(1234.4, "1,234")]
    [InlineData(3.2e8, "3.2e+8")]
    public void A_ratio_has_two_decimals_where_they_say_enough(double ratio, string text) => Assert.Equal(text, Figures.Ratio(ratio));

    [Theory]
    [InlineData(-1.61829, 0.43385, "−1.618")]
    [InlineData(0.3986, 0.0273, "0.3986")]
    [InlineData(12345.6, 321, "12346")]
    [InlineData(-0.0001, 0.5, "0.000")]
    [InlineData(2.5e-9, 1e-9, "2.500e-9")]
    public void An_estimate_shows_three_digits_of_its_standard_error(double value, double se, string text) =>
        Assert.Equal(text, Figures.Estimate(value, se));

    [Theory]
    [InlineData(1234.56, 1, "1234.6")]
    [InlineData(-999999999999999, 0, "−999999999999999")]
    [InlineData(1396430957573791448825856.0, 1, "1.396e+24")]
    [InlineData(-2e15, 3, "−2.000e+15")]
    [InlineData(double.NegativeInfinity, 1, "−∞")]
    public void A_number_shows_no_digit_that_it_does_not_have(double value, int decimals, string text) =>
        Assert.Equal(text, Figures.Fixed(value, decimals));

    [Fact]
    public void An_interval_with_a_negative_bound_says_to()
    {
        Assert.Equal("0.76–1.00", Figures.Interval("0.76", "1.00"));
        Assert.Equal("−0.92 to −0.24", Figures.Interval("−0.92", "−0.24"));
    }
}
