using System.Text;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Tables;

/// <summary>What a table answers about its columns, parts of it, tables under each other and beside each other, by its own text.</summary>
public sealed class DatasetTests
{
    private const string Text = "id,arm,y,day\n1,b,2.5,2024-03-01\n2,a,,2024-01-15\n1,b,7,2023-12-31\n3,,-1,2024-03-01\n";

    private static readonly Dataset Table = Read("trial.csv", Text);

    [Fact]
    public void A_table_is_its_file_its_columns_and_its_rows()
    {
        Assert.Equal(("trial.csv", 4), (Table.Source, Table.Rows));
        Assert.Equal(["id", "arm", "y", "day"], Table.Header);
        Assert.Equal("trial.csv: 4 rows, 4 columns", Table.ToString());
        Assert.Equal([2, 3, 4, 5], Enumerable.Range(0, 4).Select(row => Table.LineOf(row)!.Value));
        Assert.Null(Table.RowOf(0));
        Assert.Equal("line 4", Table.PlaceOf(2));
        Assert.Null(Table.Find("z"));
        Assert.Equal([2.5, double.NaN, 7, -1], ((NumericColumn)Table.Find("y")!).Values.ToArray());
        Assert.Equal(["a", "b"], ((FactorColumn)Table.Find("arm")!).Levels);
        Assert.True(Table.Find("arm")!.IsMissing(3) && !Table.Find("arm")!.IsMissing(0));
    }

    [Theory]
    [InlineData("id,y1,y2,y3", "y", "y1, y2, y3 may be y at 3 visits: it needs a row for each visit (R: tidyr::pivot_longer")]
    [InlineData("id,Score_0,Score_6,Score_12,Score_24", "score", "Score_0, Score_6, Score_12, \u2026 may be score at 4 visits")]
    [InlineData("id,hb-2019,hb-2020,hb-2021", "hb", "hb-2019, hb-2020, hb-2021 may be hb at 3 visits")]
    [InlineData("id,1,2,3", "id1", "Columns: id, 1, 2, 3.")]
    [InlineData("id,y1,y2,y3", "x", "Columns: id, y1, y2, y3.")]
    [InlineData("id,y1,y2", "y", "Columns: id, y1, y2.")]
    public void Visits_beside_each_other_are_told_of(string header, string name, string beginning)
    {
        var row = string.Join(',', header.Split(',').Select(_ => "1"));
        var hint = Read("wide.csv", $"{header}\n{row}\n").NoColumn(name).Hint;
        Assert.StartsWith(beginning, hint, StringComparison.Ordinal);
        Assert.EndsWith($"Columns: {header.Replace(",", ", ", StringComparison.Ordinal)}.", hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_not_there_is_refused_with_the_nearest_and_all()
    {
        var refusal = Table.NoColumn("amr");
        Assert.Equal("There is no column \"amr\" in trial.csv. Did you mean \"arm\"?", refusal.Message);
        Assert.Equal("Columns: id, arm, y, day.", refusal.Hint);
        Assert.Equal("There is no column \"weight\" in trial.csv.", Table.NoColumn("weight").Message);
    }

    /// <summary>A column takes the place of that of its name, or comes last; the table itself stays as it is.</summary>
    [Fact]
    public void A_column_is_added_or_replaced_in_a_table_of_its_own()
    {
        var replaced = Table.With(new NumericColumn("y", [1, 2, 3, 4]));
        Assert.Equal(["id", "arm", "y", "day"], replaced.Columns.Select(column => column.Name));
        Assert.Equal([1.0, 2, 3, 4], ((NumericColumn)replaced.Find("y")!).Values.ToArray());
        Assert.Equal(2.5, ((NumericColumn)Table.Find("y")!).Values[0]);
        var added = Table.With(FactorColumn.Of("site", ["k", "l", "k", "l"]));
        Assert.Equal(["id", "arm", "y", "day", "site"], added.Header);
        Assert.Equal(5, added.LineOf(3));
        Assert.Equal(4, Table.Columns.Count);
    }

    [Fact]
    public void Some_rows_keep_their_values_their_order_and_their_lines()
    {
        var part = Table.Part([3, 0, 0]);
        Assert.Equal(3, part.Rows);
        Assert.Equal([-1, 2.5, 2.5], ((NumericColumn)part.Find("y")!).Values.ToArray());
        Assert.Equal([null, "b", "b"], Enumerable.Range(0, 3).Select(row => Formats.Samples.Field(part.Find("arm")!, row)));
        Assert.Equal([5, 2, 2], Enumerable.Range(0, 3).Select(row => part.LineOf(row)!.Value));
        Assert.Equal(["a", "b"], ((FactorColumn)part.Find("arm")!).Levels);
        Assert.Equal(0, Table.Part([]).Rows);
        Assert.Equal("others", Table.Part([1], source: "others").Source);
    }

    [Fact]
    public void Categories_are_put_in_another_order_with_the_same_fields()
    {
        var arm = (FactorColumn)Table.Find("arm")!;
        var turned = arm.Reordered([1, 0]);
        Assert.Equal(["b", "a"], turned.Levels);
        Assert.Equal([0, 1, 0, -1], turned.Codes.ToArray());
        Assert.Equal(
            Enumerable.Range(0, 4).Select(row => Formats.Samples.Field(arm, row)),
            Enumerable.Range(0, 4).Select(row => Formats.Samples.Field(turned, row)));
        Assert.Equal(3, arm.Values);
    }

    /// <summary>A typed file's dates are levels with their days since 1970 behind them: 19723 is 2024-01-01.</summary>
    [Fact]
    public void Dates_have_their_days_behind_them_in_any_order()
    {
        var day = new FactorColumn("day", [2, 1, 0, 2, -1], ["2023-12-31", "2024-01-15", "2024-03-01"])
        {
            Numbers = [19722, 19737, 19783],
            IsDate = true,
        };
        Assert.Equal([19783, 19737, 19722, 19783, double.NaN], day.AsNumbers().Values.ToArray());
        var turned = day.Reordered([2, 0, 1]);
        Assert.Equal([19783.0, 19722, 19737], turned.Numbers);
        Assert.Equal(day.AsNumbers().Values.ToArray(), turned.AsNumbers().Values.ToArray());
        Assert.True(turned.IsDate);
    }

    /// <summary>The slow twin reads one file that holds the lines of all.</summary>
    [Fact]
    public void Tables_under_each_other_are_the_file_of_all_their_lines()
    {
        const string Other = "id,arm,y,day\n9,c,1e3,2020-02-29\n8,a,0.25,2024-01-15\n";
        var stacked = StackedTables.Of([Table, Read("other.csv", Other)]);
        var twin = Read("both.csv", Text + Other[(Other.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        Assert.Equal("trial.csv, other.csv", stacked.Source);
        Assert.Equal(6, stacked.Rows);
        Assert.Equal(twin.Header, stacked.Header);
        foreach (var column in twin.Columns)
        {
            var own = stacked.Find(column.Name)!;
            Assert.Equal(column.GetType(), own.GetType());
            Assert.Equal(
                Enumerable.Range(0, 6).Select(row => Formats.Samples.Field(column, row)),
                Enumerable.Range(0, 6).Select(row => Formats.Samples.Field(own, row)));
            Assert.Equal((column as FactorColumn)?.Levels, (own as FactorColumn)?.Levels);
        }

        // A place is that of the row's own file.
        Assert.Equal([2, 5, 2, 3], new[] { 0, 3, 4, 5 }.Select(row => stacked.LineOf(row)!.Value));
    }

    [Fact]
    public void Columns_in_another_order_are_found_by_their_names()
    {
        var stacked = StackedTables.Of([Read("one.csv", "a,b\n1,x\n"), Read("two.csv", "b,a\ny,2\n")]);
        Assert.Equal([1.0, 2], ((NumericColumn)stacked.Find("a")!).Values.ToArray());
        Assert.Equal(["x", "y"], ((FactorColumn)stacked.Find("b")!).Levels);
    }

    [Fact]
    public void A_column_without_values_goes_with_text_and_a_number_does_not()
    {
        var empty = StackedTables.Of([Read("one.csv", "a,b\n1,\n2,\n"), Read("two.csv", "a,b\n3,x\n")]);
        Assert.Equal([-1, -1, 0], ((FactorColumn)empty.Find("b")!).Codes.ToArray());
        var mixed = Assert.Throws<InputException>(() =>
            StackedTables.Of([Read("one.csv", "a,b\n1,5\n"), Read("two.csv", "a,b\n3,x\n")]));
        Assert.Equal("Column b is numbers in one.csv and text in two.csv.", mixed.Message);
        Assert.Contains("--factor b", mixed.Hint, StringComparison.Ordinal);
        var missing = Assert.Throws<InputException>(() => StackedTables.Of([Read("one.csv", "a,b\n1,5\n"), Read("two.csv", "a\n3\n")]));
        Assert.Equal(("There is no column \"b\", which one.csv has.", "two.csv"), (missing.Message, missing.File));
    }

    [Fact]
    public void A_key_that_is_missing_matches_nobody()
    {
        var joined = JoinedTables.Of(Read("visits.csv", "id,y\n1,5\n,6\n2,7\n"), Read("persons.csv", "id,age\n2,60\n,99\n1,50\n"), ["id"]);
        Assert.Equal([50, double.NaN, 60], ((NumericColumn)joined.Find("age")!).Values.ToArray());
        Assert.Equal(["One row has its id not in persons.csv: the columns from there are missing in it."], joined.Notes([]));
        var lost = JoinedTables.Of(Read("visits.csv", "id,y\n1,5\n8,6\n9,7\n"), Read("persons.csv", "id,age\n1,50\n"), ["id"]);
        Assert.StartsWith("2 rows have their id not in persons.csv", Assert.Single(lost.Notes([])), StringComparison.Ordinal);
    }

    /// <summary>Keys are texts: 01 and 1 are two, and so are 1.1 and 1.10.</summary>
    [Fact]
    public void Keys_match_as_they_are_written()
    {
        var joined = JoinedTables.Of(
            Read("visits.csv", "id,y\n1.1,5\n1.10,6\n"), Read("persons.csv", "id,age\n1.10,40\n1.1,30\n"), ["id"]);
        Assert.Equal([30.0, 40], ((NumericColumn)joined.Find("age")!).Values.ToArray());
        var refusal = Assert.Throws<InputException>(() =>
            JoinedTables.Of(Read("visits.csv", "id,y\n1,5\n"), Read("persons.csv", "key,age\n1,50\n"), ["id"]));
        Assert.StartsWith("There is no column \"id\" in persons.csv.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_is_said_from_the_file_to_the_column()
    {
        Assert.Equal("a.csv, line 3, column y", new InputException("x") { File = "a.csv", Line = 3, Column = "y" }.Place);
        Assert.Equal("a.xlsx, row 7", new InputException("x") { File = "a.xlsx", Row = 7 }.Place);
        Assert.Equal("formula, position 5", new InputException("x") { Position = 5 }.Place);
        Assert.Equal(string.Empty, new InputException("x", new InvalidOperationException()).Place);
    }

    private static Dataset Read(string name, string text) => DatasetReader.Read(name, Encoding.UTF8.GetBytes(text));
}
