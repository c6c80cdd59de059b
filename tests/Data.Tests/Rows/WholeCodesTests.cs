using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tests.Frames;

namespace MarginalConditional.Data.Tests.Rows;

/// <summary>A number is a number whatever its values: docs/decisions/0015-numbers-are-numbers.md.</summary>
public sealed class WholeCodesTests
{
    private const string Text =
        "id,y,code,gap,five,zero,half,week\n1,1,1,1,1,0,1,0\n1,3,2,2,2,1,2,4\n2,2,3,4,3,1,1.5,8\n2,5,4,1,4,0,2,12\n"
        + "3,9,1,2,5,1,1,0\n3,1,2,4,1,0,2,4\n";

    [Theory]
    [InlineData("code", "1, 2, 3 and 4")]
    [InlineData("gap", "1, 2 and 4")]
    [InlineData("five", "1, 2, 3, 4 and 5")]
    public void A_column_of_codes_is_a_number_and_a_note_asks(string name, string values)
    {
        var frame = ModelFrameBuilderTests.Build(Text, $"y ~ {name}");
        Assert.Equal(["(Intercept)", name], frame.Design.Names);
        Assert.Equal(
            [$"{name} holds the whole numbers {values} and is read as a number; --factor {name} makes it categories."],
            frame.Notes);
    }

    [Theory]
    [InlineData("y ~ zero")]
    [InlineData("y ~ half")]
    [InlineData("y ~ week")]
    [InlineData("y ~ I(code / 1)")]
    [InlineData("y ~ code + I(code^2)")]
    [InlineData("y ~ code + (code | id)")]
    public void Indicators_measurements_and_columns_computed_with_need_no_note(string formula) =>
        Assert.Empty(ModelFrameBuilderTests.Build(Text, formula).Notes);

    [Fact]
    public void The_wave_needs_no_note()
    {
        var frame = ModelFrameBuilderTests.Build(Text, "y ~ code", cluster: "id", wave: "code");
        Assert.Equal(["(Intercept)", "code"], frame.Design.Names);
        Assert.Empty(frame.Notes);
    }

    [Theory]
    [InlineData("y ~ gap", "gap2", "gap4")]
    [InlineData("y ~ factor(gap)", "factor(gap)2", "factor(gap)4")]
    public void Categories_can_be_asked_for(string formula, string second, string third)
    {
        var frame = ModelFrameBuilderTests.Build(
            Text,
            formula,
            change: request => formula.Contains("factor", StringComparison.Ordinal) ? request : request with { Factors = ["gap"] });
        Assert.Equal(["(Intercept)", second, third], frame.Design.Names);
        Assert.Empty(frame.Notes);
    }

    [Fact]
    public void Up_to_six_whole_numbers_of_one_digit_may_be_codes()
    {
        Assert.Equal([1, 2], WholeCodes.Of([2, 1, double.NaN, 2]));
        Assert.Equal([0, 1, 2, 3, 4, 9], WholeCodes.Of([0, 1, 2, 3, 4, 9]));
        Assert.Empty(WholeCodes.Of([0, 1, 2, 3, 4, 5, 6]));
        Assert.Empty(WholeCodes.Of([0, 1, 1]));
        Assert.Empty(WholeCodes.Of([3, 3]));
        Assert.Empty(WholeCodes.Of([-1, 1]));
        Assert.Empty(WholeCodes.Of([1, 10]));
        Assert.Empty(WholeCodes.Of([double.NaN]));
    }
}
