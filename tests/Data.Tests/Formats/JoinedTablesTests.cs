using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Formats;

public sealed class JoinedTablesTests
{
    private const string Visits = "id,visit,y\na,1,5\nb,1,6\na,2,7\nc,1,8\n";
    private const string Persons = "id,arm,age,y\nb,P,30,0\na,A,40,0\n";

    // The slow twin looks for the person's line in the text.
    [Fact]
    public void Each_row_gets_the_columns_of_its_key()
    {
        var joined = Join(Visits, Persons, "id");
        Assert.Equal(["id", "visit", "y", "arm", "age"], joined.Header);
        for (var row = 0; row < joined.Rows; row++)
        {
            var id = Samples.Field(joined.Find("id")!, row);
            var line = Persons.Split('\n').FirstOrDefault(text => text.StartsWith($"{id},", StringComparison.Ordinal))?.Split(',');
            Assert.Equal(line?[1], Samples.Field(joined.Find("arm")!, row));
            Assert.Equal(line?[2], Samples.Field(joined.Find("age")!, row));
        }

        Assert.Equal([5.0, 6, 7, 8], ((NumericColumn)joined.Find("y")!).Values.ToArray());
        Assert.Equal(["One row has its id not in persons.csv: the columns from there are missing in it."], joined.Notes([]));
    }

    [Fact]
    public void Two_keys_match_together()
    {
        var joined = Join("site,id,y\n1,1,5\n1,2,6\n2,1,7\n", "site,id,arm\n2,1,A\n1,1,B\n1,2,C\n", "site", "id");
        Assert.Equal(["B", "C", "A"], Enumerable.Range(0, 3).Select(row => Samples.Field(joined.Find("arm")!, row)));
    }

    [Fact]
    public void A_key_twice_in_the_second_file_is_refused()
    {
        var refusal = Assert.Throws<InputException>(() => Join(Visits, "id,arm\na,A\nb,P\na,P\n", "id"));
        Assert.Equal("Two rows have id a, but one row of this file is to be joined to each of the other's.", refusal.Message);
        Assert.Equal(("persons.csv", 4), (refusal.File, refusal.Line));
    }

    [Fact]
    public void Keys_of_which_none_match_are_refused() => Assert.StartsWith(
        "No row has its id among those of persons.csv.",
        Assert.Throws<InputException>(() => Join(Visits, "id,arm\nx,A\n", "id")).Message,
        StringComparison.Ordinal);

    private static Dataset Join(string first, string second, params string[] keys) =>
        JoinedTables.Of(Read("visits.csv", first), Read("persons.csv", second), keys);

    private static Dataset Read(string name, string text) => DatasetReader.Read(name, System.Text.Encoding.UTF8.GetBytes(text));
}
