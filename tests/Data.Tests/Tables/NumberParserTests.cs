using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Tables;

public sealed class NumberParserTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-0.0")]
    [InlineData("+12.")]
    [InlineData(".5")]
    [InlineData("1e-320")]
    [InlineData("9007199254740993")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("0.1234567890123456789")]
    [InlineData("2.2250738585072011e-308")]
    [InlineData("1.7976931348623157E+308")]
    [InlineData("0.0000000000000000000000000000001")]
    public void Numbers_are_read_as_the_framework_reads_them(string text)
    {
        Assert.True(NumberParser.TryParse(Encoding.UTF8.GetBytes(text), (byte)'.', out var value));
        Assert.Equal(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1e")]
    [InlineData("e5")]
    [InlineData("1,5")]
    [InlineData("1.5.2")]
    [InlineData("1 2")]
    [InlineData("0x10")]
    [InlineData("1e999")]
    [InlineData("Inf")]
    [InlineData("--1")]
    [InlineData("+-1")]
    [InlineData("12a")]
    [InlineData("١")]
    public void What_is_not_a_finite_number_is_refused(string text) =>
        Assert.False(NumberParser.TryParse(Encoding.UTF8.GetBytes(text), (byte)'.', out _));

    [Theory]
    [InlineData("1,5", true)]
    [InlineData("1,5e3", true)]
    [InlineData("1.5", false)]
    [InlineData("1,000,000", false)]
    public void Decimal_comma_takes_the_place_of_the_point(string text, bool accepted) =>
        Assert.Equal(accepted, NumberParser.TryParse(Encoding.UTF8.GetBytes(text), (byte)',', out _));

    [Fact]
    public void Every_number_written_is_read_back() => Prop.ForAll(
        ArbMap.Default.ArbFor<double>().Filter(value => Math.Abs(value) < 1e308),
        value =>
        {
            foreach (var format in new[] { "R", "G15", "F6", "E12" })
            {
                var text = value.ToString(format, CultureInfo.InvariantCulture);
                Assert.True(NumberParser.TryParse(Encoding.UTF8.GetBytes(text), (byte)'.', out var read), text);
                Assert.Equal(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), read);
            }
        }).Check(Config.QuickThrowOnFailure);
}
