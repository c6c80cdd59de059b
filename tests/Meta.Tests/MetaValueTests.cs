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
        Assert.Equal(7, new MetaTolerances().All.Count);
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
