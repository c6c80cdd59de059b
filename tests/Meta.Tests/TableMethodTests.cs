using MarginalConditional.Data;
using MarginalConditional.Data.Tables;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Tables;

namespace MarginalConditional.Meta.Tests;

/// <summary><see cref="MantelHaenszel"/>, <see cref="Peto"/> and <see cref="CommonEffect"/> by their formulas and symmetries.</summary>
public sealed class TableMethodTests
{
    private static readonly double[][] Tables = [[4, 16, 9, 11], [10, 30, 20, 30], [1, 49, 3, 37]];

    public static TheoryData<string> Measures => ["OR", "RR", "RD"];

    [Fact]
    public void Sums_over_tables_give_the_odds_ratio_and_its_weights()
    {
        double Sum(Func<double[], double> of) => Tables.Sum(table => of(table) / table.Sum());
        var fit = Fit(StudyMeasure.OddsRatio, Tables);
        Assert.Equal(Math.Log(Sum(t => t[0] * t[3]) / Sum(t => t[1] * t[2])), fit.Estimate, 1e-13);
        for (var i = 0; i < Tables.Length; i++)
        {
            var own = Tables[i][1] * Tables[i][2] / Tables[i].Sum() / Sum(t => t[1] * t[2]);
            Assert.Equal(own, fit.Shrunken[i].PoolingWeight!.Value, 1e-13);
        }
    }

    [Fact]
    public void A_risk_difference_is_the_mean_of_differences_by_the_harmonic_size_of_arms()
    {
        double[] sizes = [.. Tables.Select(t => (t[0] + t[1]) * (t[2] + t[3]) / t.Sum())];
        double[] differences = [.. Tables.Select(t => (t[0] / (t[0] + t[1])) - (t[2] / (t[2] + t[3])))];
        Assert.Equal(
            sizes.Zip(differences, (w, d) => w * d).Sum() / sizes.Sum(), Fit(StudyMeasure.RiskDifference, Tables).Estimate, 1e-14);
    }

    [Theory]
    [MemberData(nameof(Measures))]
    public void Exchanged_arms_turn_the_sign(string code)
    {
        var (fit, turned) = (Fit(Measure(code), Tables), Fit(Measure(code), [.. Tables.Select(t => new[] { t[2], t[3], t[0], t[1] })]));
        Assert.Equal(-fit.Estimate, turned.Estimate, 1e-13);
        Assert.Equal(fit.StandardError, turned.StandardError, 1e-13);
        Assert.Equal(fit.Q, turned.Q, 1e-10);
    }

    [Theory]
    [InlineData("OR")]
    [InlineData("RD")]
    public void Exchanged_events_turn_the_sign(string code)
    {
        var (fit, turned) = (Fit(Measure(code), Tables), Fit(Measure(code), [.. Tables.Select(t => new[] { t[1], t[0], t[3], t[2] })]));
        Assert.Equal(-fit.Estimate, turned.Estimate, 1e-13);
        Assert.Equal(fit.StandardError, turned.StandardError, 1e-13);
    }

    [Theory]
    [MemberData(nameof(Measures))]
    public void Ten_times_the_people_have_the_same_effect_and_a_tenth_of_the_variance(string code)
    {
        var (fit, large) = (Fit(Measure(code), Tables), Fit(Measure(code), [.. Tables.Select(t => t.Select(x => 10 * x).ToArray())]));
        Assert.Equal(fit.Estimate, large.Estimate, 1e-13);
        Assert.Equal(fit.StandardError / Math.Sqrt(10), large.StandardError, 1e-13);
    }

    [Fact]
    public void A_study_without_events_says_nothing_about_a_ratio_and_something_about_a_difference()
    {
        double[][] more = [.. Tables, [0, 50, 0, 60]];
        foreach (var measure in new[] { StudyMeasure.OddsRatio, StudyMeasure.RiskRatio })
        {
            var (fit, with) = (Fit(measure, Tables), Fit(measure, more));
            Assert.Equal((fit.Estimate, fit.StandardError, 3), (with.Estimate, with.StandardError, with.Studies.Count));
        }

        var difference = Fit(StudyMeasure.RiskDifference, more);
        Assert.Equal(4, difference.Studies.Count);
        Assert.True(Math.Abs(difference.Estimate) < Math.Abs(Fit(StudyMeasure.RiskDifference, Tables).Estimate));
    }

    [Fact]
    public void An_arm_that_never_has_an_event_has_no_ratio_and_a_difference_all_the_same()
    {
        double[][] none = [[0, 20, 5, 15], [0, 30, 4, 26]];
        var error = Assert.Throws<InputException>(() => Fit(StudyMeasure.OddsRatio, none));
        Assert.Contains("is 0 or infinite: an arm has no event in any study", error.Message, StringComparison.Ordinal);
        Assert.Contains("--measure RD", error.Hint!, StringComparison.Ordinal);
        Assert.True(Fit(StudyMeasure.RiskDifference, none).Estimate < 0);
    }

    [Fact]
    public void One_informative_study_is_not_combined() => Assert.StartsWith(
        "1 study has an event and a non-event",
        Assert.Throws<InputException>(() => Fit(StudyMeasure.OddsRatio, [Tables[0], [0, 50, 0, 60]])).Message,
        StringComparison.Ordinal);

    /// <summary>Against all tables with the margins, one by one.</summary>
    [Fact]
    public void The_hypergeometric_law_has_the_moments_of_its_probabilities()
    {
        foreach (var t in Tables)
        {
            var (treated, events, all) = ((int)(t[0] + t[1]), (int)(t[0] + t[2]), (int)t.Sum());
            double[] chances =
            [
                .. Enumerable.Range(0, events + 1).Select(x => x > treated || events - x > all - treated
                    ? 0
                    : Choose(treated, x) * Choose(all - treated, events - x) / Choose(all, events)),
            ];
            var mean = chances.Select((p, x) => p * x).Sum();
            var (expected, variance) = TableTests.Hypergeometric(new TwoByTwo(t[0], t[1], t[2], t[3]));
            Assert.Equal(1, chances.Sum(), 1e-12);
            Assert.Equal(mean, expected, 1e-11);
            Assert.Equal(chances.Select((p, x) => p * (x - mean) * (x - mean)).Sum(), variance, 1e-10);
        }
    }

    [Fact]
    public void Petos_effect_is_the_excess_over_the_information_and_unequal_arms_are_cautioned()
    {
        double[][] unequal = [[4, 16, 9, 11], [2, 8, 40, 160]];
        var moments = unequal.Select(t => TableTests.Hypergeometric(new TwoByTwo(t[0], t[1], t[2], t[3]))).ToArray();
        var excess = unequal.Zip(moments, (t, moment) => t[0] - moment.Expected).Sum();
        var information = moments.Sum(moment => moment.Variance);
        var fit = Peto.Fit(Counts(unequal), new MetaAnalysisOptions());
        Assert.Equal(excess / information, fit.Estimate, 1e-13);
        Assert.Equal(1 / Math.Sqrt(information), fit.StandardError, 1e-13);
        var others = Peto.Fit(Counts(Tables), new MetaAnalysisOptions()).Warnings;
        Assert.Single(fit.Warnings.Except(others, StringComparer.Ordinal));
    }

    private static double Choose(int n, int k) =>
        Enumerable.Range(1, k).Aggregate(1.0, (product, j) => product * (n - k + j) / j);

    private static StudyMeasure.CountMeasure Measure(string code) =>
        (StudyMeasure.CountMeasure)StudyMeasure.All.Single(measure => measure.Code == code);

    private static MetaAnalysisFit Fit(StudyMeasure.CountMeasure measure, double[][] tables) =>
        MantelHaenszel.Fit(Counts(tables), measure, new MetaAnalysisOptions());

    private static StudyCounts Counts(double[][] tables) => StudyCounts.Read(
        new Dataset(
            "trials.csv",
            [.. "abcd".Select((name, place) => new NumericColumn($"{name}", [.. tables.Select(table => table[place])]))]),
        ("a", "b"),
        ("c", "d"),
        []);
}
