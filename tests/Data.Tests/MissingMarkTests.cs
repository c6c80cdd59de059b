namespace MarginalConditional.Data.Tests;

/// <summary><see cref="MissingMark"/>: numbers by which people mark what is missing.</summary>
public sealed class MissingMarkTests
{
    [Theory]
    [InlineData(9)]
    [InlineData(-9)]
    [InlineData(99)]
    [InlineData(-99)]
    [InlineData(999)]
    [InlineData(-8888)]
    [InlineData(77)]
    [InlineData(999999)]
    public void Repeated_digits_from_seven_mark_what_is_missing(double value) => Assert.True(MissingMark.IsOne(value));

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(66)]
    [InlineData(98)]
    [InlineData(799)]
    [InlineData(99.5)]
    [InlineData(9999999)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Other_numbers_do_not(double value) => Assert.False(MissingMark.IsOne(value));
}
