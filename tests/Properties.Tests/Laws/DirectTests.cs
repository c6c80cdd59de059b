using MarginalConditional.Properties.Fitters;
using MarginalConditional.Properties.Laws;
using MarginalConditional.Properties.Trials;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Properties.Tests.Laws;

/// <summary>The kit's own slow integrals against facts.</summary>
public sealed class DirectTests
{
    [Fact]
    public void Means_over_a_normal_intercept_have_their_closed_forms()
    {
        Assert.Equal(Math.Exp(0.3 + 0.32), DirectIntegral.Mean(Link.Log, 0.3, 0.8), 1e-10);
        Assert.Equal(0.3, DirectIntegral.Mean(Link.Identity, 0.3, 2), 1e-12);

        // Probit: Φ{η/√(1 + σ²)}.
        Assert.Equal(Link.Probit.Mean(0.3 / Math.Sqrt(5)), DirectIntegral.Mean(Link.Probit, 0.3, 2), 1e-10);
        Assert.Equal(0.5, DirectIntegral.Mean(Link.Logit, 0, 4), 1e-12);
        Assert.Equal(MarginalMean.For(Link.Logit).At(-1.2, 2.5).Mean, DirectIntegral.Mean(Link.Logit, -1.2, 2.5), 1e-10);
    }

    /// <summary>A cluster of one row has the likelihood of its mean over the intercept.</summary>
    [Fact]
    public void The_likelihood_of_single_rows_is_that_of_marginal_means()
    {
        var trial = Trial(["a", "b", "c"], [0, 1, 1], [1, 0, 1]);
        var likelihood = new DirectLikelihood(trial).At([-0.4, 0.9, 1.5]);
        var (control, treated) = (DirectIntegral.Mean(Link.Logit, -0.4, 1.5), DirectIntegral.Mean(Link.Logit, 0.5, 1.5));
        Assert.Equal(Math.Log(control) + Math.Log(1 - treated) + Math.Log(treated), likelihood, 1e-9);
    }

    [Fact]
    public void Its_maximum_is_that_of_the_library()
    {
        var trial = Trial(
            ["a", "a", "b", "b", "c", "c", "d", "d", "e", "e", "f", "f", "g", "g", "h", "h"],
            [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1],
            [0, 1, 0, 0, 1, 0, 0, 0, 1, 1, 0, 1, 1, 1, 0, 0]);
        var library = new GlmmTrialEstimator { Model = trial.Model, Nodes = 60 }.Parameters(trial)!;
        var direct = new DirectLikelihood(trial).Maximum();
        Assert.Equal(library, direct, (expected, actual) => Math.Abs(expected - actual) < 1e-3);
    }

    [Fact]
    public void Permutations_are_permutations()
    {
        Assert.Equal([4, 3, 2, 1, 0], Permutation.Of(5, 0));
        Assert.Equal(Enumerable.Range(0, 50), Permutation.Of(50, 9).Order());
        Assert.Equal(Permutation.Of(50, 9), Permutation.Of(50, 9));
        Assert.NotEqual(Permutation.Of(50, 9), Permutation.Of(50, 10));
    }

    private static TrialData Trial(string[] clusters, double[] treatment, double[] outcome) =>
        new(new TrialModel(), clusters, Array.ConvertAll(clusters, _ => 1), [new("treatment", treatment)], outcome);
}
