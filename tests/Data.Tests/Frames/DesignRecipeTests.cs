using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;

namespace MarginalConditional.Data.Tests.Frames;

public sealed class DesignRecipeTests
{
    private const string Text = "y,arm,x,k\n1,a,1,1\n2,b,2,2\n3,a,4,3\n4,b,7,1\n5,a,11,2\n6,b,3,3\n";

    [Fact]
    public void Setting_a_factor_recodes_its_interactions_as_well()
    {
        var frame = ModelFrameBuilderTests.Build(Text, "y ~ arm * x");
        var design = frame.Recipe!.With("arm", "b");
        Assert.Equal(frame.Design.Names, design.Names);
        Assert.All(design.Column(1).ToArray(), value => Assert.Equal(1, value));
        Assert.Equal(frame.Design.Column(2).ToArray(), design.Column(2).ToArray());
        Assert.Equal(frame.Design.Column(2).ToArray(), design.Column(3).ToArray());
        Assert.All(frame.Recipe.With("arm", "a").Column(3).ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Polynomials_keep_the_basis_of_the_frame()
    {
        var frame = ModelFrameBuilderTests.Build(
            Text,
            "y ~ poly(x, 2) + log(x)",
            change: request => request with { PositionMatters = true });
        var design = frame.Recipe!.With("x", "4");
        for (var column = 0; column < 4; column++)
        {
            foreach (var value in design.Column(column))
            {
                Assert.Equal(frame.Design.Column(column)[2], value, 12);
            }
        }
    }

    [Fact]
    public void Levels_of_factors_have_the_reference_first_and_numbers_ascend()
    {
        var frame = ModelFrameBuilderTests.Build(
            Text,
            "y ~ arm + x + factor(k)",
            change: request => request with { References = new Dictionary<string, string>(StringComparer.Ordinal) { ["arm"] = "b" } });
        Assert.Equal(["b", "a"], frame.Recipe!.LevelsOf("arm"));
        Assert.Equal(["1", "2", "3", "4", "7", "11"], frame.Recipe.LevelsOf("x"));

        // Every row has the value that stands at its position among the levels.
        Assert.All(new[] { "arm", "x", "k" }, variable =>
        {
            var (levels, codes) = (frame.Recipe.LevelsOf(variable), frame.Recipe.CodesOf(variable));
            for (var level = 0; level < levels.Count; level++)
            {
                var unchanged = frame.Recipe.With(variable, levels[level]);
                for (var row = 0; row < codes.Length; row++)
                {
                    var same = Enumerable.Range(0, unchanged.Columns).All(j => unchanged.Column(j)[row] == frame.Design.Column(j)[row]);
                    Assert.Equal(same, codes[row] == level);
                }
            }
        });
        Assert.True(frame.Recipe.IsFactor("k"));
        Assert.False(frame.Recipe.IsFactor("x"));
        Assert.Equal(["(Intercept)", "arma", "x", "factor(k)2", "factor(k)3"], frame.Recipe.With("k", "3").Names);
        Assert.All(frame.Recipe.With("k", "3").Column(4).ToArray(), value => Assert.Equal(1, value));
    }

    [Theory]
    [InlineData("arm", "c", "Column arm has no level \"c\".\nLevels: a, b.")]
    [InlineData("x", "many", "Column x holds numbers, and \"many\" is not one.")]
    [InlineData("am", "a", "\"am\" is not a predictor in the formula. Did you mean \"arm\"?\nPredictors: arm, x.")]
    public void Values_that_cannot_be_set_are_explained(string variable, string value, string expected)
    {
        var recipe = ModelFrameBuilderTests.Build(Text, "y ~ arm + x").Recipe!;
        Assert.Equal(expected, Files.Text(Assert.Throws<InputException>(() => recipe.With(variable, value))));
    }
}
