using MarginalConditional.Data;
using MarginalConditional.Data.Tables;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Exact;

namespace MarginalConditional.Meta.Tests;

/// <summary>Studies of rates and of one arm from a table, what zeros get, and what a set of studies answers.</summary>
public sealed class StudyReadingTests
{
    private static readonly (string, string) Treated = ("a", "b");
    private static readonly (string, string) Controls = ("c", "d");

    [Fact]
    public void Rates_are_read_row_by_row_and_incomplete_rows_are_dropped()
    {
        var rates = StudyRates.Read(Table([4, 6, 2], [100, double.NaN, 50], [8, 9, 1], [90, 80, 70]), Treated, Controls, ["name"]);
        Assert.Equal(["first", "third"], rates.Labels);
        Assert.Equal(1, rates.Dropped);
        Assert.Equal((new ArmRate(2, 50), new ArmRate(1, 70)), rates.Arms[1]);
        var effects = rates.Effects(StudyMeasure.RateRatio, new ZeroCells());
        Assert.Equal([0, 2], effects.Rows);
        Assert.Equal(Math.Log(4.0 / 100 / (8.0 / 90)), effects.Estimates[0], 1e-14);
        Assert.Equal((1.0 / 2) + 1, effects.Variances[1], 1e-14);
        Assert.Equal(1, effects.Dropped);
        Assert.Empty(effects.Notes);
    }

    /// <summary>The constant goes to the events; time stays as it is.</summary>
    [Fact]
    public void Arms_without_events_get_the_constant_that_was_asked_for()
    {
        var rates = StudyRates.Read(Table([0, 3, 0], [10, 20, 30], [2, 4, 0], [15, 25, 35]), Treated, Controls, ["name"]);
        var only = rates.Effects(StudyMeasure.RateRatio, new ZeroCells());
        Assert.Equal(Math.Log(0.5 / 10 / (2.5 / 15)), only.Estimates[0], 1e-14);
        Assert.Equal(Math.Log(3.0 / 20 / (4.0 / 25)), only.Estimates[1], 1e-14);
        Assert.Equal(Math.Log(0.5 / 30 / (0.5 / 35)), only.Estimates[2], 1e-14);
        Assert.Equal(2, only.Notes.Count);
        Assert.Contains("0.5 was added to every count of 2 of 3 studies", only.Notes[0], StringComparison.Ordinal);
        var every = rates.Effects(StudyMeasure.RateRatio, new ZeroCells { Rule = ZeroCellRule.EveryIfAnyZero, Addition = 1 });
        Assert.Equal(Math.Log(4.0 / 20 / (5.0 / 25)), every.Estimates[1], 1e-14);
        var fewer = rates.Effects(StudyMeasure.RateRatio, new ZeroCells { DropDoubleZero = true });
        Assert.Equal(["first", "second"], fewer.Labels);
        Assert.Equal((1, "1 study with no event (or nothing but events) in either arm was left out."), (fewer.Dropped, fewer.Notes[^1]));
        var error = Assert.Throws<InputException>(() => rates.Effects(StudyMeasure.RateRatio, new ZeroCells { Rule = ZeroCellRule.Never }));
        Assert.Equal("Study \"first\" has no events in an arm, so its incidence rate ratio is zero, infinite or undefined.", error.Message);
        Assert.Equal(2, error.Line);
    }

    [Theory]
    [InlineData(-1, 10, "Study \"second\" has the count -1; a count is 0 or more.", "a")]
    [InlineData(double.PositiveInfinity, 10, "Study \"second\" has the count", "a")]
    [InlineData(1, 0, "Study \"second\" has the person-time 0; it has to be above 0.", "b")]
    [InlineData(1, -3, "Study \"second\" has the person-time -3; it has to be above 0.", "b")]
    public void Impossible_rates_are_refused_with_their_place(double events, double time, string words, string column)
    {
        var error = Assert.Throws<InputException>(() =>
            StudyRates.Read(Table([1, events], [5, time], [1, 1], [5, 5]), Treated, Controls, ["name"]));
        Assert.StartsWith(words, error.Message, StringComparison.Ordinal);
        Assert.Equal((3, column), (error.Line, error.Column));
    }

    [Theory]
    [InlineData(1e61, "The number 1e+61 is too large to compute with.")]
    [InlineData(1e-61, "The number 1e-61 is too small to compute with.")]
    public void Numbers_whose_squares_are_none_are_refused(double value, string words)
    {
        var error = Assert.Throws<InputException>(() =>
            StudyRates.Read(Table([1, 2], [5, value], [1, 1], [5, 5]), Treated, Controls, ["name"]));
        Assert.Equal(words, error.Message);
        Assert.Equal((3, "b"), (error.Line, error.Column));
        Assert.Contains("another unit", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void One_arm_is_events_with_others_or_among_all()
    {
        var table = Table([3, 0, 5], [7, 9, 5], [10, 9, 10], [1, 1, 1]);
        var others = StudyArms.Read(table, "a", "b", isTotal: false, isRate: false, ["name"]);
        var total = StudyArms.Read(table, "a", "c", isTotal: true, isRate: false, ["name"]);
        foreach (var measure in new[] { StudyMeasure.LogitProportion, StudyMeasure.ArcsineProportion, StudyMeasure.LogProportion })
        {
            var (one, other) = (others.Effects(measure, new ZeroCells()), total.Effects(measure, new ZeroCells()));
            Assert.Equal(one.Estimates.ToArray(), other.Estimates.ToArray());
            Assert.Equal(one.Variances.ToArray(), other.Variances.ToArray());
            Assert.Equal([10, 9, 10], one.Sizes);
        }

        var logits = others.Effects(StudyMeasure.LogitProportion, new ZeroCells());
        Assert.Equal(Math.Log(3.0 / 7), logits.Estimates[0], 1e-14);
        Assert.Equal(Math.Log(0.5 / 9.5), logits.Estimates[1], 1e-14);
        Assert.Equal(
            "0.5 was added to every count of 1 of 3 studies; the exact model (--method exact) needs no such correction.",
            logits.Notes[0]);
        Assert.Equal(0, others.Effects(StudyMeasure.ArcsineProportion, new ZeroCells()).Estimates[1]);
        var rate = StudyArms.Read(table, "a", "c", isTotal: false, isRate: true, ["name"]).Effects(StudyMeasure.LogRate, new ZeroCells());
        Assert.Equal([Math.Log(0.3), Math.Log(0.5 / 9), Math.Log(0.5)], rate.Estimates.ToArray());
    }

    [Theory]
    [InlineData(-1, 5, false, false, "Study \"first\" has the count -1; a count is 0 or more.")]
    [InlineData(0, 0, false, false, "Study \"first\" has no people.")]
    [InlineData(2, 0, false, true, "Study \"first\" has no person-time.")]
    [InlineData(6, 5, true, false, "Study \"first\" has 6 events among 5 people.")]
    public void Impossible_arms_are_refused(double events, double others, bool isTotal, bool isRate, string words) => Assert.Equal(
        words, Assert.Throws<InputException>(() =>
            StudyArms.Read(Table([events], [others], [1], [1]), "a", "b", isTotal, isRate, ["name"])).Message);

    [Fact]
    public void Effects_that_zeros_leave_undefined_are_refused_with_what_helps()
    {
        var arms = StudyArms.Read(Table([0, 4], [9, 5], [1, 1], [1, 1]), "a", "b", isTotal: false, isRate: false, ["name"]);
        var error = Assert.Throws<InputException>(() =>
            arms.Effects(StudyMeasure.LogitProportion, new ZeroCells { Rule = ZeroCellRule.Never }));
        Assert.Equal("Study \"first\" has no event, or nothing but events, so its proportion has no effect or no variance.", error.Message);
        Assert.Contains("--method exact, which needs no correction", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_likelihood_of_counts_needs_whole_numbers()
    {
        var rates = StudyRates.Read(Table([1.5, 2, 3], [5, 5, 5], [1, 1, 4], [5, 5, 5]), Treated, Controls, ["name"]);
        var error = Assert.Throws<InputException>(() => ExactMetaAnalysis.Fit(rates, new MetaAnalysisOptions()));
        Assert.Equal(("Study \"first\" has 1.5 events; the exact model needs whole numbers.", "a"), (error.Message, error.Column));
        var arms = StudyArms.Read(Table([1, 2, 3], [5, 5.25, 5], [1, 1, 1], [1, 1, 1]), "a", "b", false, false, ["name"]);
        error = Assert.Throws<InputException>(() => ExactMetaAnalysis.Fit(arms, new MetaAnalysisOptions()));
        Assert.Equal("Study \"second\" has the count 5.25; the exact model needs whole numbers.", error.Message);
    }

    /// <summary>Tables with a zero, all of them, all if one has a zero, none.</summary>
    [Theory]
    [InlineData("only0", true, 1, 3)]
    [InlineData("only0", false, 4, 3)]
    [InlineData("all", true, 1, 3.5)]
    [InlineData("all", false, 4.5, 3.5)]
    [InlineData("if0all", true, 1, 3.5)]
    [InlineData("if0all", false, 4, 3)]
    [InlineData("none", true, 0, 3)]
    public void Each_rule_names_the_tables_that_get_the_constant(string code, bool hasZero, double first, double second)
    {
        var rule = ZeroCellRule.All.Single(one => one.Code == code);
        TwoByTwo[] tables = [new(hasZero ? 0 : 4, 5, 6, 7), new(3, 5, 6, 7)];
        var continued = new ZeroCells { Rule = rule }.Apply(tables);
        Assert.Equal(hasZero && first > 0 ? 0.5 : first, continued[0].TreatmentEvents);
        Assert.Equal(second, continued[1].TreatmentEvents);
        Assert.All(continued.Zip(tables), pair => Assert.Equal(
            pair.First.TreatmentEvents - pair.Second.TreatmentEvents, pair.First.ControlNonEvents - pair.Second.ControlNonEvents, 1e-15));
    }

    [Fact]
    public void A_set_of_studies_is_what_was_given_and_can_do_without_one()
    {
        var studies = new StudyEffects(["a", "b", "c"], [1, 2, 3], [4, 9, 16], StudyMeasure.LogRate) { Sizes = [10, 20, 40] };
        Assert.Equal(3 / ((1.0 / 10) + (1.0 / 20) + (1.0 / 40)), studies.TypicalSize, 1e-12);
        Assert.Equal([2, 3, 4], Enumerable.Range(0, 3).Select(studies.StandardError));
        Assert.Equal(Math.Exp(1.5), studies.Natural(1.5), 1e-12);
        Assert.Equal(Math.Exp(1.5), studies.Natural(1.5, 2), 1e-12);
        var fewer = studies.Without(1);
        Assert.Equal(["a", "c"], fewer.Labels);
        Assert.Equal([1, 3], fewer.Estimates.ToArray());
        Assert.Equal([4, 16], fewer.Variances.ToArray());
        Assert.Equal([10, 40], fewer.Sizes);
        Assert.Throws<ArgumentOutOfRangeException>(() => studies.Without(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => studies.Without(-1));
        var given = new StudyEffects(["a"], [1.5], [1], StudyMeasure.Given);
        Assert.Equal((1.5, double.NaN), (given.Natural(1.5), given.TypicalSize));
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(1, -1)]
    [InlineData(1, double.NaN)]
    public void Studies_need_numbers_and_variances_above_nought(double estimate, double variance) =>
        Assert.Throws<ArgumentException>(() => new StudyEffects(["a"], [estimate], [variance], StudyMeasure.Given));

    [Fact]
    public void Names_effects_and_variances_belong_together_one_by_one()
    {
        Assert.Throws<ArgumentException>(() => new StudyEffects(["a"], [1, 2], [1, 1], StudyMeasure.Given));
        Assert.Throws<ArgumentException>(() => new StudyEffects(["a", "b"], [1, 2], [1], StudyMeasure.Given));
    }

    private static Dataset Table(double[] a, double[] b, double[] c, double[] d) => new(
        "studies.csv",
        [
            new NumericColumn("a", a), new NumericColumn("b", b), new NumericColumn("c", c), new NumericColumn("d", d),
            new FactorColumn("name", [.. a.Select((_, i) => i)], [.. new[] { "first", "second", "third" }.Take(a.Length)]),
        ])
    { LineLocator = row => row + 2 };
}
