using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Dropout;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Tests.Dropout;

/// <summary>A fit with weights for dropout is a value: who asks, when, and what was asked before change no bit of an answer.</summary>
public sealed class DropoutFitTests
{
    private static readonly LeavingPatients Patients = new(7);
    private static readonly GeeOptions Options = new() { Family = Family.Binomial, Correlation = WorkingCorrelation.Independence };

    [Fact]
    public void A_fit_answers_many_threads_with_the_bits_of_one() => Questions.AskAtOnce(OfNewFit());

    [Fact]
    public void The_order_of_questions_changes_no_bit() => Questions.AskInEitherOrder(OfNewFit);

    private static DropoutFit Fit() => DropoutFit.Create(Patients.Outcome, Patients.Staying, Options, DropoutWeighting.Row);

    private static Func<double[]>[] OfNewFit()
    {
        var fit = Fit();
        Assert.True(fit.Converged);
        return
        [
            () => [.. fit.CoefficientTable(GeeDegreesOfFreedom.Satterthwaite).SelectMany(row => new[] { row.Estimate, row.Lower })],
            () => [.. fit.CoefficientTable(level: 0.8).SelectMany(row => new[] { row.StandardError, row.Upper })],
            () => [.. fit.Table().SelectMany(wave => new[] { wave.Smallest, wave.Average, wave.Largest })],
            () => GeeInference.Of(fit.Fit, GeeVariance.ManclDeRouen).ClusterInfluences(),
            () => GeeInference.Of(fit.Staying, GeeVariance.KauermannCarroll).StandardErrors(),
            () => fit.Weights.ToArray(),
            () => Fit().Covariance.ToArray(),
        ];
    }
}
