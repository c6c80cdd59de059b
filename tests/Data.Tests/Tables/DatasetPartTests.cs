using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Tables;

/// <summary>Parts of a table, and tables under each other, against the rows written out.</summary>
public sealed class DatasetPartTests
{
    private const string Text = "id,set,arm,x,y\n01,1,b,0,0\n02,1,c,1,1\n1,1,b,2,0\n01,2,a,3,1\n02,2,c,4,0\n1,2,a,8,1\n";

    private static Dataset Whole() => DatasetReader.Read("whole.csv", System.Text.Encoding.UTF8.GetBytes(Text));

    [Fact]
    public void A_part_has_its_rows_and_knows_their_lines()
    {
        var part = Whole().Part([5, 1]);
        Assert.Equal(2, part.Rows);
        Assert.Equal([8.0, 1], ((NumericColumn)part.Find("x")!).Values.ToArray());
        var arm = (FactorColumn)part.Find("arm")!;
        Assert.Equal(["a", "c"], arm.Codes.ToArray().Select(code => arm.Levels[code]));
        Assert.Equal(7, part.LineOf(0));
        Assert.Equal(3, part.LineOf(1));
        Assert.Equal("set two", Whole().Part([3], null, "set two").Source);
    }

    /// <summary>01 and 1 are two groups, in a part as in the whole.</summary>
    [Fact]
    public void A_part_groups_by_text()
    {
        var frame = ModelFrameBuilder.Build(Whole().Part([3, 4, 5]), new FrameRequest
        {
            Formula = FormulaParser.Parse("y ~ x"),
            Cluster = "id",
        });
        Assert.Equal(["01", "1", "02"], Enumerable.Range(0, frame.Clusters.Count).Select(frame.Clusters.Label));
    }

    /// <summary>A level that only the other part has, knots and scales of both: the columns mean the same in either part.</summary>
    [Fact]
    public void Codings_are_learned_from_the_table_that_codes_the_part()
    {
        var whole = Whole();
        var (one, two) = (whole.Part([0, 1, 2], whole), whole.Part([3, 4, 5], whole));
        var request = new FrameRequest { Formula = FormulaParser.Parse("y ~ scale(x)") };
        var values = ModelFrameBuilder.Build(one, request).Design.Column(1);
        double[] all = [0, 1, 2, 3, 4, 8];
        var (mean, sd) = (all.Average(), Math.Sqrt(all.Sum(x => (x - all.Average()) * (x - all.Average())) / 5));
        Assert.Equal((0 - mean) / sd, values.ToArray().Min(), 1e-12);

        // The first part has no a, the second no b: each has the column of the other's level, all 0 and left out.
        var arms = new FrameRequest { Formula = FormulaParser.Parse("y ~ 0 + arm"), RefuseAliased = false };
        Assert.Equal(["armb", "armc"], ModelFrameBuilder.Build(one, arms).Design.Names);
        Assert.Equal(["a", "b", "c"], ModelFrameBuilder.Build(one, arms).Recipe!.LevelsOf("arm"));
        Assert.Equal(["arma"], ModelFrameBuilder.Build(one, arms).Design.Aliased.Select(column => column.Name));
        Assert.Equal(["armb"], ModelFrameBuilder.Build(two, arms).Design.Aliased.Select(column => column.Name));

        var spline = new FrameRequest { Formula = FormulaParser.Parse("y ~ bs(x, knots = c(1.5), degree = 1)") };
        var own = ModelFrameBuilder.Build(whole.Part([0, 1, 2]), spline).Design;
        var coded = ModelFrameBuilder.Build(one, spline).Design;
        Assert.Equal(1, own.Column(2).ToArray().Max(), 1e-12);
        Assert.Equal((2 - 1.5) / (8 - 1.5), coded.Column(2).ToArray().Max(), 1e-12);
    }

    [Fact]
    public void Tables_under_each_other_are_one()
    {
        Dataset Read(string name, string text) => DatasetReader.Read(name, System.Text.Encoding.UTF8.GetBytes(text));
        var stack = StackedTables.Of([Read("one.csv", "x,g,k\n1,b,\n2,c,\n"), Read("two.csv", "g,x,k\na,3,u\n,4,v\nb,5,u\n")]);
        Assert.Equal(5, stack.Rows);
        Assert.Equal([1.0, 2, 3, 4, 5], ((NumericColumn)stack.Find("x")!).Values.ToArray());
        var g = (FactorColumn)stack.Find("g")!;
        Assert.Equal(["a", "b", "c"], g.Levels);
        Assert.Equal(["b", "c", "a", "-", "b"], g.Codes.ToArray().Select(code => code < 0 ? "-" : g.Levels[code]));

        // A column without any value in one table is what the other says.
        var k = (FactorColumn)stack.Find("k")!;
        Assert.Equal(["-", "-", "u", "v", "u"], k.Codes.ToArray().Select(code => code < 0 ? "-" : k.Levels[code]));
        Assert.Equal(3, stack.LineOf(1));
        Assert.Equal(2, stack.LineOf(2));
        Assert.Equal("one.csv, two.csv", stack.Source);

        var missing = Assert.Throws<InputException>(() => StackedTables.Of([Read("a.csv", "x,y\n1,2\n"), Read("b.csv", "x\n1\n")]));
        Assert.Equal("b.csv", missing.File);
        var mixed = Assert.Throws<InputException>(() => StackedTables.Of([Read("a.csv", "x\n1\n"), Read("b.csv", "x\nhigh\n")]));
        Assert.Contains("numbers in a.csv and text in b.csv", mixed.Message, StringComparison.Ordinal);
    }
}
