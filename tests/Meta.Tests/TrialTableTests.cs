using MarginalConditional.Data;
using MarginalConditional.Data.Tables;
using MarginalConditional.Meta.Effects;

namespace MarginalConditional.Meta.Tests;

public sealed class TrialTableTests
{
    private static readonly (string, string) Treatment = ("a", "b");
    private static readonly (string, string) Control = ("c", "d");

    [Fact]
    public void Incomplete_studies_are_dropped_and_counted_and_labels_are_joined()
    {
        var counts = StudyCounts.Read(Counts([1, double.NaN, 3], [9, 9, 9], [2, 2, 2], [8, 8, 8]), Treatment, Control, ["name", "a"]);
        Assert.Equal(["first 1", "third 3"], counts.Labels);
        Assert.Equal(1, counts.Dropped);
        Assert.Equal(new TwoByTwo(3, 9, 2, 8), counts.Tables[1]);
    }

    [Fact]
    public void A_missing_column_is_named_and_the_others_listed()
    {
        var error = Assert.Throws<InputException>(() => StudyCounts.Read(Counts([1], [1], [1], [1]), ("a", "x"), Control, []));
        Assert.Equal("There is no column \"x\" in trials.csv.", error.Message);
        Assert.Equal("Columns: a, b, c, d, name.", error.Hint);
        var misspelt = Assert.Throws<InputException>(() => StudyCounts.Read(Counts([1], [1], [1], [1]), Treatment, Control, ["nme"]));
        Assert.Equal("There is no column \"nme\" in trials.csv. Did you mean \"name\"?", misspelt.Message);
    }

    [Fact]
    public void A_negative_count_is_refused_with_its_line()
    {
        var error = Assert.Throws<InputException>(() => StudyCounts.Read(
            Counts([1, 1, -4], [1, 1, 1], [1, 1, 1], [1, 1, 1]),
            Treatment,
            Control,
            ["name"]));
        Assert.Equal("Study \"third\" has the count -4; a count is 0 or more.", error.Message);
        Assert.Equal((4, "a"), (error.Line, error.Column));
    }

    [Fact]
    public void An_empty_arm_is_refused() => Assert.Contains(
        "arm without any people",
        Assert.Throws<InputException>(() => StudyCounts.Read(Counts([0], [0], [1], [1]), Treatment, Control, [])).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Text_in_a_count_column_is_refused_with_its_place()
    {
        var error = Assert.Throws<InputException>(() => StudyCounts.Read(Counts([1], [1], [1], [1]), ("name", "b"), Control, []));
        Assert.Equal(("trials.csv, line 2, column name", "\"first\" is not a number."), (error.Place, error.Message));
    }

    [Fact]
    public void Zero_cells_without_correction_are_refused_and_with_it_noted()
    {
        var counts = StudyCounts.Read(Counts([0, 3, 0], [9, 9, 9], [2, 2, 0], [8, 8, 8]), Treatment, Control, ["name"]);
        var error = Assert.Throws<InputException>(() => counts.Effects(
            StudyMeasure.OddsRatio,
            new ZeroCells { Rule = ZeroCellRule.Never }));
        Assert.Equal("Study \"first\" holds a zero count, so its odds ratio is zero, infinite or undefined.", error.Message);
        Assert.Equal(2, error.Line);

        var effects = counts.Effects(StudyMeasure.OddsRatio, new ZeroCells());
        Assert.Equal(Math.Log(0.5 * 8.5 / (9.5 * 2.5)), effects.Estimates[0], 1e-14);
        Assert.Equal(Math.Log(3.0 * 8 / (9 * 2)), effects.Estimates[1], 1e-14);
        Assert.Equal(3, effects.Notes.Count);
        Assert.Contains(
            effects.Notes,
            note => note.Contains("never below", StringComparison.Ordinal) || note.Contains("total", StringComparison.OrdinalIgnoreCase));

        var dropped = counts.Effects(StudyMeasure.OddsRatio, new ZeroCells { DropDoubleZero = true });
        Assert.Equal(["first", "second"], dropped.Labels);
        Assert.Equal(1, dropped.Dropped);
    }

    [Fact]
    public void A_risk_difference_of_certainties_has_no_variance()
    {
        var counts = StudyCounts.Read(Counts([0], [9], [9], [0]), Treatment, Control, ["name"]);
        var error = Assert.Throws<InputException>(() => counts.Effects(
            StudyMeasure.RiskDifference,
            new ZeroCells { Rule = ZeroCellRule.Never }));
        Assert.Contains("zero variance", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "a variance of 0")]
    [InlineData(-0.5, "the negative variance -0.5")]
    [InlineData(double.PositiveInfinity, "the variance Infinity")]
    public void A_variance_that_is_not_above_zero_is_refused_with_its_line(double variance, string words)
    {
        var error = Assert.Throws<InputException>(() => TrialTable.ReadEffects(
            Counts([1, 2], [1, variance], [1, 1], [1, 1]),
            "a",
            "b",
            spreadIsStandardError: false,
            StudyMeasure.Given,
            []));
        Assert.Equal($"Study \"2\" has {words}; it has to be a number above 0.", error.Message);
        Assert.Equal((3, "b"), (error.Line, error.Column));
    }

    [Fact]
    public void Standard_errors_are_squared() => Assert.Equal(
        9,
        TrialTable.ReadEffects(Counts([1], [3], [1], [1]), "a", "b", spreadIsStandardError: true, StudyMeasure.Given, []).Variances[0]);

    [Theory]
    [InlineData(-1, 10, "standard deviation -1")]
    [InlineData(1, 1, "1 people in an arm")]
    public void Impossible_summaries_are_refused(double deviation, double size, string words)
    {
        var data = Counts([5], [deviation], [size], [1]);
        var error = Assert.Throws<InputException>(() => TrialTable.ReadSummaries(
            data,
            ("a", "b", "c"),
            ("a", "b", "c"),
            StudyMeasure.MeanDifference,
            []));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Means_without_spread_have_zero_variance() => Assert.Contains(
        "zero variance",
        Assert.Throws<InputException>(() => TrialTable.ReadSummaries(
            Counts([5], [0], [10], [1]),
            ("a", "b", "c"),
            ("a", "b", "c"),
            StudyMeasure.MeanDifference,
            [])).Message,
        StringComparison.Ordinal);

    private static Dataset Counts(double[] a, double[] b, double[] c, double[] d) => new(
        "trials.csv",
        [
            new NumericColumn("a", a), new NumericColumn("b", b), new NumericColumn("c", c), new NumericColumn("d", d),
            new FactorColumn("name", [.. a.Select((_, i) => i)], [.. new[] { "first", "second", "third" }.Take(a.Length)]),
        ])
    { LineLocator = row => row + 2 };
}
