using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm;
using MarginalConditional.Lmm;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Profiling.Tests;

public sealed class UnitProfilerTests
{
    private static readonly (int Patients, int Events)[] Ordinary =
        [(200, 38), (180, 40), (220, 41), (150, 36), (250, 44), (300, 66), (210, 35), (190, 45), (170, 30), (240, 52)];

    private static readonly Lazy<UnitProfiles> Story = new(() => Hospitals.Profile([.. Ordinary, (25, 11), (500, 170)]));

    // Both stand out by their crude rates (44 % and 34 %, all units 22 %); only the large one has the evidence.
    [Fact]
    public void Twenty_five_patients_are_pulled_to_the_mean_and_five_hundred_hardly_move()
    {
        var small = Story.Value.Units[10];
        var large = Story.Value.Units[11];
        Assert.Equal(0.44, small.CrudeRate, 1e-12);
        Assert.Equal(0.34, large.CrudeRate, 1e-12);

        var mean = Story.Value.OverallRate;
        Assert.True(small.ShrunkenRate - mean < 0.5 * (small.CrudeRate - mean));
        Assert.True(large.ShrunkenRate - mean > 0.85 * (large.CrudeRate - mean));
        Assert.True(small.ShrinkageWeight < 0.5);
        Assert.True(large.ShrinkageWeight > 0.85);
        Assert.Equal(UnitFlag.Above, small.CrudeFlag);
        Assert.Equal(UnitFlag.AsExpected, small.Flag);
        Assert.Equal(UnitFlag.Above, large.Flag);
        Assert.True(small.RankInterval.Upper - small.RankInterval.Lower > large.RankInterval.Upper - large.RankInterval.Lower);
    }

    [Fact]
    public void A_funnel_holds_the_standardized_crude_rates_around_the_reference()
    {
        var (profiles, funnel) = (Story.Value, Story.Value.Funnel());
        Assert.Equal((profiles.ReferenceRate, 0.95, profiles.Units.Count), (funnel.Center, funnel.Level, funnel.Count));
        var outside = profiles.Units.Count(unit =>
            Math.Abs(unit.StandardizedCrudeRate - profiles.ReferenceRate) > 1.959963984540054 * unit.SamplingError);
        Assert.Equal(outside, funnel.Outside);
        Assert.Equal(profiles.Units, profiles.WithSamplingError);
    }

    // Without covariates the mode solves Σ(y − expit(β + b)) = b/σ², and its error is the curvature there.
    [Fact]
    public void Effects_solve_the_penalized_score_equation()
    {
        var fit = GlmmFitter.Fit(Hospitals.Frame([.. Ordinary, (25, 11), (500, 170)]), new GlmmOptions { Family = Family.Binomial });
        var variance = fit.RandomEffects[0].Covariance[0];
        foreach (var unit in UnitProfiler.Profile(fit, new ProfileOptions()).Units)
        {
            var rate = Link.Logit.Mean(fit.Coefficients[0] + unit.Effect);
            Assert.Equal(rate, unit.ShrunkenRate, 1e-12);
            Assert.Equal(unit.Effect / variance, unit.Observed - (unit.Size * rate), 1e-6);
            Assert.Equal((unit.Size * rate * (1 - rate)) + (1 / variance), 1 / (unit.EffectStandardError * unit.EffectStandardError), 1e-5);
        }
    }

    [Fact]
    public void Without_covariates_standardized_rates_are_the_rates_and_flags_follow_the_reference()
    {
        var profiles = Story.Value;
        foreach (var unit in profiles.Units)
        {
            Assert.Equal(unit.Observed / unit.Expected, unit.ObservedRatio!.Value, 1e-12);
            Assert.Equal(unit.CrudeRate, unit.StandardizedCrudeRate, 1e-12);
            Assert.Equal(unit.ShrunkenRate, unit.StandardizedRate, 1e-12);
            Assert.Equal(profiles.ReferenceRate * unit.Predicted / unit.Expected, unit.StandardizedRate, 1e-12);
            Assert.InRange(unit.StandardizedRate, unit.StandardizedInterval.Lower, unit.StandardizedInterval.Upper);
            Assert.Equal(
                unit.Flag == UnitFlag.AsExpected,
                unit.StandardizedInterval.Lower <= profiles.ReferenceRate && profiles.ReferenceRate <= unit.StandardizedInterval.Upper);
        }
    }

    // E rank = 1 + Σ Φ((bᵢ − bₖ)/√(sᵢ² + sₖ²)) over the other units.
    [Fact]
    public void Mean_ranks_agree_with_the_sum_of_pairwise_probabilities()
    {
        var units = Story.Value.Units;
        foreach (var unit in units)
        {
            var exact = 1 + units.Where(other => other != unit).Sum(other => StandardNormal.Cumulative(
                (unit.Effect - other.Effect) / Math.Sqrt((unit.EffectStandardError * unit.EffectStandardError)
                    + (other.EffectStandardError * other.EffectStandardError))));

            // The standard error of a mean of 4,000 ranks is at most 12 / (2 √4000) = 0.095.
            Assert.Equal(exact, unit.ExpectedRank, 0.3);
            Assert.InRange(unit.ExpectedRank, unit.RankInterval.Lower, unit.RankInterval.Upper);
        }

        Assert.Equal(units.Count * (units.Count + 1) / 2.0, units.Sum(unit => unit.ExpectedRank), 1e-9);
    }

    [Fact]
    public void Equal_units_end_on_the_boundary_with_nothing_to_rank()
    {
        var profiles = Hospitals.Profile((40, 10), (40, 10), (40, 10), (40, 10));
        Assert.Equal(0, profiles.StandardDeviation, 1e-6);
        foreach (var unit in profiles.Units)
        {
            Assert.Equal(0.25, unit.ShrunkenRate, 1e-6);
            Assert.Equal(UnitFlag.AsExpected, unit.Flag);
            Assert.Equal(0, unit.ShrinkageWeight, 1e-6);
            Assert.Equal((1, 4), ((int)unit.RankInterval.Lower, (int)unit.RankInterval.Upper));
            Assert.Equal(0.5, unit.ProbabilityAbove, 1e-12);
        }
    }

    // The weight of the linear model is σ²/(σ² + σₑ²/n), the shrunken mean λȳ + (1 − λ)μ.
    [Fact]
    public void Linear_units_follow_the_textbook_weight()
    {
        int[] sizes = [3, 8, 20, 5, 12];
        double[] means = [12, 7, 9, 4, 10];
        var response = sizes
            .SelectMany((size, unit) => Enumerable.Range(0, size).Select(i => means[unit] + (1.5 * Math.Sin((7 * unit) + (3 * i)))))
            .ToArray();
        var groups = sizes.SelectMany((size, unit) => Enumerable.Repeat(unit, size)).ToArray();
        var offsets = new int[6];
        for (var unit = 0; unit < 5; unit++)
        {
            offsets[unit + 1] = offsets[unit] + sizes[unit];
        }

        var fit = LmmFitter.Fit(Hospitals.Frame(response, groups, offsets), new LmmOptions());
        var between = fit.RandomEffects[0].Covariance[0];
        foreach (var (unit, size) in UnitProfiler.Profile(fit, new ProfileOptions()).Units.Zip(sizes))
        {
            var weight = between / (between + (fit.ResidualVariance / size));
            Assert.Equal(weight, unit.ShrinkageWeight, 1e-8);
            Assert.Equal((weight * unit.CrudeRate) + ((1 - weight) * fit.Coefficients[0]), unit.ShrunkenRate, 1e-8);
            Assert.Null(unit.StandardizedRatio);
        }
    }

    [Fact]
    public void A_growing_unit_moves_from_the_mean_to_its_crude_rate()
    {
        var weights = new List<double>();
        var gaps = new List<double>();
        foreach (var size in new[] { 1, 10, 100, 1000, 100_000 })
        {
            var unit = Hospitals.Profile([.. Ordinary, (160, 60), (190, 22), (size, size * 4 / 10)]).Units[^1];
            weights.Add(unit.ShrinkageWeight);
            gaps.Add(Math.Abs(unit.ShrunkenRate - unit.CrudeRate));
        }

        Assert.Equal(weights.Order(), weights);
        Assert.True(weights[0] < 0.05);
        Assert.True(weights[^1] > 0.999);
        Assert.True(gaps[^1] < 1e-4);
    }

    [Fact]
    public void The_seed_alone_decides_the_ranks()
    {
        var again = Hospitals.Profile([.. Ordinary, (25, 11), (500, 170)]);
        Assert.Equal(Story.Value.Units.Select(unit => unit.ExpectedRank), again.Units.Select(unit => unit.ExpectedRank));
    }

    [Theory]
    [InlineData(7, 25, 0.1428, 0.4758)]
    [InlineData(0, 25, 0, 0.1332)]
    public void Wilson_intervals_are_those_of_tables(int events, int trials, double lower, double upper)
    {
        var interval = CrudeIntervals.Wilson(events, trials, 1.959963984540054);
        Assert.Equal(lower, interval.Lower, 1e-4);
        Assert.Equal(upper, interval.Upper, 1e-4);
    }

    [Fact]
    public void Limits_of_the_score_interval_put_the_count_at_the_quantile()
    {
        var interval = CrudeIntervals.Score(14, 20, 1.96);
        Assert.Equal(1.96, (14 - (interval.Lower * 20)) / Math.Sqrt(interval.Lower * 20), 1e-12);
        Assert.Equal(-1.96, (14 - (interval.Upper * 20)) / Math.Sqrt(interval.Upper * 20), 1e-12);
    }

    [Fact]
    public void Exposure_of_counts_is_what_rates_are_divided_by()
    {
        double[] response = [3, 5, 9, 1, 0, 2], time = [1, 2, 3, 1, 1, 2];
        var plain = Hospitals.Frame(response, [0, 0, 1, 1, 2, 2], [0, 2, 4, 6]);
        var frame = new ModelFrame(plain.Design, response, plain.Clusters)
        {
            RandomTerms = plain.RandomTerms,
            Offset = [.. time.Select(t => Math.Log(t))],
        };
        var units = UnitProfiler.Profile(GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Poisson }), new ProfileOptions()).Units;
        Assert.All(units.Zip([8 / 3.0, 10 / 4.0, 2 / 3.0]), pair => Assert.Equal(pair.Second, pair.First.CrudeRate, 1e-12));
    }

    [Fact]
    public void Without_covariates_the_sampling_error_is_that_of_a_proportion_at_the_reference()
    {
        var profiles = Story.Value;
        Assert.All(
            profiles.Units,
            unit => Assert.Equal(Math.Sqrt(profiles.ReferenceRate * (1 - profiles.ReferenceRate) / unit.Size), unit.SamplingError, 1e-12));
    }

    // Ten trials in one row are ten people, whichever way they are written down.
    [Fact]
    public void Events_out_of_trials_have_the_design_effect_of_single_rows()
    {
        (int Patients, int Events)[] hospitals = [(20, 3), (30, 14), (10, 2), (40, 9), (25, 12)];
        var single = ClusteringMeasures.Of(GlmmFitter.Fit(Hospitals.Frame(hospitals), new GlmmOptions { Family = Family.Binomial }))!;
        var rows = Hospitals.Frame([.. hospitals.Select(h => h.Events / (double)h.Patients)], [0, 1, 2, 3, 4], [0, 1, 2, 3, 4, 5]);
        var frame = new ModelFrame(rows.Design, [.. rows.Response], rows.Clusters)
        {
            RandomTerms = rows.RandomTerms,
            Trials = [.. hospitals.Select(h => (double)h.Patients)],
        };
        var grouped = ClusteringMeasures.Of(GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial }))!;
        Assert.Equal(single.EffectiveGroupSize, grouped.EffectiveGroupSize, 1e-12);
        Assert.Equal(single.DesignEffect.Estimate, grouped.DesignEffect.Estimate, 1e-6);
    }

    [Fact]
    public void Two_random_effects_are_refused()
    {
        var plain = Hospitals.Frame((10, 4), (10, 6), (10, 1));
        var frame = new ModelFrame(plain.Design, [.. plain.Response], plain.Clusters)
        {
            RandomTerms = [plain.RandomTerms[0], plain.RandomTerms[0]],
        };
        var fit = GlmmFitter.Fit(plain, new GlmmOptions { Family = Family.Binomial });
        var error = Assert.Throws<InputException>(() => UnitProfiler.Profile(
            frame,
            fit.RandomEffects,
            fit.Coefficients,
            Family.Binomial,
            Link.Logit,
            1,
            new ProfileOptions()));
        Assert.Contains("one random intercept", error.Message, StringComparison.Ordinal);
    }
}
