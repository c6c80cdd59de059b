using System.Text;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Tables;

public sealed class DatasetReaderTests
{
    [Fact]
    public void Columns_of_numbers_are_numeric_and_others_factors_in_ordinal_order()
    {
        var data = Files.Read("id,arm,y\n1,placebo,0.5\n2,active,-1e3\n3,Zeta,+7\n");
        Assert.Equal([1.0, 2, 3], Numbers(data, "id"));
        Assert.Equal([0.5, -1000, 7], Numbers(data, "y"));
        var arm = Assert.IsType<FactorColumn>(data.Find("arm"));
        Assert.Equal(["Zeta", "active", "placebo"], arm.Levels);
        Assert.Equal([2, 1, 0], arm.Codes.ToArray());
    }

    [Theory]
    [InlineData("a,b\r\n1,x\r\n2,y\r\n")]
    [InlineData("a,b\n1,x\n2,y")]
    [InlineData("\uFEFFa,b\n1,x\n2,y\n")]
    [InlineData("\"a\",\"b\"\n\"1\",\"x\"\n2,\"y\"\n")]
    [InlineData(" a , b \n 1 , x\n2 ,y\n")]
    [InlineData("a,b\n\n1,x\n\n2,y\n\n")]
    public void Line_ends_marks_quotes_and_blanks_do_not_matter(string text)
    {
        var data = Files.Read(text);
        Assert.Equal(["a", "b"], data.Header);
        Assert.Equal([1.0, 2], Numbers(data, "a"));
        Assert.Equal(["x", "y"], Assert.IsType<FactorColumn>(data.Find("b")).Levels);
    }

    [Fact]
    public void Quoted_fields_may_hold_separators_quotes_and_line_breaks()
    {
        var data = Files.Read("name,y\n\"Ferguson, \"\"Simes\"\"\",1\n\"two\nlines\",2\nplain,3\n");
        Assert.Equal(["Ferguson, \"Simes\"", "plain", "two\nlines"], Assert.IsType<FactorColumn>(data.Find("name")).Levels);
    }

    [Fact]
    public void Lines_of_rows_count_breaks_inside_quotes_and_empty_lines() =>
        Files.With("x,y\n1,\"two\nlines\"\n\n2,3\n"u8.ToArray(), path =>
        {
            var data = DatasetReader.Read(path);
            Assert.Equal(2, data.LineOf(0));
            Assert.Equal(5, data.LineOf(1));
            Assert.Null(data.LineOf(2));
            return data;
        });

    [Fact]
    public void Groupings_are_read_again_as_text_where_numbers_have_several_spellings()
    {
        const string Text = "id,x,k\n7,1,3\n12345678901234567891,2,4\n12345678901234567890,3,5\nNA,4,3\n12345678901234567891,5,5\n";
        var data = DatasetReader.Read("memory.csv", System.Text.Encoding.UTF8.GetBytes(Text));
        var id = Assert.IsType<FactorColumn>(data.FindGrouping("id"));
        Assert.Equal(["7", "12345678901234567890", "12345678901234567891"], id.Levels);
        Assert.Equal([0, 2, 1, -1, 2], id.Codes.ToArray());
        Assert.IsType<NumericColumn>(data.Find("id"));
        Assert.Same(data.Find("k"), data.FindGrouping("k"));
        Assert.Null(data.FindGrouping("absent"));
    }

    [Fact]
    public void A_lone_point_among_numbers_is_missing_and_noted()
    {
        var data = Files.Read("x,f,t,k\n1,a,.,1\n.,.,a,.\n2,b,b,2\n.,a,a,3\n", new DatasetReaderOptions { Factors = ["k"] });
        Assert.Equal([1, double.NaN, 2, double.NaN], Numbers(data, "x"));
        Assert.Equal([".", "a", "b"], Assert.IsType<FactorColumn>(data.Find("f")).Levels);
        Assert.Equal([0, 1, 2, 1], Assert.IsType<FactorColumn>(data.Find("t")).Codes.ToArray());
        var k = Assert.IsType<FactorColumn>(data.Find("k"));
        Assert.Equal(["1", "2", "3"], k.Levels);
        Assert.Equal([0, -1, 1, 2], k.Codes.ToArray());
        Assert.Equal(
            ["x: 2 fields are \".\" and read as missing.", "k: one field is \".\" and read as missing."],
            data.Notes(["x", "f", "t", "k", "x"]));
    }

    [Fact]
    public void Numbers_with_leading_zeros_are_text()
    {
        var data = Files.Read("a,b,c\n1,01,0.5\n02,2,0\n10,10,-0.25\n");
        Assert.Equal(["1", "02", "10"], Assert.IsType<FactorColumn>(data.Find("a")).Levels);
        Assert.Equal(["01", "2", "10"], Assert.IsType<FactorColumn>(data.Find("b")).Levels);
        Assert.Equal([0.5, 0, -0.25], Numbers(data, "c"));
    }

    [Fact]
    public void A_column_added_or_replaced_keeps_the_rest()
    {
        var data = DatasetReader.Read("memory.csv", "a,b\n1.0,x\n2,y\n"u8.ToArray());
        var more = data.With(new NumericColumn("c", [5, 6])).With(new NumericColumn("b", [7, 8]));
        Assert.Equal(["a", "b", "c"], more.Header);
        Assert.Equal([7, 8], Numbers(more, "b"));
        Assert.Equal(3, more.LineOf(1));
        Assert.IsType<FactorColumn>(more.FindGrouping("a"));
    }

    [Fact]
    public void Empty_fields_NA_and_extra_tokens_are_missing()
    {
        var data = Files.Read("x,f\n1,a\n,NA\nNA,.\n.,b\n-9,\n", new DatasetReaderOptions { MissingTokens = [".", "-9"] });
        Assert.Equal([1, double.NaN, double.NaN, double.NaN, double.NaN], Numbers(data, "x"));
        Assert.Equal([0, -1, -1, 1, -1], Assert.IsType<FactorColumn>(data.Find("f")).Codes.ToArray());
        Assert.True(data.Find("x")!.IsMissing(1));
        Assert.True(data.Find("f")!.IsMissing(1));
    }

    [Fact]
    public void Other_separators_and_the_decimal_comma_are_read_when_asked_for()
    {
        var data = Files.Read("a;b\n1,5;2\n-0,25;3e-1\n", new DatasetReaderOptions { Separator = ';', DecimalComma = true });
        Assert.Equal([1.5, -0.25], Numbers(data, "a"));
        Assert.Equal([2.0, 3e-1], Numbers(data, "b"));
        Assert.Equal([1.0], Numbers(Files.Read("a\tb\n1\t2\n", new DatasetReaderOptions { Separator = null }), "a"));
        Assert.Equal([1.0], Numbers(Files.Read("sep=;\na;b\n1;2\n", new DatasetReaderOptions { Separator = null }), "a"));
    }

    [Fact]
    public void Only_the_columns_asked_for_are_kept_but_all_are_listed()
    {
        var data = Files.Read("a,b,c\n1,x,3\n", new DatasetReaderOptions { Columns = ["c", "absent"] });
        Assert.Equal(["c"], data.Columns.Select(column => column.Name));
        Assert.Equal(["a", "b", "c"], data.Header);
        Assert.Equal(1, data.Rows);
        Assert.Equal(1, Files.Read("a,b\n1,x\n", new DatasetReaderOptions { Columns = [] }).Rows);
    }

    [Fact]
    public void Columns_read_as_factors_sort_numbers_by_value()
    {
        var data = Files.Read("k\n10\n9\n1.0\n", new DatasetReaderOptions { Factors = ["k"] });
        Assert.Equal(["1.0", "9", "10"], Assert.IsType<FactorColumn>(data.Find("k")).Levels);
    }

    [Fact]
    public void A_column_that_turns_to_text_late_keeps_its_early_fields()
    {
        var text = new StringBuilder("v,w\n");
        for (var i = 0; i < 5000; i++)
        {
            text.Append(i).Append(",1\n");
        }

        var data = Files.Read(text.Append("end,1\n").ToString());
        var factor = Assert.IsType<FactorColumn>(data.Find("v"));
        Assert.Equal(5001, factor.Levels.Count);
        Assert.Equal("4999", factor.Levels[factor.Codes[4999]]);
        Assert.Equal("end", factor.Levels[factor.Codes[5000]]);
    }

    [Fact]
    public void Unnamed_columns_such_as_row_names_get_a_name()
    {
        var data = Files.Read("\"\",\"y\"\n\"1\",5\n\"2\",6\n");
        Assert.Equal(["column1", "y"], data.Header);
    }

    [Fact]
    public void Long_files_are_read_across_blocks_and_buffers()
    {
        var rows = 200_001;
        var text = new StringBuilder("i,f\n");
        for (var i = 0; i < rows; i++)
        {
            text.Append(i).Append(',').Append((char)('a' + (i % 7))).Append('\n');
        }

        var data = Files.Read(text.ToString());
        var numbers = Numbers(data, "i");
        var codes = Assert.IsType<FactorColumn>(data.Find("f")).Codes;
        Assert.Equal(rows, data.Rows);
        for (var i = 0; i < rows; i++)
        {
            Assert.Equal(i, numbers[i]);
            Assert.Equal(i % 7, codes[i]);
        }
    }

    private static double[] Numbers(Dataset data, string name) => Assert.IsType<NumericColumn>(data.Find(name)).Values.ToArray();
}
