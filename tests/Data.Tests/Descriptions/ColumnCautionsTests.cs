using System.Text;
using MarginalConditional.Data.Descriptions;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Descriptions;

/// <summary><see cref="ColumnCautions"/>: what is said of columns, and of pairs of categories, that may be meant otherwise.</summary>
public sealed class ColumnCautionsTests
{
    [Theory]
    [InlineData("NA\nNA\nNA", "v is missing in every row.")]
    [InlineData("7\n7\nNA", "v is 7 in every row.")]
    [InlineData("a\na\na", "v is \"a\" in every row.")]
    [InlineData("1\n2\n2", "v holds 1 and 2: an outcome of two codes needs --event 2, categories need --factor v.")]
    [InlineData(
        "1\ntwo\n3",
        "v holds 2 numbers and 1 texts, such as \"two\", and is read as categories; --na names texts that mean missing.")]
    [InlineData(
        "1/15/2020\n2/3/2020\n1/15/2020",
        "v looks like dates, such as \"1/15/2020\", whose order cannot be told: write 2020-01-15.")]
    [InlineData("4\n5.5\n6\n999", "v is 999 in one row and otherwise 4 to 6: if that means missing, say --na 999.")]
    [InlineData("A\na\nB", "v has the levels \"A\" and \"a\", which differ in capitals or blanks alone and count as two.")]
    [InlineData(
        "1%\n2%\n3%\n4%\n5%\n6%\n7%",
        "v holds numbers with a sign or with commas at the thousands, such as \"1%\", and is read as categories: take these out.")]
    public void A_column_that_may_be_meant_otherwise_is_named(string values, string note) =>
        Assert.Equal(note, Assert.Single(Notes("v\n" + values)));

    [Theory]
    [InlineData("0\n1\n1")]
    [InlineData("0.5\n1.5\n2.5")]
    [InlineData("yes\nno\nyes")]
    [InlineData("2020-01-15\n2020-02-03\n2020-01-15")]
    public void Ordinary_columns_are_not(string values) => Assert.Empty(Notes("v\n" + values));

    [Fact]
    public void An_outcome_in_words_needs_its_event_and_one_of_true_and_false_does_not()
    {
        const string csv = "y\nwell\nill\nwell";
        Assert.Equal(
            "The outcome y is in words: say --event \"well\" if that level counts as 1.",
            Assert.Single(Notes(csv, new DescriptionRequest { Outcome = "y" })));
        Assert.Empty(Notes(csv));
        Assert.Empty(Notes("y\nTRUE\nFALSE\nTRUE", new DescriptionRequest { Outcome = "y" }));
    }

    [Fact]
    public void Two_codes_of_waves_or_of_parts_of_a_cluster_are_as_they_should_be()
    {
        const string csv = "id,t,site\n1,1,3\n1,2,3\n2,1,4\n2,2,4";
        Assert.Empty(Notes(csv, new DescriptionRequest { Cluster = "id:site", Wave = "t" }));
        Assert.Equal(3, Notes(csv).Length);
    }

    /// <summary>Against all pairs of levels one by one; a level that goes with one level of the other only names it.</summary>
    [Theory]
    [InlineData("a,x\na,y\nb,x\nb,z\nc,x\nc,y\nc,z", "\"a\" and h \"z\" (nor 1 more such pairs)")]
    [InlineData("a,x\na,y\na,z\nb,x\nb,y", "\"b\" and h \"z\"")]
    [InlineData("a,x\nb,y\nc,z\na,x", null)]
    [InlineData("a,x\na,y\nb,x\nb,y", null)]
    public void Categories_that_never_meet_are_told(string rows, string? pair)
    {
        var notes = Notes("g,h\n" + rows);
        Assert.Equal(
            pair is null ? [] : new[] { $"No row has g {pair}: of their interaction not every coefficient can be estimated." }, notes);
    }

    private static string[] Notes(string csv, DescriptionRequest? request = null)
    {
        var data = DatasetReader.Read("data.csv", Encoding.UTF8.GetBytes(csv + "\n"));
        return [.. ColumnCautions.Of(data, request ?? new DescriptionRequest(), ValueDigest.OfAll(data))];
    }
}
