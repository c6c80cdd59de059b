using MarginalConditional.Compare.Estimands;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Tests.Estimands;

public sealed class StandardizationTests
{
    [Fact]
    public void Two_strata_with_one_odds_ratio_of_eight_have_a_marginal_one_of_4_8158()
    {
        // Risks 80 against 33.3 % and 25 against 4 %, strata 50:50, no confounding.
        var contrasts = TwoStrata();

        Assert.Equal(8.0, Math.Exp(contrasts.Conditional), 1e-7);
        Assert.Equal(4.8158, Math.Exp(contrasts.OddsRatio.Inference.Estimate), 5e-5);
    }

    [Fact]
    public void Risk_differences_collapse()
    {
        // The mean of the strata's differences, 46.67 and 21 points.
        Assert.Equal(((0.8 - (1.0 / 3)) + (0.25 - 0.04)) / 2, TwoStrata().Difference.Inference.Estimate, 1e-8);
    }

    [Fact]
    public void Unadjusted_risk_difference_has_the_binomial_variance()
    {
        // One row a cluster and no covariates: the variance is p(1 - p) / n in each arm, with the factor K / (K - 1).
        double[] arm = [.. Enumerable.Repeat(0.0, 40), .. Enumerable.Repeat(1.0, 60)];
        double[] response = [.. Enumerable.Range(0, 100).Select(i => i % 4 == 0 || i > 80 ? 1.0 : 0.0)];
        var frame = new ModelFrame(
            TableFile.Design(("(Intercept)", [.. Enumerable.Repeat(1.0, 100)]), ("arm", arm)),
            response,
            new Clusters("row", [.. Enumerable.Range(0, 101)], c => $"{c}"));
        var contrast = Contrast(frame, EffectMeasure.Difference, column: 1, ClusterWeighting.Participant);
        var (p0, p1) = (response[..40].Average(), response[40..].Average());

        Assert.Equal(p1 - p0, contrast.Inference.Estimate, 1e-9);
        Assert.Equal(Math.Sqrt(100.0 / 99 * ((p0 * (1 - p0) / 40) + (p1 * (1 - p1) / 60))), contrast.Inference.StandardError, 1e-8);
    }

    [Fact]
    public void Cluster_weights_count_every_cluster_alike()
    {
        var clusters = new Clusters("id", [0, 1, 4], c => $"{c}");

        Assert.Equal([0.25, 0.25, 0.25, 0.25], ClusterWeighting.Participant.Shares(clusters, []));
        Near([0.5, 1 / 6.0, 1 / 6.0, 1 / 6.0], ClusterWeighting.Cluster.Shares(clusters, []));
        Near([0.5, 0.25, 0.125, 0.125], ClusterWeighting.Cluster.Shares(clusters, [7, 2, 1, 1]));
    }

    [Fact]
    public void Slopes_of_the_measures_match_differences()
    {
        const double Step = 1e-6;
        foreach (var measure in EffectMeasure.All)
        {
            var (control, treated) = measure.Slopes(0.3, 0.6);
            Assert.Equal((measure.Value(0.3 + Step, 0.6) - measure.Value(0.3 - Step, 0.6)) / (2 * Step), control, 1e-8);
            Assert.Equal((measure.Value(0.3, 0.6 + Step) - measure.Value(0.3, 0.6 - Step)) / (2 * Step), treated, 1e-8);
        }
    }

    [Fact]
    public void Number_needed_to_treat_runs_through_infinity_when_the_difference_spans_zero()
    {
        // Altman 1998: a difference of -10 points, interval -25 to 5: to benefit 10 (4 to infinity to harm 20).
        var number = NumberNeededToTreat.Of(new Coefficient("risk difference", -0.10, 0.0765, null, -1.3, 0.19, -0.25, 0.05));

        Assert.True(number.SpansInfinity);
        Assert.Equal("NNTB 10", number.ToText(eventIsHarm: true, Whole));
        Assert.Equal("NNTB 4 \u2026 \u221E \u2026 NNTH 20", number.IntervalText(eventIsHarm: true, Whole));
        Assert.Equal("NNTH 4 \u2026 \u221E \u2026 NNTB 20", number.IntervalText(eventIsHarm: false, Whole));
    }

    [Fact]
    public void Number_needed_to_treat_away_from_zero_is_a_plain_interval()
    {
        var number = NumberNeededToTreat.Of(new Coefficient("risk difference", 0.20, 0.05, null, 4, 1e-4, 0.10, 0.25));

        Assert.False(number.SpansInfinity);
        Assert.Equal("NNTH 5", number.ToText(eventIsHarm: true, Whole));
        Assert.Equal("NNTH 4 to 10", number.IntervalText(eventIsHarm: true, Whole));
    }

    private static string Whole(double value) => $"{Math.Round(value)}";

    private static (double Conditional, StandardizedContrast OddsRatio, StandardizedContrast Difference) TwoStrata()
    {
        var design = TableFile.Design(("(Intercept)", [1, 1, 1, 1]), ("treated", [0, 1, 0, 1]), ("stratum", [0, 0, 1, 1]));
        var frame = new ModelFrame(design, [1.0 / 3, 0.8, 0.04, 0.25], new Clusters("cell", [0, 1, 2, 3, 4], c => $"{c}"))
        {
            Trials = [300, 300, 300, 300],
        };
        var fit = GeeFitter.Fit(frame, Options());
        return (fit.Coefficients[1], Contrast(
            frame,
            EffectMeasure.OddsRatio,
            1,
            ClusterWeighting.Participant), Contrast(frame, EffectMeasure.Difference, 1, ClusterWeighting.Participant));
    }

    private static StandardizedContrast Contrast(ModelFrame frame, EffectMeasure measure, int column, ClusterWeighting weighting)
    {
        var model = PredictionModel.Of(GeeInference.Of(GeeFitter.Fit(frame, Options())));
        var means = model.Standardize("treated",
            ["0", "1"],
            weighting,
            level => ReferenceFrames.Set(frame.Design, column, level == "1" ? 1 : 0));
        return StandardizedContrast.Against(means, measure)[0];
    }

    private static GeeOptions Options() => new() { Family = Family.Binomial, Correlation = WorkingCorrelation.Independence };

    private static void Near(double[] expected, double[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-15);
        }
    }
}
