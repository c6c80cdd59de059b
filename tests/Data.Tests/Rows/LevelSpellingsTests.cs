using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;
using MarginalConditional.Data.Tests.Frames;

namespace MarginalConditional.Data.Tests.Rows;

/// <summary><see cref="LevelSpellings"/>: levels spelled in two ways, and numbers that a sign made text.</summary>
public sealed class LevelSpellingsTests
{
    [Theory]
    [InlineData("A a B", "\"A\" and \"a\"")]
    [InlineData("placebo Placebo_ drug", null)]
    [InlineData("Week\u00A01 Week1 Week2", "\"Week1\" and \"Week\u00A01\"")]
    [InlineData("A B C", null)]
    public void Levels_that_differ_in_capitals_or_blanks_alone_are_named(string levels, string? pair)
    {
        var note = LevelSpellings.Note(FactorColumn.Of("arm", levels.Split(' ')));
        Assert.Equal(pair is null ? null : $"arm has the levels {pair}, which differ in capitals or blanks alone and count as two.", note);
    }

    [Fact]
    public void A_fit_says_so_of_its_factors()
    {
        var frame = ModelFrameBuilderTests.Build("id,y,arm\n1,1,A\n1,3,B\n2,1,a\n2,5,B\n3,9,A\n3,1,B\n", "y ~ arm");
        Assert.StartsWith("arm has the levels \"A\" and \"a\"", Assert.Single(frame.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12%", "Take the sign out, or say --factor x to read the column as categories.")]
    [InlineData("12.5 %", "Take the sign out, or say --factor x to read the column as categories.")]
    [InlineData("$1,200.50", "Take the sign out, or say --factor x to read the column as categories.")]
    [InlineData("1,234,567", "Take the commas out where they separate thousands; if they are decimal marks, say --decimal-comma.")]
    [InlineData("1,630", "Take the commas out where they separate thousands; if they are decimal marks, say --decimal-comma.")]
    [InlineData("63,5", "Use a decimal point, or say --decimal-comma.")]
    public void Many_numbers_with_a_sign_or_with_commas_are_refused_with_the_cure(string first, string hint)
    {
        string Changed(int i) => first.Replace("2", $"{i}", StringComparison.Ordinal)
            .Replace("63,", $"{60 + i},", StringComparison.Ordinal)
            .Replace("1,6", $"1,{i}", StringComparison.Ordinal);
        var csv = "id,y,x\n" + string.Concat(Enumerable.Range(1, 8).Select(i => $"{i},{i % 2},\"{Changed(i)}\"\n"));
        var problem = Assert.Throws<InputException>(() => ModelFrameBuilderTests.Build(csv, "y ~ x"));
        Assert.EndsWith(" is not a number.", problem.Message, StringComparison.Ordinal);
        Assert.Equal(("x", hint), (problem.Column, problem.Hint));
        Assert.Equal(8, ModelFrameBuilderTests.Build(csv, "y ~ x", change: request => request with { Factors = ["x"] }).Design.Columns);
    }

    [Fact]
    public void An_outcome_of_numbers_with_a_sign_is_refused_as_such()
    {
        var csv = "id,y,x\n" + string.Concat(Enumerable.Range(1, 8).Select(i => $"{i},{i}.5%,{i % 2}\n"));
        var problem = Assert.Throws<InputException>(() => ModelFrameBuilderTests.Build(csv, "y ~ x"));
        Assert.Equal("\"1.5%\" is not a number.", problem.Message);
        Assert.Equal("Take the sign out.", problem.Hint);
    }

    [Fact]
    public void A_few_numbers_with_a_sign_are_classes()
    {
        var frame = ModelFrameBuilderTests.Build("id,y,x\n1,1,5%\n1,3,10%\n2,1,5%\n2,5,10%\n", "y ~ x");
        Assert.Equal(["(Intercept)", "x5%"], frame.Design.Names);
    }
}
