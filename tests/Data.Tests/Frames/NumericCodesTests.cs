using MarginalConditional.Data.Frames;

namespace MarginalConditional.Data.Tests.Frames;

/// <summary>Columns of codes 1 … k, 2 ≤ k ≤ 4: docs/decisions/0002-numeric-codes.md.</summary>
public sealed class NumericCodesTests
{
    private const string Text =
        "id,y,code,gap,five,zero,half\n1,1,1,1,1,0,1\n1,3,2,2,2,1,2\n2,2,3,4,3,1,1.5\n2,5,4,1,4,0,2\n3,9,1,2,5,1,1\n3,1,2,4,1,0,2\n";

    [Fact]
    public void Codes_without_a_gap_are_categories_and_a_note_says_so()
    {
        var frame = ModelFrameBuilderTests.Build(Text, "y ~ code");
        Assert.Equal(["(Intercept)", "code2", "code3", "code4"], frame.Design.Names);
        Assert.Equal(["code holds the codes 1 to 4 and is read as categories; --numeric code reads it as a number."], frame.Notes);
    }

    [Theory]
    [InlineData("y ~ gap")]
    [InlineData("y ~ five")]
    [InlineData("y ~ zero")]
    [InlineData("y ~ half")]
    [InlineData("y ~ I(code / 1)")]
    [InlineData("y ~ code + I(code^2)")]
    [InlineData("y ~ code + (code | id)")]
    public void Other_columns_and_columns_computed_with_are_numbers(string formula)
    {
        var frame = ModelFrameBuilderTests.Build(Text, formula);
        Assert.Empty(frame.Notes);
        Assert.True(frame.Design.Columns <= 3);
    }

    [Fact]
    public void The_wave_is_a_number()
    {
        var frame = ModelFrameBuilderTests.Build(Text, "y ~ code", cluster: "id", wave: "code");
        Assert.Equal(["(Intercept)", "code"], frame.Design.Names);
    }

    [Fact]
    public void Either_reading_can_be_asked_for()
    {
        Assert.Equal(
            ["(Intercept)", "code"],
            ModelFrameBuilderTests.Build(Text, "y ~ code", change: request => request with { Numerics = ["code"] }).Design.Names);
        Assert.Equal(
            ["(Intercept)", "gap2", "gap4"],
            ModelFrameBuilderTests.Build(Text, "y ~ gap", change: request => request with { Factors = ["gap"] }).Design.Names);
    }
}
