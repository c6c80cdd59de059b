using MarginalConditional.Cli.Output;

namespace MarginalConditional.Cli.Tests.Output;

public sealed class CsvResultTests
{
    [Fact]
    public void Fields_are_quoted_only_where_they_have_to_be() =>
        Assert.Equal(
            "term,estimate,df\npoly(x, 2)1,0.1,NA\n".Replace("poly(x, 2)1", "\"poly(x, 2)1\"", StringComparison.Ordinal),
            new CsvResult("term", "estimate", "df").Row("poly(x, 2)1", 0.1, null).ToString());

    [Fact]
    public void What_is_not_a_number_is_NA() => Assert.Equal("a\nNA\n", new CsvResult("a").Row(double.NaN).ToString());
}
