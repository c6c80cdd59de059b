namespace MarginalConditional.Cli.Tests.Accuracy;

public sealed class PrintedNumberTests
{
    [Theory]
    [InlineData("0.0167", 3)]
    [InlineData("-12.50", 4)]
    [InlineData("1.25e-3", 3)]
    [InlineData("42", 2)]
    [InlineData("0.3333333333333333333333333333333333", 15)]
    public void Digits_are_those_printed_at_most_fifteen(string text, int digits) =>
        Assert.Equal(digits, PrintedNumber.Parse(text).Digits);

    [Theory]
    [InlineData("0.3333", 1.0 / 3, 4)]
    [InlineData("0.3333", 0.33334999, 4)]
    [InlineData("0.3333", 0.3335, 3.2217)]
    [InlineData("100", 110, 1)]
    [InlineData("100", 300, 0)]
    [InlineData("100", double.NaN, 0)]
    [InlineData("1.5e-3", 0.0015499, 2)]
    [InlineData("0", 0, 1)]
    public void Agreement_is_all_that_is_printed_within_its_rounding_and_the_relative_difference_beyond(
        string text,
        double actual,
        double digits) => Assert.Equal(digits, PrintedNumber.Parse(text).Agreement(actual), 1e-3);

    [Fact]
    public void A_small_number_of_a_larger_whole_is_measured_beside_it() =>
        Assert.Equal(5, PrintedNumber.Parse("0.00001234567890").Agreement(0.00001234567890 + 1e-5, beside: 1), 1e-9);
}
