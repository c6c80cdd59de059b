using System.Text;
using MarginalConditional.Data.Descriptions;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Descriptions;

public sealed class VisitTableTests
{
    private const string Text = "id,arm,visit,y\na,A,1,1\na,A,2,\na,A,3,4\nb,B,1,2\nb,B,2,3\nc,A,1,5\n";

    // Counted by eye: a misses the outcome at visit 2, b and c end early.
    [Fact]
    public void Patterns_and_missing_values_are_those_of_the_text()
    {
        var visits = VisitTable.Of(Data, new DescriptionRequest { Cluster = "id", Wave = "visit", Arm = "arm", Outcome = "y" });
        Assert.Equal(
            ["x.x 1 0", "xx. 0 1", "x.. 1 0"],
            visits.Patterns()
                .OrderBy(pattern => Array.IndexOf(["x.x", "xx.", "x.."], pattern.Pattern))
                .Select(pattern => $"{pattern.Pattern} {string.Join(' ', pattern.Clusters)}"));
        Assert.Equal([2, 1, 1, 1, 1, 0], visits.RowsOfWaves());
        Assert.Equal(
            [new MissingCell("y", "A", "2", 1, 1)], visits.Missing(Data.Find("y")!).Where(cell => cell.Missing > 0));
        Assert.Equal((3, 1, 3, 2.0, 1), visits.Sizes() is { } sizes
            ? (sizes.Count, sizes.Minimum, sizes.Maximum, sizes.Median, sizes.Single) : default);
    }

    [Fact]
    public void A_pattern_is_monotone_when_nothing_was_seen_after_a_visit_missed()
    {
        Assert.True(new VisitPattern("xx..", [1]).IsMonotone);
        Assert.False(new VisitPattern("x.x.", [1]).IsMonotone);
    }

    private static Dataset Data => DatasetReader.Read("visits.csv", Encoding.UTF8.GetBytes(Text));
}
