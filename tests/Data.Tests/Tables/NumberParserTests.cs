using System.Globalization;
using System.Runtime.Intrinsics;
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
    [InlineData("-0")]
    [InlineData("-0.0")]
    [InlineData("-.0")]
    [InlineData("-0.000000000000000000000000000")]
    [InlineData("-0e0")]
    [InlineData("0")]
    [InlineData("+0.0")]
    public void A_zero_keeps_its_sign(string text)
    {
        Assert.True(NumberParser.TryParse(Encoding.UTF8.GetBytes(text), (byte)'.', out var value));
        Assert.Equal((0.0, text[0] == '-'), (value, double.IsNegative(value)));
        Assert.Equal("0", NumberLabel.Of(value));
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

    [Fact]
    public void Plain_numbers_are_read_alike_wherever_they_stand() => Prop.ForAll(
        Arb.From(
            from text in Gen.OneOf(
                Gen.Elements("", "-", "-0", "00", "01", "-01", "+1", ".5", "1.", "1e3", "NA", "1.5.2", "9007199254740993",
                    "0.1234567890123456789"),
                ArbMap.Default.ArbFor<int>().Generator.Select(value => value.ToString(CultureInfo.InvariantCulture)),
                from value in ArbMap.Default.ArbFor<NormalFloat>().Generator
                from format in Gen.Elements("R", "G15", "F1", "F6", "F9", "F17")
                select ((double)value).ToString(format, CultureInfo.InvariantCulture),
                from whole in Gen.Elements("0", "7", "-12", "123456", "-9007199", "00", "-", "")
                from fraction in Gen.Elements("0123456789/:a .-\0\u00FA".ToArray()).ListOf()
                select $"{whole}.{string.Concat(fraction)}")
            from before in Gen.Elements("", "123456789,", "12345678901234567890,")
            from after in Gen.Elements("", ",5", "\n7")
            select (before, text, after)),
        at =>
        {
            var lines = Encoding.Latin1.GetBytes(at.before + at.text + at.after);
            var (start, end) = (at.before.Length, at.before.Length + at.text.Length);
            if (!NumberParser.TryReadPlain(lines, start, end, (byte)'.', out var value, out var hasOthers))
            {
                return;
            }

            var field = lines.AsSpan(start, end - start);
            Assert.True(NumberParser.TryParse(field, (byte)'.', out var read), at.text);
            Assert.Equal(BitConverter.DoubleToInt64Bits(read), BitConverter.DoubleToInt64Bits(value));
            Assert.Equal(double.Parse(at.text, NumberStyles.Float, CultureInfo.InvariantCulture), value);
            Assert.Equal(!NumberSpelling.IsOnly(field, value), hasOthers);
            Assert.False(NumberSpelling.HasLeadingZero(field));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000).WithEndSize(20));

    [Theory]
    [InlineData("7", true)]
    [InlineData("-0", false)]
    [InlineData("-0.00", false)]
    [InlineData("123456789012345", true)]
    [InlineData("1.5", true)]
    [InlineData("-0.123456789012345", true)]
    [InlineData("0.0123456789012345", true)]
    [InlineData("1234567890123456", true)]
    [InlineData("9007199254740992", true)]
    [InlineData("9007199254740993", false)]
    [InlineData("-9007199254740992", true)]
    [InlineData("-9007199254740993", false)]
    [InlineData("12345678901234567", false)]
    [InlineData("12.5", true)]
    [InlineData("-123456.789012345", true)]
    [InlineData("012.5", false)]
    [InlineData("12.5.2", false)]
    [InlineData("12.", false)]
    [InlineData("-", false)]
    [InlineData("-.5", false)]
    [InlineData("12a5", false)]
    [InlineData("0.12345678901234567", false)]
    [InlineData("01", false)]
    [InlineData("+7", false)]
    [InlineData("1e3", false)]
    [InlineData("1.", false)]
    [InlineData(".5", false)]
    [InlineData("", false)]
    public void Plain_are_numbers_as_most_are_written(string text, bool plain) =>
        Assert.Equal(plain, NumberParser.TryReadPlain(
            Encoding.UTF8.GetBytes("123456789012345,1," + text), 18, 18 + text.Length, (byte)'.', out _, out _));

    [Fact]
    public void Sixteen_digits_are_one_number_with_and_without_the_instructions_of_a_processor() => Prop.ForAll(
        Arb.From(Gen.Choose(0, 9).ArrayOf(16)),
        digits =>
        {
            var bytes = Vector128.Create(Array.ConvertAll(digits, digit => (byte)digit));
            var expected = ulong.Parse(string.Concat(digits), CultureInfo.InvariantCulture);
            Assert.Equal(expected, NumberParser.Number(bytes));
            Assert.Equal(expected, NumberParser.PortableNumber(bytes));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
}
