using MarginalConditional.Meta.Effects;
using MathNet.Numerics;

namespace MarginalConditional.Meta.Tests;

/// <summary>
/// Effects by their definitions; variances by the delta method, whose derivatives are differences here and whose variances of counts are
/// those of a binomial or a Poisson law; and the way back from an effect.
/// </summary>
public sealed class StudyMeasureTests
{
    private static readonly TwoByTwo[] Tables = [new(4, 16, 8, 12), new(30, 5, 20, 80), new(1, 9, 2, 3), new(120, 400, 90, 700)];

    private static readonly (double Events, double Size)[] Arms = [(3, 20), (17, 20), (40, 1000), (1, 2), (5, 5.5)];

    public static TheoryData<string> Proportions => ["PLO", "PAS", "PLN", "PR"];

    public static TheoryData<string> Rates => ["IRLN", "IRS", "IR"];

    public static TheoryData<string> Singles => ["PLO", "PAS", "PLN", "PR", "PFT", "IRLN", "IRS", "IR", "IRFT"];

    [Fact]
    public void Names_are_told_apart_and_only_ratios_are_logarithms()
    {
        Assert.Equal(StudyMeasure.All.Count, StudyMeasure.All.Select(measure => measure.Code).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(
            ["OR", "RR", "IRR"], StudyMeasure.All.Where(measure => measure.IsLogarithmic).Select(measure => measure.Code));
        Assert.All(StudyMeasure.All, measure => Assert.NotEmpty(measure.Name));
        Assert.DoesNotContain(StudyMeasure.Given, StudyMeasure.All);
    }

    [Fact]
    public void Two_arms_are_compared_by_odds_risks_or_their_difference()
    {
        foreach (var table in Tables)
        {
            var (p, q) = (table.TreatmentShare, table.ControlShare);
            Assert.Equal(Math.Log(p / (1 - p) / (q / (1 - q))), StudyMeasure.OddsRatio.Of(table).Estimate, 1e-12);
            Assert.Equal(Math.Log(p / q), StudyMeasure.RiskRatio.Of(table).Estimate, 1e-12);
            Assert.Equal(p - q, StudyMeasure.RiskDifference.Of(table).Estimate, 1e-12);
            foreach (var measure in new[] { StudyMeasure.OddsRatio, StudyMeasure.RiskRatio, StudyMeasure.RiskDifference })
            {
                double Effect(double risk, double other) => measure.Of(new TwoByTwo(
                    risk * table.TreatmentTotal, (1 - risk) * table.TreatmentTotal, other * table.ControlTotal,
                    (1 - other) * table.ControlTotal)).Estimate;
                var expected = (Squared(Slope(risk => Effect(risk, q), p)) * p * (1 - p) / table.TreatmentTotal)
                    + (Squared(Slope(other => Effect(p, other), q)) * q * (1 - q) / table.ControlTotal);
                Assert.Equal(1, measure.Of(table).Variance / expected, 1e-5);
            }
        }
    }

    [Fact]
    public void Exchanged_arms_have_the_negative_effect_and_exchanged_outcomes_the_negative_log_odds_ratio()
    {
        foreach (var table in Tables)
        {
            var (turned, other) = (
                new TwoByTwo(table.ControlEvents, table.ControlNonEvents, table.TreatmentEvents, table.TreatmentNonEvents),
                new TwoByTwo(table.TreatmentNonEvents, table.TreatmentEvents, table.ControlNonEvents, table.ControlEvents));
            foreach (var measure in new[] { StudyMeasure.OddsRatio, StudyMeasure.RiskRatio, StudyMeasure.RiskDifference })
            {
                Same(measure.Of(table), measure.Of(turned), -1);
            }

            Same(StudyMeasure.OddsRatio.Of(table), StudyMeasure.OddsRatio.Of(other), -1);
            Same(StudyMeasure.RiskDifference.Of(table), StudyMeasure.RiskDifference.Of(other), -1);
        }
    }

    [Fact]
    public void Rates_are_events_over_time_and_their_counts_vary_like_Poisson_s()
    {
        foreach (var (one, other) in new[]
        {
            (new ArmRate(4, 200), new ArmRate(9, 150)), (new ArmRate(30, 12.5), new ArmRate(2, 40)),
        })
        {
            var (rate, control) = (one.Events / one.Time, other.Events / other.Time);
            Assert.Equal(Math.Log(rate / control), StudyMeasure.RateRatio.Of(one, other).Estimate, 1e-12);
            Assert.Equal(rate - control, StudyMeasure.RateDifference.Of(one, other).Estimate, 1e-12);
            foreach (var measure in new[] { StudyMeasure.RateRatio, StudyMeasure.RateDifference })
            {
                var expected = (Squared(Slope(events => measure.Of(one with { Events = events }, other).Estimate, one.Events)) * one.Events)
                    + (Squared(Slope(events => measure.Of(one, other with { Events = events }).Estimate, other.Events)) * other.Events);
                Assert.Equal(1, measure.Of(one, other).Variance / expected, 1e-5);
                Same(measure.Of(one, other), measure.Of(other, one), -1);
            }
        }
    }

    [Fact]
    public void Means_differ_in_units_of_the_outcome_or_of_its_deviation()
    {
        var (one, other) = (new ArmSummary(12, 3, 20), new ArmSummary(10, 4, 15));
        var difference = StudyMeasure.MeanDifference.Of(one, other);
        Assert.Equal((2, (9.0 / 20) + (16.0 / 15)), (difference.Estimate, difference.Variance));

        // Hedges (1981): J(33) by the gamma function, close to 1 − 3 / (4 · 33 − 1).
        var pooled = Math.Sqrt(((19 * 9) + (14 * 16)) / 33.0);
        var correction = SpecialFunctions.Gamma(16.5) / Math.Sqrt(16.5) / SpecialFunctions.Gamma(16);
        Assert.Equal(1 - (3.0 / 131), correction, 1e-4);
        var standardized = StudyMeasure.StandardizedMeanDifference.Of(one, other);
        Assert.Equal(correction * 2 / pooled, standardized.Estimate, 1e-12);
        Assert.Equal((1.0 / 20) + (1.0 / 15) + (Squared(standardized.Estimate) / 70), standardized.Variance, 1e-12);

        // Another unit of the outcome changes the one and not the other.
        var (large, small) = (new ArmSummary(1200, 300, 20), new ArmSummary(1000, 400, 15));
        Same(difference, StudyMeasure.MeanDifference.Of(large, small), 100);
        Same(standardized, StudyMeasure.StandardizedMeanDifference.Of(large, small), 1);
        Same(standardized, StudyMeasure.StandardizedMeanDifference.Of(other, one), -1);
    }

    [Fact]
    public void The_correction_of_the_standardized_difference_has_no_step()
    {
        static double Factor(double size) => StudyMeasure.StandardizedMeanDifference.Of(
            new ArmSummary(1, 1, size), new ArmSummary(0, 1, size)).Estimate;
        foreach (var size in new[] { 4000.0, 5000.5, 5001.5, 9000 })
        {
            Assert.Equal(1 - (3 / ((4 * ((2 * size) - 2)) - 1)), Factor(size), 1e-9);
        }

        Assert.True(Factor(4) < Factor(8) && Factor(8) < Factor(100) && Factor(100) < 1);
    }

    [Theory]
    [MemberData(nameof(Proportions))]
    public void A_proportion_s_variance_is_that_of_a_binomial_share(string code)
    {
        var measure = Single(code);
        foreach (var (events, size) in Arms)
        {
            var share = events / size;
            var expected = Squared(Slope(p => measure.Of(p * size, size).Estimate, share)) * share * (1 - share) / size;
            Assert.Equal(1, measure.Of(events, size).Variance / expected, 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void A_rate_s_variance_is_that_of_a_Poisson_count(string code)
    {
        var measure = Single(code);
        foreach (var (events, size) in Arms)
        {
            var expected = Squared(Slope(count => measure.Of(count, size).Estimate, events)) * events;
            Assert.Equal(1, measure.Of(events, size).Variance / expected, 1e-5);
        }
    }

    /// <summary>Freeman and Tukey's are averages of two transformations, and in large studies those of one.</summary>
    [Fact]
    public void Double_transformations_are_averages()
    {
        var (arcsine, root) = (StudyMeasure.DoubleArcsineProportion, StudyMeasure.DoubleRootRate);
        foreach (var (events, size) in Arms)
        {
            Assert.Equal(
                (Math.Asin(Math.Sqrt(events / (size + 1))) + Math.Asin(Math.Sqrt((events + 1) / (size + 1)))) / 2,
                arcsine.Of(events, size).Estimate, 1e-12);
            Assert.Equal((Math.Sqrt(events / size) + Math.Sqrt((events + 1) / size)) / 2, root.Of(events, size).Estimate, 1e-12);
        }

        Assert.Equal(StudyMeasure.ArcsineProportion.Of(3e6, 1e7).Estimate, arcsine.Of(3e6, 1e7).Estimate, 1e-6);
        Assert.Equal(StudyMeasure.RootRate.Of(3e6, 1e7).Estimate, root.Of(3e6, 1e7).Estimate, 1e-6);
        Assert.True(arcsine.DependsOnSize && root.DependsOnSize && !arcsine.NeedsCorrection && !root.NeedsCorrection);
    }

    [Theory]
    [MemberData(nameof(Singles))]
    public void An_effect_taken_back_is_the_proportion_or_rate(string code)
    {
        var measure = Single(code);
        foreach (var (events, size) in Arms)
        {
            Assert.Equal(1, measure.Natural(measure.Of(events, size).Estimate, size) / (events / size), 1e-9);
        }
    }

    /// <summary>Limits of intervals may lie where no proportion or rate has its effect.</summary>
    [Theory]
    [MemberData(nameof(Singles))]
    public void What_no_proportion_or_rate_has_is_taken_back_to_the_nearest(string code)
    {
        var measure = Single(code);
        var last = -1.0;
        for (var effect = -6.0; effect <= 6; effect += 0.05)
        {
            var natural = measure.Natural(effect, 15);
            Assert.InRange(natural, 0, measure.IsRate ? double.MaxValue : 1);
            Assert.True(natural >= last - 1e-12, $"{code} falls at {effect}");
            last = natural;
        }
    }

    [Theory]
    [MemberData(nameof(Singles))]
    public void Zeros_need_a_correction_exactly_where_they_have_no_effect_or_no_variance(string code)
    {
        var measure = Single(code);
        var none = measure.Of(0, 10);
        var usable = double.IsFinite(none.Estimate) && none.Variance > 0 && double.IsFinite(none.Variance);
        Assert.Equal(measure.NeedsCorrection, !usable);
    }

    private static StudyMeasure.ArmMeasure Single(string code) =>
        Assert.IsAssignableFrom<StudyMeasure.ArmMeasure>(StudyMeasure.All.Single(measure => measure.Code == code));

    private static void Same(Effect expected, Effect actual, double factor)
    {
        Assert.Equal(factor * expected.Estimate, actual.Estimate, 1e-9 * Math.Max(1, Math.Abs(factor)));
        Assert.Equal(1, actual.Variance / (factor * factor * expected.Variance), 1e-9);
    }

    private static double Slope(Func<double, double> function, double at)
    {
        var step = 1e-5 * at;
        return (function(at + step) - function(at - step)) / (2 * step);
    }

    private static double Squared(double value) => value * value;
}
