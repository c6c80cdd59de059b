using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Effects;

/// <summary>Groups share a node exactly when their spelled-out contents and their parents' are the same.</summary>
public sealed class GroupTreeBuilderTests
{
    [Theory]
    [InlineData(1, new[] { 20, 4 })]
    [InlineData(2, new[] { 12, 3, 3 })]
    [InlineData(3, new[] { 6, 2, 3, 2 })]
    public void Groups_share_a_node_when_they_and_their_parents_spell_alike(int seed, int[] groups)
    {
        var model = new PreparedModel(
            SyntheticFrames.Make(seed, Family.Binomial, groups, size: 2, repeats: true),
            new GlmmOptions { Family = Family.Binomial });
        var tree = GroupTreeBuilder.Build(model.Levels, model.Data);
        for (var l = 0; l < tree.Depth; l++)
        {
            var level = model.Levels[l];
            var keys = new string[level.GroupCount];
            for (var g = 0; g < keys.Length; g++)
            {
                var parent = l == 0 ? 0 : tree.NodesOfGroups(l - 1)[model.Levels[l - 1].Groups[level.ClusterOffsets[g]]];
                keys[g] = $"{parent}: {Spelled(model, l, g)}";
            }

            var nodes = tree.NodesOfGroups(l).ToArray();
            Assert.Equal(keys.Distinct().Count(), tree.NodeCount(l));
            foreach (var alike in Enumerable.Range(0, keys.Length).GroupBy(g => keys[g]))
            {
                var node = Assert.Single(alike.Select(g => nodes[g]).Distinct());

                // The copies under one of the parents that share a node.
                var parents = l == 0 ? 1 : alike.Select(g => model.Levels[l - 1].Groups[level.ClusterOffsets[g]]).Distinct().Count();
                Assert.Equal((double)alike.Count() / parents, tree.Multiplicity(l, node));
            }
        }
    }

    [Fact]
    public void A_group_that_lies_in_two_coarser_ones_is_a_problem()
    {
        var frame = SyntheticFrames.Make(1, Family.Binomial, [3, 2]);
        var (coarse, fine) = (frame.RandomTerms[0], frame.RandomTerms[1]);

        // The second group of a parent and the first of the next become one.
        int[] joined = [.. fine.Groups.ToArray().Select(g => (g + 1) / 2)];
        var crossed = new RandomTermDesign(
            "g1",
            joined,
            joined[^1] + 1,
            g => $"{g}",
            ["(Intercept)"],
            fine.Column(0).ToArray(),
            correlated: true);
        var shifted = frame.WithTerms(frame.Design, [coarse, crossed]);
        Assert.True(GroupTreeBuilder.AreNested(RandomLevel.FromFrame(frame)));
        Assert.False(GroupTreeBuilder.AreNested(RandomLevel.FromFrame(shifted)));
    }

    private static string Spelled(PreparedModel model, int level, int group)
    {
        if (level == model.Levels.Count - 1)
        {
            return $"{model.Data.PatternOfCluster[group]}";
        }

        var (from, to) = (model.Levels[level].ClusterOffsets[group], model.Levels[level].ClusterOffsets[group + 1]);
        var finer = model.Levels[level + 1];
        var inside = Enumerable.Range(0, finer.GroupCount).Where(g => finer.ClusterOffsets[g] >= from && finer.ClusterOffsets[g] < to);
        return "(" + string.Join(" ", inside.Select(g => Spelled(model, level + 1, g)).OrderBy(text => text, StringComparer.Ordinal)) + ")";
    }
}
