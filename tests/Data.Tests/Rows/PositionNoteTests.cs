using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;

namespace MarginalConditional.Data.Tests.Rows;

public sealed class PositionNoteTests
{
    [Theory]
    [InlineData("id,t,y\n1,1,0\n1,2,1\n2,1,3\n2,2,5\n", "counts as its wave; --wave names the column of waves.")]
    [InlineData(
        "id,t,y\n1,1,0\n1,2,1\n1,4,1\n2,1,3\n",
        "although clusters have 1 to 3 rows: --wave names the column, so that gaps are seen.")]
    public void Places_that_count_as_waves_are_said(string text, string end)
    {
        var request = new FrameRequest { Formula = FormulaParser.Parse("y ~ 1"), Cluster = "id", PositionMatters = true };
        var note = Assert.Single(ModelFrameBuilder.Build(Files.Read(text), request).Notes);
        Assert.EndsWith(end, note, StringComparison.Ordinal);
        Assert.Empty(ModelFrameBuilder.Build(Files.Read(text), request with { Wave = "t" }).Notes);
        Assert.Empty(ModelFrameBuilder.Build(Files.Read(text), request with { PositionMatters = false }).Notes);
    }
}
