namespace MarginalConditional.Data.Tests;

public sealed class SuggestionTests
{
    private static readonly string[] Known = ["patientID", "visit", "treatment", "time", "month", "y"];

    [Theory]
    [InlineData("treatmnt", "treatment")]
    [InlineData("teratment", "treatment")]
    [InlineData("TIME", "time")]
    [InlineData("tmie", "time")]
    [InlineData("visits", "visit")]
    [InlineData("patID", "patientID")]
    [InlineData("trt", "treatment")]
    [InlineData("x", null)]
    [InlineData("age", null)]
    [InlineData("baseline", null)]
    public void The_nearest_name_is_suggested_if_it_is_near(string name, string? expected) =>
        Assert.Equal(expected, Suggestion.Nearest(name, Known));

    [Fact]
    public void Abbreviations_of_several_names_suggest_none() => Assert.Null(Suggestion.Nearest("abc", ["a_big_cat", "a_black_cow"]));
}
