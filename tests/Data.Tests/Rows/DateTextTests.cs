using MarginalConditional.Data.Rows;

namespace MarginalConditional.Data.Tests.Rows;

/// <summary><see cref="DateText"/>: ISO dates are days, other dates are told from words and numbers.</summary>
public sealed class DateTextTests
{
    [Theory]
    [InlineData(new[] { "2020-02-28", "2020-03-01", "2019-02-28" }, new[] { 365.0, 367, 0 })]
    [InlineData(new[] { "2021-02-28", "2021-03-01" }, new[] { 0.0, 1 })]
    [InlineData(new[] { "2020-01-01 06:00", "2020-01-01 18:00" }, new[] { 0, 0.5 })]
    [InlineData(new[] { "2020-01-01T00:00:00Z", "2019-12-31T00:00:00Z" }, new[] { 1.0, 0 })]
    public void Days_are_counted_from_the_first(string[] texts, double[] days) => Assert.Equal(days, DateText.Days(texts));

    [Theory]
    [InlineData("2020-02-28", "2020-02-30")]
    [InlineData("2020-02-28", "2020-02-28 06:00")]
    [InlineData("2020-1-5", "2020-01-06")]
    [InlineData("28.2.2020", "1.3.2020")]
    public void Texts_that_are_not_all_of_one_form_are_no_days(string first, string second) =>
        Assert.Empty(DateText.Days([first, second]));

    [Fact]
    public void Of_no_text_there_are_no_days() => Assert.Empty(DateText.Days([]));

    [Theory]
    [InlineData("1/15/2020")]
    [InlineData("15.1.20")]
    [InlineData("2020/1/15")]
    [InlineData("15JAN2020")]
    [InlineData("Jan 15, 2020")]
    [InlineData("Jan 2020")]
    [InlineData("15-jan-20")]
    [InlineData(" 1/15/2020 12:30 ")]
    [InlineData("2020-01-15T08:00:00+01:00")]
    public void Dates_of_other_forms_look_like_dates(string text) => Assert.True(DateText.LooksLikeOne(text), text);

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("1.5")]
    [InlineData("1.5.2.1")]
    [InlineData("1/15-2020")]
    [InlineData("May")]
    [InlineData("Week 2")]
    [InlineData("January")]
    [InlineData("12:30")]
    [InlineData("visit 1/2/3/4")]
    [InlineData("120/80")]
    public void Words_and_numbers_do_not(string text) => Assert.False(DateText.LooksLikeOne(text), text);
}
