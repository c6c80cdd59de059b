using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Model;

/// <summary>Rows known to be alike from a fit before lay out other outcomes to the bits of a fit that finds them itself.</summary>
public class AlikeRowsTests
{
    [Theory]
    [InlineData("binomial", 1)]
    [InlineData("poisson", 3)]
    public void A_known_design_lays_out_the_same_rows(string name, int kinds)
    {
        Assert.True(Family.TryParse(name, out var family));
        var options = new GlmmOptions { Family = family, Threads = 1 };
        var known = Frame(family, kinds, 0);
        var before = new PreparedModel(known, options);
        Assert.NotNull(AlikeRows.Of(known.Design, before.Scaling, before.Levels[0]));
        for (var turn = 1; turn < 6; turn++)
        {
            var fresh = Frame(family, kinds, turn);
            var other = known.WithResponse(fresh.Response.ToArray());
            Same(new PreparedModel(fresh, options).Data, new PreparedModel(other, options).Data);
        }
    }

    /// <summary>Rows that are alike are known again where they halve the rows at least.</summary>
    [Theory]
    [InlineData(4, 2, true)]
    [InlineData(4, 3, false)]
    [InlineData(5, 2, true)]
    [InlineData(5, 3, false)]
    [InlineData(4, 1, true)]
    public void Half_the_rows_are_few_enough_to_be_kept(int rows, int different, bool worth)
    {
        var record = new AlikeRowsRecord(rows);
        record.End(new double[different], new double[different], new double[different], new ulong[different]);
        Assert.Equal(worth, record.IsWorthKeeping);
    }

    [Fact]
    public void A_design_is_not_known_to_other_clusters_weights_or_offsets()
    {
        var options = new GlmmOptions { Family = Family.Binomial, Threads = 1 };
        var frame = Frame(Family.Binomial, 2, 0);
        var model = new PreparedModel(frame, options);
        Assert.Null(AlikeRows.Of(Frame(Family.Binomial, 2, 0).Design, model.Scaling, model.Levels[0]));
        var half = new Clusters("c", [0, frame.Rows / 2, frame.Rows], c => $"{c}");
        var split = new ModelFrame(frame.Design, frame.Response.ToArray(), half);
        Same(
            new PreparedModel(new ModelFrame(Frame(Family.Binomial, 2, 0).Design, frame.Response.ToArray(), half), options).Data,
            new PreparedModel(split, options).Data);
        var weighted = new ModelFrame(frame.Design, frame.Response.ToArray(), frame.Clusters)
        {
            Weights = Enumerable.Range(0, frame.Rows).Select(i => 1.0 + (i % 2)).ToArray(),
        };
        Assert.Equal(weighted.Weights.ToArray().Sum(), Total(new PreparedModel(weighted, options).Data));
    }

    [Fact]
    public void Designs_of_rows_that_all_differ_are_not_kept()
    {
        var n = 40;
        string[] names = ["(Intercept)", "x"];
        var frame = new ModelFrame(
            new DesignMatrix(n, names, [.. Enumerable.Repeat(1.0, n), .. Enumerable.Range(0, n).Select(i => (double)i)], names),
            [.. Enumerable.Range(0, n).Select(i => i % 3 % 2.0)],
            new Clusters("c", [0, 10, 25, 40], c => $"{c}"));
        var model = new PreparedModel(frame, new GlmmOptions { Family = Family.Binomial, Threads = 1 });
        Assert.Null(AlikeRows.Of(frame.Design, model.Scaling, model.Levels[0]));
    }

    [Fact]
    public void The_table_of_patterns_finds_what_a_dictionary_finds()
    {
        const int Patterns = 60;
        var slots = new int[PatternTable.SlotsFor(Patterns)];
        var table = new PatternTable(slots, new ulong[Patterns]);
        var twin = new Dictionary<ulong, int>();
        var next = 0;
        for (var i = 0; i < 300 && next < Patterns; i++)
        {
            // Many fall on one slot, some are equal, and some equal ones stand for another pattern.
            var hash = (ulong)(i * i % 37) << 40;
            var found = table.Find(hash, next, out var exists);
            Assert.Equal(twin.TryGetValue(hash, out var expected), exists);
            Assert.Equal(exists ? expected : next, found);
            if (!exists || i % 5 == 0)
            {
                table.Replace(next);
                twin[hash] = next++;
            }
        }

        Assert.Equal(Patterns, next);
    }

    private static double Total(ClusterData data)
    {
        var total = 0.0;
        for (var pattern = 0; pattern < data.Patterns; pattern++)
        {
            total += data.Multiplicity[pattern] * data.Weight[data.PatternOffsets[pattern]..data.PatternOffsets[pattern + 1]].Sum();
        }

        return total;
    }

    private static void Same(ClusterData expected, ClusterData actual)
    {
        Assert.Equal(expected.PatternOffsets, actual.PatternOffsets);
        Assert.Equal(expected.PatternOfCluster, actual.PatternOfCluster);
        Assert.Equal(expected.Multiplicity, actual.Multiplicity);
        Assert.Equal(expected.Design, actual.Design);
        Assert.Equal(expected.RandomDesign, actual.RandomDesign[..expected.RandomDesign.Length]);
        Assert.Equal(expected.Offset, actual.Offset[..expected.Offset.Length]);
        Assert.Equal(expected.Response, actual.Response);
        Assert.Equal(expected.Weight, actual.Weight);
        Assert.Equal(expected.MaximumRows, actual.MaximumRows);
        Assert.Equal(expected.Constant, actual.Constant);
    }

    /// <summary>Clusters of several sizes in two arms, with kinds of rows that take turns.</summary>
    private static ModelFrame Frame(Family family, int kinds, int turn)
    {
        int[] offsets = [0, 8, 20, 28, 36, 51, 57, 65, 77];
        var n = offsets[^1];
        string[] names = ["(Intercept)", "arm", "kind"];
        int[] cluster = [.. Enumerable.Range(0, n).Select(i => Array.FindLastIndex(offsets, offset => offset <= i))];
        double[] values =
        [
            .. Enumerable.Repeat(1.0, n),
            .. cluster.Select(c => (double)(c % 2)),
            .. Enumerable.Range(0, n).Select(i => (double)(i % kinds)),
        ];
        double[] response =
        [
            .. Enumerable.Range(0, n)
                .Select(i => family == Family.Binomial ? (i + cluster[i] + turn) * i % 7 % 2.0 : i * (turn + 2) % 4.0),
        ];
        return new ModelFrame(new DesignMatrix(n, names, values, names), response, new Clusters("c", offsets, c => $"{c}"));
    }
}
