using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Effects;

/// <summary>A path's numbers are those of the groups a node lies in, and what is read from it is added by its transpose.</summary>
public sealed class EffectPathTests
{
    [Fact]
    public void A_path_is_the_effects_of_the_groups_a_node_lies_in_and_then_its_own()
    {
        var path = new EffectPath([1, 2, 1], [1, 2, 3]);
        path.Add(0, 0, 1);
        path.Add(1, 0, 1);
        path.Add(1, 0, 2);
        path.Add(2, 0, 1, 2);
        path.Add(2, 1, 4, 1);
        path.Add(2, 1, 2);
        Assert.Equal(8, path.Size);
        Assert.Equal(
            [0, 1, 3, 5, 6, 7],
            [path.Slot(0, 0), path.Slot(1, 0), path.Slot(1, 1), path.Slot(2, 0), path.Slot(2, 1), path.Slot(2, 2)]);
        Assert.Equal(3, path.Rows);
        var along = new double[4];
        path.Read(2, 1, [10, 11, 12, 13, 14, 15, 16, 17], along);
        Assert.Equal([10, 13, 14, 16], along);
        var sums = new double[8];
        path.Add(2, 1, [1, 2, 3, 4], sums);
        path.Add(2, 2, [1, 2, 3, 4], sums);
        Assert.Equal([2, 0, 0, 4, 6, 0, 4, 4], sums);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Adding_rows_is_the_transpose_of_projecting_them(int seed)
    {
        var tree = new RandomPath(seed, [2, 1, 2], copies: true);
        var amounts = tree.Second;
        var values = new double[tree.Path.Rows];
        var sums = new double[tree.Path.Size];
        tree.Path.Project(tree.Directions, tree.Sides, values);
        tree.Path.AddRows(tree.Directions, amounts, sums);
        Assert.Equal(values.Zip(amounts, (a, b) => a * b).Sum(), sums.Zip(tree.Sides, (a, b) => a * b).Sum(), 1e-11);
    }

    [Fact]
    public void The_tree_of_a_model_has_every_row_and_every_group_once()
    {
        var model = new PreparedModel(
            SyntheticFrames.Make(8, Family.Binomial, [5, 3, 4], size: 2, repeats: true),
            new GlmmOptions { Family = Family.Binomial });
        var tree = GroupTreeBuilder.Build(model.Levels, model.Data);
        var path = new EffectPath([1, 1, 1], [.. Enumerable.Range(0, 3).Select(tree.MaximumDescendants)]);
        var groups = new double[3];
        for (var top = 0; top < tree.NodeCount(0); top++)
        {
            path.Take(tree, top);
            for (var l = 0; l < 3; l++)
            {
                groups[l] += tree.Multiplicity(0, top) * Enumerable.Range(0, path.Count(l)).Sum(node => path.Copies(l, node));
                Assert.Equal(tree.FirstDescendant(l, top + 1) - tree.FirstDescendant(l, top), path.Count(l));
            }
        }

        Assert.Equal([5, 15, 60], groups);
    }
}
