using System.Globalization;
using System.Text;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Tables;

public sealed class NumberSpellingTests
{
    [Theory]
    [InlineData("0", true)]
    [InlineData("7", true)]
    [InlineData("-12", true)]
    [InlineData("9007199254740991", true)]
    [InlineData("9007199254740992", false)]
    [InlineData("-0", false)]
    [InlineData("+7", false)]
    [InlineData("1.0", false)]
    [InlineData("1.1", false)]
    [InlineData("1e3", false)]
    [InlineData(".5", false)]
    public void Only_plain_whole_numbers_have_one_spelling(string text, bool only) =>
        Assert.Equal(only, NumberSpelling.IsOnly(Encoding.UTF8.GetBytes(text), double.Parse(text, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("01", true)]
    [InlineData("-007", true)]
    [InlineData("00", true)]
    [InlineData("0", false)]
    [InlineData("0.5", false)]
    [InlineData("10", false)]
    public void A_zero_before_another_digit_leads(string text, bool leads) =>
        Assert.Equal(leads, NumberSpelling.HasLeadingZero(Encoding.UTF8.GetBytes(text)));
}
