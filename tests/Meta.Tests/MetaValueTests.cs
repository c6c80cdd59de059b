using MarginalConditional.Meta.Diagnostics;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Exact;
using MarginalConditional.Meta.Heterogeneity;

namespace MarginalConditional.Meta.Tests;

/// <summary>A meta-analysis is a value: whoever asks, however often and in whatever order, gets the same bits.</summary>
public sealed class MetaValueTests
{
    private const int Askers = 32;
    private static readonly StudyCounts Counts = MetaforReference.Counts("bcg");
    private static readonly MetaAnalysisFit Fit = MetaAnalysis.Fit(
        Counts.Effects(StudyMeasure.OddsRatio, new ZeroCells()), new MetaAnalysisOptions { Estimator = HeterogeneityEstimator.Restricted });

    private static readonly Func<MetaAnalysisFit, double[]>[] Questions =
    [
        fit => [.. LeaveOneOut.Fits(fit).SelectMany(Numbers)],
        fit => [.. Enumerable.Range(0, fit.Studies.Count).SelectMany(i => new[] { fit.IntervalOf(i).Lower, fit.IntervalOf(i).Upper })],
        fit => [fit.I2At(fit.Tau2Interval!.Value.Lower), fit.I2At(fit.Tau2Interval!.Value.Upper), fit.NormalQuantile],
        fit => [FunnelAsymmetry.Test(fit.Studies)!.Slope, FunnelAsymmetry.Test(fit.Studies)!.PValue],
        Numbers,
    ];

    [Fact]
    public void A_fit_answers_many_threads_with_the_bits_of_one()
    {
        var alone = Questions.Select(ask => ask(Fit)).ToArray();
        var answers = new double[Askers * Questions.Length][];
        Parallel.For(0, answers.Length, i => answers[i] = Questions[i % Questions.Length](Fit));
        for (var i = 0; i < answers.Length; i++)
        {
            Assert.Equal(alone[i % Questions.Length], answers[i]);
        }
    }

    /// <summary>By the definition of Galbraith (1988), with τ² in every variance; the band is ± z whatever the precision.</summary>
    [Fact]
    public void A_radial_plot_stands_studies_by_their_precision()
    {
        var plot = RadialPlot.Of(Fit);
        Assert.True(plot.CountsSpread);
        var outside = 0;
        for (var i = 0; i < Fit.Studies.Count; i++)
        {
            var error = Math.Sqrt(Fit.Studies.Variances[i] + Fit.Tau2);
            Assert.Equal(1 / error, plot.Points[i].Precision, 12);
            Assert.Equal(Fit.Studies.Estimates[i], plot.Points[i].Standardized / plot.Points[i].Precision, 12);
            outside += Math.Abs(Fit.Studies.Estimates[i] - Fit.Estimate) > Fit.NormalQuantile * error ? 1 : 0;
        }

        Assert.Equal(outside, plot.Outside);
        Assert.Equal((2 * Fit.Estimate) + Fit.NormalQuantile, plot.BandAt(2).Upper, 12);
        Assert.Equal((2 * Fit.Estimate) - Fit.NormalQuantile, plot.BandAt(2).Lower, 12);
    }

    [Fact]
    public void A_funnel_holds_studies_around_the_combined_effect_by_their_own_errors()
    {
        var funnel = Fit.Funnel();
        Assert.Equal((Fit.Estimate, 0.95, 13), (funnel.Center, funnel.Level, funnel.Count));
        Assert.Equal(Math.Sqrt(Fit.Studies.Variances[3]), funnel.Errors[3]);
        Assert.Equal(funnel.Errors[3], Fit.Studies.StandardError(3));
        var table = Counts.Tables[0];
        Assert.Equal(table.TreatmentEvents / (table.TreatmentEvents + table.TreatmentNonEvents), table.TreatmentShare);
        Assert.Equal(table.ControlEvents / (table.ControlEvents + table.ControlNonEvents), table.ControlShare);
        Assert.Equal(table.TreatmentTotal + table.ControlTotal, table.Total);
    }

    [Fact]
    public void The_order_of_questions_changes_no_bit()
    {
        var forwards = Questions.Select(ask => ask(Fit)).ToArray();
        var backwards = Questions.Reverse().Select(ask => ask(Fit)).Reverse().ToArray();
        Assert.Equal(forwards, backwards);
    }

    [Fact]
    public void Exact_fits_made_side_by_side_have_the_bits_of_one()
    {
        var alone = Numbers(ExactMetaAnalysis.Fit(Counts, new MetaAnalysisOptions(), threads: 1));
        var answers = new double[6][];
        Parallel.For(
            0,
            answers.Length,
            i => answers[i] = Numbers(ExactMetaAnalysis.Fit(Counts, new MetaAnalysisOptions(), threads: 1 + (i % 3))));
        Assert.All(answers, answer => Assert.Equal(alone, answer));
    }

    [Fact]
    public void Tolerances_decide_what_they_say()
    {
        Assert.Equal(14, new MetaTolerances().All.Count);
        var few = new MetaAnalysisOptions { Tolerances = new MetaTolerances { FewStudies = 100 } };
        Assert.Contains(MetaAnalysis.Fit(Fit.Studies, few).Warnings, warning => warning.Contains("poorly known", StringComparison.Ordinal));
        Assert.DoesNotContain(Fit.Warnings, warning => warning.Contains("poorly known", StringComparison.Ordinal));
        Assert.Null(FunnelAsymmetry.Test(Fit.Studies, tolerances: new MetaTolerances { EqualErrors = 1e6 }));
    }

    private static double[] Numbers(MetaAnalysisFit fit) =>
    [
        fit.Estimate, fit.StandardError, fit.Tau2, fit.Tau2Interval?.Lower
            ?? -1, fit.Tau2Interval?.Upper ?? -1, fit.Q, fit.I2, fit.PredictionInterval.Lower,
        .. fit.Shrunken.ToArray().Select(study => study.Estimate),
    ];
}
