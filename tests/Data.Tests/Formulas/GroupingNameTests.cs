using MarginalConditional.Data.Formulas;

namespace MarginalConditional.Data.Tests.Formulas;

public sealed class GroupingNameTests
{
    [Theory]
    [InlineData("id", "id")]
    [InlineData("center:id", "center|id")]
    [InlineData("a : b:c", "a|b|c")]
    [InlineData("`a:b`:c", "a:b|c")]
    [InlineData("c:`a b`", "c|a b")]
    [InlineData("id:id", "id")]
    public void Columns_are_joined_by_colons(string text, string columns) => Assert.Equal(columns.Split('|'), GroupingName.Columns(text));

    [Theory]
    [InlineData("")]
    [InlineData("a:")]
    [InlineData(":a")]
    [InlineData("a::b")]
    [InlineData("`a")]
    [InlineData("`a`b")]
    [InlineData("``:a")]
    public void What_names_no_column_is_refused(string text) =>
        Assert.Equal($"\"{text}\" is not a grouping.", Assert.Throws<InputException>(() => GroupingName.Columns(text)).Message);
}
