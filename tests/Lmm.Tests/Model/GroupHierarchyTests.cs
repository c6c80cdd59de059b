using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Model;

namespace MarginalConditional.Lmm.Tests.Model;

public sealed class GroupHierarchyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_group_is_contiguous_and_lies_in_its_parent(bool scatter)
    {
        var frame = LinearFrames.Nested(71, 4, 3, 2, 3, scatter);
        var hierarchy = GroupHierarchy.Create([.. frame.RandomTerms.Reverse()], frame.Rows);
        Assert.False(hierarchy.IsCrossed);
        Assert.Equal(scatter, hierarchy.RowOrder is not null);
        var order = hierarchy.RowOrder ?? [.. Enumerable.Range(0, frame.Rows)];
        Assert.Equal(Enumerable.Range(0, frame.Rows), order.Order());
        Assert.Equal(["a", "b", "c"], hierarchy.Levels.Select(level => level.Terms[0].Group));
        for (var l = 0; l < 3; l++)
        {
            var (level, groups) = (hierarchy.Levels[l], hierarchy.Levels[l].Terms[0].Groups.ToArray());
            var starts = RowStarts(hierarchy, l);
            Assert.Equal(level.Terms[0].GroupCount, level.Groups);
            for (var g = 0; g < level.Groups; g++)
            {
                var rows = order[starts[g]..starts[g + 1]];
                Assert.Equal(rows[0], level.FirstRows[g]);
                Assert.Equal(Enumerable.Range(0, frame.Rows).Where(i => groups[i] == groups[rows[0]]).Order(), rows.Order());
                var outer = l == 0 ? [] : hierarchy.Levels[l - 1].Terms[0].Groups.ToArray();
                Assert.True(l == 0 || outer[rows[0]] == outer[hierarchy.Levels[l - 1].FirstRows[level.Parents[g]]]);
            }
        }
    }

    [Fact]
    public void Groups_with_too_many_columns_for_the_memory_are_refused()
    {
        var frame = LinearFrames.Nested(71, 4, 3, 2, 3, false);
        var hierarchy = GroupHierarchy.Create(frame.RandomTerms, frame.Rows);
        // 6 columns and 1, 2 and 1 effects: products with 7, 9 and 10 columns, regressions on the rest of those, and what a chunk keeps.
        double numbers = (4 * 1 * 3 * 7) + (12 * 2 * 3 * 9) + (24 * 1 * 2 * 10) + (2 * 6 * 6) + (2 * 7 * 7) + (2 * 9 * 9)
            + ((4 * 2 * 2) + (3 * 2 * 7));
        NestedMemory.Check(hierarchy, 5, frame.Rows, false, 8 * numbers);

        // A residual structure needs no products of unwhitened rows, and room for the moments of the finest groups.
        var structured = numbers - (4 * 1 * 7) - (12 * 2 * 9) + (2 * 10 * 10);
        NestedMemory.Check(hierarchy, 5, frame.Rows, true, 8 * structured);
        Assert.Throws<InputException>(() => NestedMemory.Check(hierarchy, 5, frame.Rows, true, (8 * structured) - 1));
        var refusal = Assert.Throws<InputException>(() => NestedMemory.Check(hierarchy, 5, frame.Rows, false, (8 * numbers) - 1));
        Assert.StartsWith(
            "The products of 10 columns with each other and over 4 groups of a and 12 groups of b and 24 groups of c take",
            refusal.Message,
            StringComparison.Ordinal);
        Assert.Contains("columns", refusal.Hint, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => NestedMemory.Check(hierarchy, 50_000, frame.Rows, false, 1e15));
    }

    [Fact]
    public void Columns_without_groups_are_refused_by_their_own_sentence()
    {
        var refusal = Assert.Throws<InputException>(() => NestedMemory.Check(GroupHierarchy.Create([], 3000), 9, 3000, false, 8 * 399));
        Assert.StartsWith("The products of 10 columns take", refusal.Message, StringComparison.Ordinal);
        NestedMemory.Check(GroupHierarchy.Create([], 3000), 9, 3000, false, 8 * 400);
    }

    [Fact]
    public void Crossed_groupings_put_the_finest_below_one_cluster_of_all_rows()
    {
        var frame = LinearFrames.Crossed(72, 9, 5);
        var hierarchy = GroupHierarchy.Create(frame.RandomTerms, frame.Rows, spread: true);
        Assert.True(hierarchy.IsCrossed);
        Assert.Equal(["item", "subject"], hierarchy.Levels.Select(level => level.Terms[0].Group));
        Assert.Equal(1, hierarchy.Levels[0].Groups);
        Assert.Equal(5, hierarchy.Levels[0].Dimension);
        Assert.Equal([0, frame.Rows], RowStarts(hierarchy, 0));
        var compact = GroupHierarchy.Create(frame.RandomTerms, frame.Rows);
        Assert.True(compact.IsCrossed);
        Assert.Equal(1, compact.Levels[0].Dimension);
        Assert.Equal(5, compact.Layout!.RestDimension);
        Assert.Equal(hierarchy.RowOrder, compact.Layout.RowOrder.ToArray());
    }

    private static int[] RowStarts(GroupHierarchy hierarchy, int level)
    {
        var starts = hierarchy.Levels[level].ChildOffsets;
        foreach (var finer in hierarchy.Levels.Skip(level + 1))
        {
            starts = Array.ConvertAll(starts, child => finer.ChildOffsets[child]);
        }

        return starts;
    }
}
