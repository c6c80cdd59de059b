using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Comparison.Reasons;
using MarginalConditional.Compare.Summaries;

namespace MarginalConditional.Compare.Tests.Comparison;

/// <summary>What the verdict says against what was found, in 400 made trials, half of them with something wrong.</summary>
public sealed class VerdictTests
{
    private const double Alpha = 0.05;

    /// <summary>The level of the test that a check fires too often.</summary>
    private const double TooOften = 0.001;

    /// <summary>Sentences that say that nothing was found.</summary>
    private static readonly string[] Denials = ["Both are right", "No check points", "no other reason was looked for", "no test tells why"];

    private static readonly string[] OfSize =
    [
        "informative-cluster-size", "size-changes-effect", "informative-size: " + SizeTest.EffectBySize,
        "informative-size: " + SizeTest.OutcomeBySize, "informative-size: " + SizeTest.Reassigned,
    ];

    [Fact]
    public void Informative_size_is_told() => Told(40, VerdictTrials.InformativeSize, OfSize);

    [Fact]
    public void A_spread_that_depends_on_the_arm_is_told() => Told(40, VerdictTrials.SpreadByArm, "arm-dependent-variance");

    [Fact]
    public void Dropout_after_an_event_is_told() => Told(40, VerdictTrials.Dropout, "dropout");

    [Fact]
    public void A_model_that_misses_is_told() => Told(40, VerdictTrials.WithinBetween, "within-between");

    [Fact]
    public void Separated_outcomes_have_no_verdict() => Assert.All(
        Run(20, VerdictTrials.Separated),
        comparison => Assert.Contains("cannot be compared", Assert.Single(comparison.Verdict), StringComparison.Ordinal));

    [Fact]
    public void A_fit_that_failed_has_no_verdict() => Assert.All(Run(20, VerdictTrials.Unfinished), comparison =>
    {
        Assert.False(comparison.Convergence.Converged);
        Assert.Contains("cannot be compared", Assert.Single(comparison.Verdict), StringComparison.Ordinal);
    });

    [Fact]
    public void Of_fits_that_cannot_be_compared_nothing_is_asked_further()
    {
        var unfinished = VerdictTrials.Unfinished(1);
        ComparedModels models = unfinished.Models;
        Assert.Equal(Assert.Single(unfinished.Verdict), models.Failure);
        Assert.False(unfinished.IsComparable);
        Assert.Empty(unfinished.Checks);
        Assert.Null(models.Laws);
        var clean = VerdictTrials.Clean(1);
        Assert.True(clean.IsComparable);
        Assert.Null(clean.Models.Failure);
        Assert.NotEmpty(clean.Checks);
    }

    [Fact]
    public void In_clean_trials_checks_fire_no_more_often_than_they_may()
    {
        var comparisons = Run(200, VerdictTrials.Clean);
        Assert.All(comparisons, HearsItsChecks);
        foreach (var tests in comparisons.SelectMany(comparison => comparison.Checks).Where(check => check.Test is not null)
            .GroupBy(check => check.Key))
        {
            var signs = tests.Count(check => check.Outcome == ReasonOutcome.Sign);
            Assert.True(
                AtLeast(signs, comparisons.Count) >= TooOften,
                $"{tests.Key} fired in {signs} of {comparisons.Count} clean trials.");
        }

        // Most clean trials have nothing to tell, and say so.
        Assert.True(comparisons.Count(comparison => comparison.Verdict.Any(sentence => Denials.Any(sentence.Contains))) > 100);
    }

    /// <summary>Every verdict hears its checks, and most find what was built in.</summary>
    private static void Told(int trials, Func<ulong, ModelComparison> trial, params string[] keys)
    {
        var comparisons = Run(trials, trial);
        Assert.All(comparisons, HearsItsChecks);
        var found = comparisons.Count(comparison =>
            comparison.Checks.Any(check => check.Outcome == ReasonOutcome.Sign && keys.Contains(check.Key)));
        Assert.True(found > trials * 2 / 3, $"{keys[0]} was found in {found} of {trials} trials that have it.");
    }

    /// <summary>No sentence contradicts a check, and none is left out.</summary>
    private static void HearsItsChecks(ModelComparison comparison)
    {
        var verdict = string.Join(" ", comparison.Verdict);
        if (!comparison.Convergence.Converged)
        {
            Assert.Contains("cannot be compared", Assert.Single(comparison.Verdict), StringComparison.Ordinal);
            return;
        }

        var signs = comparison.Checks.Where(check => check.Outcome == ReasonOutcome.Sign).ToList();
        foreach (var sign in signs)
        {
            Assert.Contains(sign.Finding.TrimEnd('.'), verdict, StringComparison.Ordinal);
            Assert.NotEmpty(sign.Consequence);
            Assert.Contains(sign.Consequence, verdict, StringComparison.Ordinal);
            Assert.NotEmpty(sign.Threatens);
        }

        if (signs.Count > 0)
        {
            Assert.All(Denials, denial => Assert.DoesNotContain(denial, verdict, StringComparison.Ordinal));
        }

        if (comparison.Effects[0].Gap.Rest.PValue < Alpha)
        {
            Assert.DoesNotContain("Both are right", verdict, StringComparison.Ordinal);
            Assert.DoesNotContain("No check points", verdict, StringComparison.Ordinal);
        }

        // Tests of size stand in a table of their own: the verdict hears them too.
        Assert.True(signs.Count > 0 || comparison.Summaries.SizeTests.All(test => !(test.PValue < Alpha)));
    }

    private static List<ModelComparison> Run(int trials, Func<ulong, ModelComparison> trial)
    {
        var comparisons = new ModelComparison[trials];
        Parallel.For(0, trials, replicate => comparisons[replicate] = trial((ulong)replicate));
        return [.. comparisons];
    }

    /// <summary>The probability that at least so many of n tests of 5 % fire.</summary>
    private static double AtLeast(int signs, int n)
    {
        var (term, sum) = (Math.Pow(1 - Alpha, n), 0.0);
        for (var k = 0; k <= n; k++)
        {
            sum += k >= signs ? term : 0;
            term *= (n - k) / (k + 1.0) * Alpha / (1 - Alpha);
        }

        return sum;
    }
}
