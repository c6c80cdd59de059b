using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Profiles;
using MarginalConditional.Lmm.Pseudo;
using MarginalConditional.Lmm.Reports;
using MarginalConditional.Lmm.Residual;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Lmm.Tests;

public sealed class LmmFitTests
{
    private static readonly IReadOnlyList<LmmReference> References =
    [
        .. LmmReference.All,
            LmmReference.Robust,
            .. SandwichCorrection.All.Select(correction => LmmReference.WithSandwich(correction, moments: true)),
        ];

    public static TheoryData<string> Models => new("slopes", "ar1", "unstructured", "both", "crossed", "pseudo");

    [Theory]
    [MemberData(nameof(Models))]
    public void A_fit_answers_many_threads_with_the_bits_of_one(string model)
    {
        var fit = Fit(model);
        var questions = Questions(model);
        var expected = questions.ConvertAll(question => question(fit));
        const int Rounds = 2;
        var answers = new double[Rounds * questions.Count][];
        Parallel.For(
            0,
            answers.Length,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            k => answers[k] = questions[k % questions.Count](fit));
        for (var k = 0; k < answers.Length; k++)
        {
            Assert.Equal(expected[k % questions.Count], answers[k]);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_order_of_questions_changes_no_bit(string model)
    {
        var questions = Questions(model);
        var (forwards, backwards) = (Fit(model), Fit(model));
        var first = questions.ConvertAll(question => question(forwards));
        var last = Enumerable.Reverse(questions).Select(question => question(backwards)).Reverse().ToList();
        Assert.Equal(first, last);
    }

    [Fact]
    public void Every_threshold_is_listed_with_the_number_in_force()
    {
        var strict = new LmmTolerances { PilotConvergence = 0.125, FailedLinearizations = 17 };
        TolerancePage.AssertComplete(strict, strict.All);
    }

    private static LmmFit Fit(string model) => model switch
    {
        "slopes" => LmmFitter.Fit(LinearFrames.Longitudinal(81, 30, 5, slope: true), new LmmOptions { Threads = 1 }),
        "ar1" => LmmFitter.Fit(
            LinearFrames.Longitudinal(82, 30, 5, slope: false, random: false),
            new LmmOptions { Residual = ResidualStructure.HeterogeneousFirstOrderAutoregression, Restricted = false, Threads = 1 }),
        "unstructured" => LmmFitter.Fit(
            LmmGolden.Frame("orthodont", "distance ~ Sex * factor(visit)", "Subject", "visit"),
            new LmmOptions { Residual = ResidualStructure.Unstructured, Threads = 1 }),
        "both" => LmmFitter.Fit(
            LinearFrames.Longitudinal(83, 40, 4, slope: false),
            new LmmOptions { Residual = ResidualStructure.ContinuousTimeAutoregression, Threads = 1 }),
        "crossed" => LmmFitter.Fit(LinearFrames.Crossed(84, 12, 6), new LmmOptions { Threads = 1 }),
        _ => PseudoLikelihoodFitter.Fit(
            LmmGolden.Frame("cbpp", "incidence / size ~ period + (1 | herd)", factors: ["period"]),
            new PseudoLikelihoodOptions { Family = Family.Binomial, EstimateDispersion = true, Threads = 1 }).Linear,
    };

    /// <summary>Everything that one may ask a fit of a model, each answer as numbers.</summary>
    private static List<Func<LmmFit, double[]>> Questions(string model)
    {
        List<Func<LmmFit, double[]>> questions = [.. References.Where(reference => model != "crossed" || reference.IsModelBased)
            .Where(reference => model != "ar1" || reference != LmmReference.KenwardRoger)
            .Select(reference => (Func<LmmFit, double[]>)(fit => [.. Numbers(reference.Of(fit).Table()), .. reference
                .Of(fit)
                .TermTests()
                .SelectMany(Numbers)]))];
        questions.AddRange(TermHypothesis.All.Select(hypothesis => (Func<LmmFit, double[]>)(fit => [.. LmmReference.Satterthwaite
            .Of(fit)
            .TermTests(hypothesis)
            .SelectMany(Numbers)])));
        questions.Add(fit => [.. fit.Open().Root.Coefficients, fit.Open().Scale]);
        if (model == "pseudo")
        {
            return questions;
        }

        questions.Add(fit => [.. ProfileIntervals.OfCovariance(fit)
            .SelectMany(interval => new[] { interval.Estimate, interval.Lower, interval.Upper })]);
        questions.Add(fit => [.. ProfileIntervals.OfCoefficients(fit)
            .SelectMany(interval => new[] { interval.Estimate, interval.Lower, interval.Upper })]);
        questions.Add(fit => [.. LikelihoodRatioTest.OfTerms(fit).SelectMany(test => new[] { test.Statistic, test.PValue })]);
        if (model != "crossed")
        {
            questions.Add(fit => [.. CorrelationByLag.Of(fit).SelectMany(row => new[] { row.Empirical, row.Fitted })]);
        }

        return questions;
    }

    private static IEnumerable<double> Numbers(CoefficientTable table) =>
        table.SelectMany(row => new[] { row.Estimate, row.StandardError, row.DegreesOfFreedom ?? 0, row.PValue });

    private static IEnumerable<double> Numbers((string Term, WaldTest Test) row) => [row.Test.Statistic, row.Test.PValue];
}
