using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Gee;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.Standardization;

/// <summary>
/// What <see cref="TrialStandardization"/> makes of a question: arms, settings, population; and the layout of its averages.
/// </summary>
public sealed class TrialStandardizationTests
{
    [Fact]
    public void Arms_are_set_one_after_the_other_with_the_reference_first()
    {
        var frame = ReferenceFrames.Build("respiratory", "y ~ treatment + age + (1 | subject)");
        var question = TrialStandardization.Of(frame, Options("treatment"), StandardizedResults.Levels(frame, "treatment"))!;
        var settings = question.Settings();

        Assert.Equal(["placebo", "treatment"], question.Levels);
        Assert.True(question.IsRobust);
        Assert.Equal([0, 1], settings.Select(setting => setting.Arm));
        Assert.All(settings[0].Design.Column(1).ToArray(), value => Assert.Equal(0, value));
        Assert.All(settings[1].Design.Column(1).ToArray(), value => Assert.Equal(1, value));
        Assert.Equal(frame.Design.Column(2).ToArray(), settings[1].Design.Column(2).ToArray());
        Assert.Equal([EffectMeasure.Difference, EffectMeasure.Ratio, EffectMeasure.OddsRatio], question.Measures);
        Assert.Equal("treatment", question.Questions.Single().Treated);
    }

    [Fact]
    public void Rows_at_the_values_asked_are_the_population_where_most_clusters_have_one()
    {
        var frame = ReferenceFrames.Build("toenail", "y ~ treatment * month + (1 | patientID)");
        var levels = StandardizedResults.Levels(frame, "treatment");
        var seen = TrialStandardization.Of(frame, Options("treatment") with { At = [("month", "12")] }, levels)!;
        var months = frame.Design.Column(frame.Design.Names.ToList().IndexOf("month")).ToArray();

        Assert.True(seen.IsRobust);
        for (var i = 0; i < frame.Rows; i++)
        {
            Assert.Equal(months[i] == 12 ? 1 : 0, seen.Rows.Counts[i]);
        }

        var unseen = TrialStandardization.Of(frame, Options("treatment") with { At = [("month", "5.5")] }, levels)!;
        Assert.False(unseen.IsRobust);
        Assert.Equal(frame.Rows, unseen.Rows.Counts.ToArray().Sum());
    }

    [Fact]
    public void Every_sum_and_every_average_has_a_place_of_its_own()
    {
        var layout = new AverageLayout(3, 2, 4);
        var (sums, averages) = (new HashSet<int>(), new HashSet<int>());
        for (var weighting = 0; weighting < AverageLayout.Weightings; weighting++)
        {
            Assert.True(sums.Add(layout.Size(weighting)));
            for (var period = 0; period < 4; period++)
            {
                Assert.True(sums.Add(layout.PeriodSize(weighting, period)));
            }

            for (var s = 0; s < 3; s++)
            {
                Assert.True(sums.Add(layout.Mean(weighting, s)));
                Assert.True(averages.Add(layout.ModelMean(weighting, s)));
                Assert.True(averages.Add(layout.RobustMean(weighting, s)));
                for (var t = 0; t < 2; t++)
                {
                    Assert.True(sums.Add(layout.Transformed(weighting, s, t)));
                    Assert.True(sums.Add(layout.Conditional(weighting, s, t)));
                    Assert.True(averages.Add(layout.AverageTransformed(weighting, s, t)));
                    Assert.True(averages.Add(layout.AverageConditional(weighting, s, t)));
                }

                for (var period = 0; period < 4; period++)
                {
                    Assert.True(sums.Add(layout.Residual(weighting, s, period)));
                    Assert.True(sums.Add(layout.Given(weighting, s, period)));
                }
            }
        }

        Assert.Equal(layout.Sums, sums.Count);
        Assert.Equal(layout.Averages, averages.Count);
        Assert.Equal(layout.Sums - 1, sums.Max());
        Assert.Equal(layout.Averages - 1, averages.Max());
    }

    private static ComparisonOptions Options(string treatment) => new()
    {
        Treatment = treatment,
        Gee = new GeeOptions { Family = Family.Binomial },
        Glmm = new GlmmOptions { Family = Family.Binomial },
    };
}
