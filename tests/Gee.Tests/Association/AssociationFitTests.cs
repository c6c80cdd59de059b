using MarginalConditional.Gee.Association;
using MarginalConditional.Gee.Tests.Support;

namespace MarginalConditional.Gee.Tests.Association;

/// <summary>A fit with odds ratios of pairs is a value: who asks, when, and what was asked before change no bit of an answer.</summary>
public sealed class AssociationFitTests
{
    private static readonly LeavingPatients Patients = new(7);

    [Fact]
    public void A_fit_answers_many_threads_with_the_bits_of_one() => Questions.AskAtOnce(OfNewFit());

    [Fact]
    public void The_order_of_questions_changes_no_bit() => Questions.AskInEitherOrder(OfNewFit);

    private static AssociationFit Fit() =>
        AlternatingLogistic.Fit(Patients.Outcome, PairDesign.Exchangeable(Patients.Outcome), new AssociationOptions());

    private static Func<double[]>[] OfNewFit()
    {
        var fit = Fit();
        Assert.True(fit.Convergence.Converged);
        return
        [
            () => [.. fit.LogOddsRatioTable().SelectMany(row => new[] { row.Estimate, row.StandardError })],
            () => [.. fit.CoefficientTable().SelectMany(row => new[] { row.Estimate, row.StandardError })],
            () => [.. fit.CoefficientTable(0.8).SelectMany(row => new[] { row.Lower, row.Upper })],
            () => fit.Covariance.ToArray(),
            () => Fit().LogOddsRatioCovariance.ToArray(),
        ];
    }
}
