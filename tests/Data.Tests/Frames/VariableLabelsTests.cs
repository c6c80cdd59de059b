using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Frames;

public sealed class VariableLabelsTests
{
    private static readonly VariableLabels Labels = VariableLabels.Of(
        new Dataset("a.xpt",
        [
            new NumericColumn("AGE", [1, 2]) { Label = "Age, years" },
            new FactorColumn("ARM", [0, 1], ["A:1", "B"]) { Label = "Planned arm" },
            new NumericColumn("X", [1, 2]),
            new NumericColumn("Y", [1, 2]) { Label = "Y" },
            new NumericColumn("Z", [1, 2]) { Label = " " },
        ]),
        ["ARM", "AGE", "X", "Y", "Z", "AGE", "nowhere"]);

    [Fact]
    public void Columns_with_a_label_are_named_once_in_order() => Assert.Equal(
        [("ARM", "Planned arm"), ("AGE", "Age, years")], Labels.Variables);

    [Theory]
    [InlineData("AGE", "Age, years")]
    [InlineData("ARMB", "Planned arm: B")]
    [InlineData("ARMA:1", "Planned arm: A:1")]
    [InlineData("ARMA:1:AGE", "Planned arm: A:1 \u00D7 Age, years")]
    [InlineData("X:AGE", "X \u00D7 Age, years")]
    [InlineData("AGE:log(X)", "Age, years \u00D7 log(X)")]
    [InlineData("log(AGE)", null)]
    [InlineData("(Intercept)", null)]
    [InlineData("X", null)]
    [InlineData("Y", null)]
    [InlineData("AGES", null)]
    [InlineData("", null)]
    public void A_term_is_put_into_their_words(string term, string? words) => Assert.Equal(words, Labels.Of(term));

    [Fact]
    public void Files_without_labels_say_nothing()
    {
        Assert.Empty(VariableLabels.Of(new Dataset("a.csv", [new NumericColumn("X", [1])]), ["X"]).Variables);
        Assert.Null(VariableLabels.None.Of("X"));
    }
}
