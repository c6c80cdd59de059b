using System.Text;
using MarginalConditional.Data.Descriptions;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Descriptions;

/// <summary><see cref="ShapeCautions"/>: rows that are there twice, and visits beside each other.</summary>
public sealed class ShapeCautionsTests
{
    private const string Measured = "id,arm,score\n1,A,4.1\n2,B,5.5\n3,A,3.9\n4,B,6.25\n";

    [Fact]
    public void Rows_that_repeat_an_earlier_one_are_counted_with_the_place_of_the_first()
    {
        Assert.Empty(Notes(Measured));
        Assert.Equal(
            "One row repeats an earlier one in every column (line 6 is line 3): each is counted.",
            Assert.Single(Notes(Measured + "2,B,5.5\n")));
        Assert.StartsWith("2 rows repeat an earlier one", Assert.Single(Notes(Measured + "2,B,5.5\n1,A,4.1\n")), StringComparison.Ordinal);
        Assert.Empty(Notes(Measured + "2,A,5.5\n2,B,5.6\n"));
        Assert.Single(Notes(Measured + "NA,B,NA\nNA,B,NA\n"));
    }

    [Fact]
    public void Rows_of_a_few_codes_are_alike_by_chance() =>
        Assert.Empty(Notes("arm,y\nA,0\nA,0\nB,1\nB,1\nB,0\nA,1\n"));

    [Theory]
    [InlineData("id,y1,y2,y3", "y1, y2, y3 may be one variable at 3 visits")]
    [InlineData("id,week_0,week_4,week_8,week_12", "week_0, week_4, week_8, \u2026 may be one variable at 4 visits")]
    [InlineData("id,pre,post1,post2", null)]
    [InlineData("id,x,y,z", null)]
    public void Columns_of_one_stem_may_be_visits_beside_each_other(string header, string? begin)
    {
        var count = header.Split(',').Length;
        var rows = string.Concat(Enumerable.Range(1, 5).Select(i =>
            string.Join(',', Enumerable.Range(0, count).Select(j => $"{i}.{(7 * i) + (3 * j)}")) + "\n"));
        var notes = Notes(header + "\n" + rows);
        Assert.Equal(begin is null, notes.Length == 0);
        Assert.All(notes, note => Assert.StartsWith(begin!, note, StringComparison.Ordinal));
    }

    [Fact]
    public void Clusters_of_several_columns_are_no_visits() =>
        Assert.Empty(Notes("s1,s2,s3\n1.5,2.5,3.5\n4.5,5.5,6.5\n", "s1:s2:s3"));

    private static string[] Notes(string csv, string? cluster = null)
    {
        var data = DatasetReader.Read("trial.csv", Encoding.UTF8.GetBytes(csv));
        return [.. ShapeCautions.Of(data, cluster?.Split(':') ?? [], ValueDigest.OfAll(data))];
    }
}
