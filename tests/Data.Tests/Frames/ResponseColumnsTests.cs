using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;

namespace MarginalConditional.Data.Tests.Frames;

public sealed class ResponseColumnsTests
{
    private const string Text = "e,n,w,o,x\n1,4,1,0.5,2\n2,5,2,1.5,3\n0,3,0.5,-1,4\n3,3,1,0,5\n";
    private static readonly double[] Events = [1, 2, 0, 3];
    private static readonly double[] Numbers = [4, 5, 3, 3];

    [Fact]
    public void Events_of_trials_become_proportions_row_by_row()
    {
        var columns = Create("e / n ~ x");
        Assert.Equal(Events.Zip(Numbers, (events, trials) => events / trials), columns.Response);
        Assert.Equal(Numbers, columns.Trials);
        Assert.Empty(columns.Weights);
        Assert.Empty(columns.Offset);
    }

    [Fact]
    public void Events_and_nonevents_are_counted_together()
    {
        var columns = Create("cbind(e, n) ~ x");
        Assert.Equal(Events.Zip(Numbers, (events, others) => events / (events + others)), columns.Response);
        Assert.Equal(Events.Zip(Numbers, (events, others) => events + others), columns.Trials);
    }

    [Fact]
    public void Offsets_add_up_and_weights_are_taken_as_they_are()
    {
        var columns = Create("e ~ x + offset(o) + offset(x)", request => request with { Weights = "w", Offset = "n" });
        Assert.Equal([2.5 + 4, 4.5 + 5, 3 + 3, 5 + 3], columns.Offset);
        Assert.Equal([1, 2, 0.5, 1], columns.Weights);
        Assert.Empty(columns.Trials);
    }

    private static ResponseColumns Create(string formula, Func<FrameRequest, FrameRequest>? change = null)
    {
        var request = new FrameRequest { Formula = FormulaParser.Parse(formula) };
        request = change is null ? request : change(request);
        var data = Files.Read(Text);
        return ResponseColumns.Create(new FrameTable(data, [.. Enumerable.Range(0, data.Rows)], request.Columns), request);
    }
}
