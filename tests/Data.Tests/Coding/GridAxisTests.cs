using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Tests.Frames;

namespace MarginalConditional.Data.Tests.Coding;

/// <summary><see cref="GridAxis"/>: where a reference grid puts a variable that nobody, or somebody, has placed.</summary>
public sealed class GridAxisTests
{
    private const string Text = "y,g,x,n\n1,b,1,2\n2,a,2,2\n3,c,2,4\n4,a,4,4\n5,b,8.5,2\n";
    private static readonly DesignRecipe Recipe = ModelFrameBuilderTests.Build(Text, "y ~ g + x + factor(n)").Recipe!;

    [Fact]
    public void Nobodys_numbers_stand_at_their_mean_and_categories_at_every_level()
    {
        var number = Recipe.AxisOf("x");
        Assert.Equal([3.5], number.Numbers);
        Assert.Equal(["3.5"], number.Labels);
        Assert.True(number.IsAtMean && !number.IsFactor);
        foreach (var (name, levels) in ((string, string[])[])[("g", ["a", "b", "c"]), ("n", ["2", "4"])])
        {
            var axis = Recipe.AxisOf(name);
            Assert.Equal(levels, axis.Labels);
            Assert.True(axis.IsFactor && !axis.IsAtMean);
            Assert.Equal(levels, Recipe.AxisOfAllValues(name).Labels);
        }
    }

    [Fact]
    public void All_values_are_the_different_ones_in_order()
    {
        var axis = Recipe.AxisOfAllValues("x");
        Assert.Equal([1, 2, 4, 8.5], axis.Numbers);
        Assert.Equal(["1", "2", "4", "8.5"], axis.Labels);
        Assert.False(axis.IsAtMean);
        Assert.Equal(7.5, Recipe.RangeOf("x"));
    }

    [Theory]
    [InlineData(25, false)]
    [InlineData(26, true)]
    public void More_than_25_values_are_too_many_and_the_refusal_says_what_to_write(int values, bool isRefused)
    {
        var text = "y,x\n" + string.Concat(Enumerable.Range(0, values).Select(i => $"{i % 3},{i}\n"));
        var recipe = ModelFrameBuilderTests.Build(text, "y ~ x").Recipe!;
        if (!isRefused)
        {
            Assert.Equal(values, recipe.AxisOfAllValues("x").Numbers.Count);
            return;
        }

        var refusal = Assert.Throws<InputException>(() => recipe.AxisOfAllValues("x"));
        Assert.Contains($"a number of {values} different values", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--at \"x=0,25\"", refusal.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_asked_for_are_taken_in_their_order()
    {
        Assert.Equal([9.25, -1e3], Recipe.AxisAt("x", ["9.25", "-1e3"]).Numbers);
        Assert.Equal(["9.25", "-1000"], Recipe.AxisAt("x", ["9.25", "-1e3"]).Labels);
        Assert.Equal(["c", "a"], Recipe.AxisAt("g", ["c", "a"]).Labels);
        Assert.Equal(["4"], Recipe.AxisAt("n", ["4"]).Labels);
    }

    [Theory]
    [InlineData("x", "high", "holds numbers, and \"high\" is not one")]
    [InlineData("x", "NaN", "holds numbers, and \"NaN\" is not one")]
    [InlineData("x", "1e999", "holds numbers, and \"1e999\" is not one")]
    [InlineData("g", "d", "Column g has no level \"d\".")]
    [InlineData("n", "3", "Column n has no level \"3\".")]
    public void What_is_no_value_of_the_variable_is_refused(string variable, string value, string words) =>
        Assert.Contains(words, Assert.Throws<InputException>(() => Recipe.AxisAt(variable, [value])).Message, StringComparison.Ordinal);

    /// <summary>Rows of a frame without clusters stand in the order of their content: y here.</summary>
    [Fact]
    public void Each_row_has_its_place_among_the_levels_asked_for()
    {
        var frame = ModelFrameBuilderTests.Build(Text, "y ~ g + x + factor(n)");
        string[] groups = ["b", "a", "c", "a", "b"];
        string[] expected = [.. frame.Response.ToArray().Select(y => groups[(int)y - 1])];
        Assert.Equal(expected.Select(level => level == "c" ? 0 : level == "a" ? 1 : -1), frame.Recipe!.PlacesOn(
            frame.Recipe!.AxisAt("g", ["c", "a"])));
        Assert.Throws<ArgumentException>(() => frame.Recipe!.PlacesOn(frame.Recipe!.AxisOf("x")));
    }
}
