using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Data;
using MarginalConditional.Properties.Estimators;
using MarginalConditional.Properties.Fitters;
using MarginalConditional.Properties.Generators;
using MarginalConditional.Properties.Laws;
using MarginalConditional.Properties.Tests.Planted;
using MarginalConditional.Properties.Trials;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Properties.Tests.Laws;

/// <summary>Laws as values: names, domains, results in words, own laws, and the error rates of coverage.</summary>
public sealed class LawBookTests
{
    [Fact]
    public void Every_law_says_what_of_whom_and_why()
    {
        Assert.Equal(LawBook.All.Count, LawBook.All.Select(law => law.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(LawBook.All, law =>
        {
            Assert.Matches("^[a-z]+(-[a-z]+)*$", law.Name);
            Assert.NotEmpty(law.Statement);
            Assert.NotEmpty(law.Domain);
            Assert.NotEmpty(law.Source);
            Assert.Same(law, LawBook.Named(law.Name));
            Assert.Equal(law.Name, law.ToString());
        });
    }

    [Fact]
    public void A_name_that_is_none_is_answered_by_the_nearest() => Assert.Contains(
        "Did you mean \"row-order\"?",
        Assert.Throws<InputException>(() => LawBook.Named("row-ordre")).Message,
        StringComparison.Ordinal);

    /// <summary>An estimate and a standard error are enough for these; the others say which interface they ask for.</summary>
    [Fact]
    public void Laws_outside_their_domain_say_why()
    {
        var plain = PlantedModels.Of(PlantedModels.ArmMeans);
        Assert.Equal(
            [
                "repeatable", "row-order", "cluster-labels", "column-order", "reference-level", "outcome-complement", "two-copies",
                "brute-force", "coverage",
            ],
            LawBook.For(plain).Select(law => law.Name));
        var result = LawBook.Named("score-zero").Check(plain);
        Assert.Equal(LawVerdict.OutsideDomain, result.Verdict);
        Assert.Contains("IScoreEstimator", result.Words(), StringComparison.Ordinal);
        Assert.Equal(result, result.ThrowUnlessKept());
    }

    [Fact]
    public void An_estimator_that_never_answers_is_untested_and_not_right()
    {
        var silent = PlantedModels.Of(_ => throw new InvalidOperationException("clusters have to be sorted"));
        var result = LawBook.Named("row-order").Check(silent, new LawOptions { Tests = 20 });
        Assert.Equal(LawVerdict.Untested, result.Verdict);
        Assert.Equal((20, 0), (result.Tests, result.Answered));
        Assert.Contains("clusters have to be sorted", result.ToString(), StringComparison.Ordinal);
        Assert.Throws<LawBrokenException>(() => result.ThrowUnlessKept());
        Assert.Equal(LawVerdict.Untested, LawBook.Named("coverage").Check(silent, new LawOptions { MostReplicates = 20 }).Verdict);
    }

    [Fact]
    public void A_law_of_ones_own_is_tried_like_the_others()
    {
        var law = new TrialLaw(
            "small-errors",
            "s < 1",
            "no estimator in particular",
            "made up",
            _ => null,
            _ => new TrialShape { FewestClusters = 6 },
            (estimator, one, _) => estimator.Estimate(one.Trial) is { StandardError: >= 1 } estimate
                ? LawOutcome.Broken("s < 1", $"{estimate.StandardError}")
                : LawOutcome.Holds);
        var result = law.Check(PlantedModels.Of(PlantedModels.ArmMeans));
        Assert.Equal(LawVerdict.Broken, result.Verdict);
        Assert.InRange(result.Smallest!.Trial.Rows, 2, 6);
        Assert.True(result.First!.Trial.Rows > result.Smallest.Trial.Rows);
    }

    [Fact]
    public void A_method_of_studies_is_an_estimator()
    {
        var method = new GeeEstimator { Name = "gee" };
        var estimator = TrialEstimator.Of(method, new TrialModel());
        Assert.Equal(StudyTarget.Marginal.Name, estimator.Traits.Target.Name);
        foreach (var name in new[] { "row-order", "reference-level", "brute-force" })
        {
            LawBook.Named(name).Check(estimator, new LawOptions { Tests = 20 }).ThrowUnlessKept();
        }
    }

    [Fact]
    public void Work_ends_when_it_is_no_longer_wanted()
    {
        using var source = new CancellationTokenSource();
        var calls = 0;
        var estimator = PlantedModels.Of(trial =>
        {
            if (++calls == 3)
            {
                source.Cancel();
            }

            return PlantedModels.ArmMeans(trial);
        });
        Assert.Throws<OperationCanceledException>(
            () => LawBook.Named("row-order").Check(estimator, new LawOptions { Cancellation = source.Token }));
        Assert.InRange(calls, 3, 5);
    }

    /// <summary>
    /// Estimators whose intervals cover with a known probability, twenty of each: at .95 and .93 none is called broken, at .85 and .999
    /// none is said to keep the law.
    /// </summary>
    [Theory]
    [InlineData(0.95, LawVerdict.Broken)]
    [InlineData(0.93, LawVerdict.Broken)]
    [InlineData(0.85, LawVerdict.Holds)]
    [InlineData(0.999, LawVerdict.Holds)]
    public void Coverage_errs_as_rarely_as_it_says(double coverage, LawVerdict error)
    {
        var verdicts = new List<LawVerdict>();
        for (var seed = 1; seed <= 20; seed++)
        {
            var stream = new RandomStream((ulong)seed, 1, 2);
            var estimator = PlantedModels.Of(trial => Interval(trial, stream.NextUniform() < coverage));
            verdicts.Add(LawBook.Named("coverage").Check(estimator, new LawOptions { Seed = 1, MostReplicates = 3000 }).Verdict);
        }

        Assert.DoesNotContain(error, verdicts);
        Assert.True(verdicts.Count(verdict => verdict == LawVerdict.Undecided) < (coverage is 0.93 ? 20 : 1));
    }

    /// <summary>An estimate far off or exact: the true marginal effect of the law's trials is near .58.</summary>
    private static EffectEstimate Interval(TrialData trial, bool covers) =>
        EffectEstimate.Of(trial.Rows > 0 && covers ? 0.58 : 9, 0.1, null, converged: true, warned: false);
}
