using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Likelihood;

/// <summary>Nested groupings: elimination level by level equals one dense matrix, and merging equal groups changes no result.</summary>
public sealed class HierarchyTests
{
    [Theory]
    [InlineData(31, 1, false)]
    [InlineData(32, 1, true)]
    [InlineData(33, 2, false)]
    [InlineData(34, 3, true)]
    public void Laplace_of_three_levels_equals_a_dense_expansion(int seed, int effects, bool repeats) =>
        CompareWithDense(SyntheticFrames.Make(seed, Family.Binomial, [3, 2, 3], size: 3, effects: effects, repeats: repeats));

    [Fact]
    public void Laplace_of_four_levels_equals_a_dense_expansion() =>
        CompareWithDense(SyntheticFrames.Make(35, Family.Binomial, [2, 2, 2, 2], size: 3, repeats: true));

    [Theory]
    [InlineData(36, 1, false)]
    [InlineData(37, 1, true)]
    [InlineData(38, 2, true)]
    public void One_node_of_two_levels_equals_a_dense_expansion(int seed, int effects, bool repeats) =>
        CompareWithDense(SyntheticFrames.Make(seed, Family.Binomial, [5, 4], size: 3, effects: effects, repeats: repeats));

    [Fact]
    public void Equal_groups_are_one_node_and_every_group_has_its_node()
    {
        // Two hospitals with the same wards in another order, and one of another kind.
        double[] outcomes = [0, 1, 1, 1, 1, 1, 1, 0, 1];
        int[] hospitals = [0, 0, 0, 0, 1, 1, 1, 1, 2];
        int[] wards = [0, 0, 1, 1, 2, 2, 3, 3, 4];
        var frame = Nested(outcomes, hospitals, wards);
        var model = new PreparedModel(frame, new GlmmOptions { Family = Family.Binomial });
        var tree = GroupTreeBuilder.Build(model.Levels, model.Data);
        Assert.Equal(2, tree.NodeCount(0));
        Assert.Equal(3, tree.NodeCount(1));
        Assert.Equal(2, tree.Multiplicity(0, 0));
        Assert.Equal([0, 0, 1], tree.NodesOfGroups(0).ToArray());
        Assert.Equal([0, 1, 1, 0, 2], tree.NodesOfGroups(1).ToArray());
    }

    [Fact]
    public void Equal_wards_of_a_hospital_share_a_node_and_their_modes()
    {
        double[] outcomes = [1, 0, 0, 1, 1, 1];
        var frame = Nested(outcomes, [0, 0, 0, 0, 0, 0], [0, 0, 1, 1, 2, 2]);
        var model = new PreparedModel(frame, new GlmmOptions { Family = Family.Binomial });
        var tree = GroupTreeBuilder.Build(model.Levels, model.Data);
        Assert.Equal(2, tree.NodeCount(1));
        Assert.Equal(2, tree.Multiplicity(1, 0));
        var modes = model.Open(7).Posterior([0.1, 0.8, 1.2])[1].Modes;
        Assert.Equal(modes[0], modes[1]);
        Assert.NotEqual(modes[0], modes[2]);
    }

    private static void CompareWithDense(ModelFrame frame)
    {
        var model = new PreparedModel(frame, new GlmmOptions { Family = Family.Binomial, Threads = 1 });
        var parameters = Enumerable.Range(0, model.Map.ParameterCount).Select(j => 0.5 + (0.3 * Math.Sin(j))).ToArray();
        var dense = new DenseLaplace(model, parameters);
        var likelihood = model.Open(1);
        Assert.Equal(dense.Value, likelihood.Evaluate(parameters, EvaluationNeeds.Value, [], []), 1e-10 * Math.Abs(dense.Value));
        SameModes(model, dense, likelihood.Posterior(parameters));

        // The nodes of the nested quadrature lie around the same joint modes.
        if (model.Levels.Count == 2)
        {
            SameModes(model, dense, model.Open(3).Posterior(parameters));
        }
    }

    private static void SameModes(PreparedModel model, DenseLaplace dense, IReadOnlyList<PosteriorModes> posterior)
    {
        for (var l = 0; l < model.Levels.Count; l++)
        {
            var (modes, errors) = dense.Level(l);
            for (var k = 0; k < modes.Length; k++)
            {
                Assert.Equal(modes[k], posterior[l].Modes[k], 1e-10);
                Assert.Equal(errors[k], posterior[l].StandardErrors[k], 1e-10);
            }
        }
    }

    // Wards within hospitals, an intercept only.
    private static ModelFrame Nested(double[] outcomes, int[] hospitals, int[] wards)
    {
        var ones = Enumerable.Repeat(1.0, outcomes.Length).ToArray();
        int[] offsets = [0, .. Enumerable.Range(1, outcomes.Length).Where(i => i == outcomes.Length || hospitals[i] != hospitals[i - 1])];
        return new ModelFrame(
            new DesignMatrix(outcomes.Length, ["(Intercept)"], ones, ["(Intercept)"]),
            outcomes,
            new Clusters("hospital", offsets, g => $"{g}"))
        {
            RandomTerms =
            [
                new RandomTermDesign("hospital", hospitals, hospitals[^1] + 1, g => $"{g}", ["(Intercept)"], ones, correlated: true),
                new RandomTermDesign("ward", wards, wards[^1] + 1, g => $"{g}", ["(Intercept)"], ones, correlated: true),
            ],
        };
    }
}
