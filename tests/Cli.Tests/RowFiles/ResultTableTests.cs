using MarginalConditional.Cli.RowFiles;

namespace MarginalConditional.Cli.Tests.RowFiles;

public sealed class ResultTableTests
{
    [Fact]
    public void Fields_are_quoted_only_where_they_have_to_be() =>
        Assert.Equal(
            "term,estimate,df\npoly(x, 2)1,0.1,NA\n".Replace("poly(x, 2)1", "\"poly(x, 2)1\"", StringComparison.Ordinal),
            new ResultTable("term", "estimate", "df").Row("poly(x, 2)1", 0.1, null).ToString());

    [Fact]
    public void What_is_not_a_number_is_NA() => Assert.Equal("a\nNA\n", new ResultTable("a").Row(double.NaN).ToString());

    [Fact]
    public void Numbers_before_a_text_are_kept_as_they_were_written() =>
        Assert.Equal("a,b\n0.1,7\nNA,x\ny,NA\n", new ResultTable("a", "b").Row(0.1, 7).Row(null, "x").Row("y", null).ToString());

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("=cmd|' /C calc'!A0, x", "\"'=cmd|' /C calc'!A0, x\"")]
    [InlineData("@x", "'@x")]
    [InlineData("+2", "+2")]
    [InlineData("-x", "'-x")]
    [InlineData("-1e-5", "-1e-5")]
    [InlineData("NA", "NA")]
    [InlineData("a\"=b", "\"a\"\"=b\"")]
    [InlineData("line\n=2", "\"line\n=2\"")]
    public void A_text_in_csv_is_no_formula(string text, string field)
    {
        Assert.Equal($"a\n{field}\n", new RowsFile().Csv(new ResultTable("a").Row(text)));
        Assert.Equal(text, SpreadsheetText.Neutral(text).TrimStart('\''));
    }
}
