using MarginalConditional.Properties.Estimators;
using MarginalConditional.Properties.Fitters;
using MarginalConditional.Properties.Tests.Planted;
using MarginalConditional.Properties.Trials;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Properties.Tests.Fitters;

/// <summary>The library's fitters as laws see them, on a trial with a closed form: arms' means 1/3 and 2/3 of six rows each.</summary>
public sealed class TrialEstimatorTests
{
    private static readonly double[] Outcome = [0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 0, 1];

    private static readonly TrialData Binary = Trial(new TrialModel());

    [Fact]
    public void Estimating_equations_give_the_difference_of_logits()
    {
        var estimator = new GlmTrialEstimator { Model = Binary.Model };
        Assert.Equal(2 * Math.Log(2), estimator.Estimate(Binary).Value, 1e-8);
        Assert.Equal(PlantedModels.ArmMeans(Binary).StandardError, estimator.Estimate(Binary).StandardError, 1e-8);
        var coefficients = estimator.Coefficients(Binary);
        Assert.Equal(-Math.Log(2), coefficients.Values[0], 1e-8);
        Assert.Equal(estimator.Estimate(Binary).StandardError, coefficients.StandardError(1), 1e-12);
    }

    [Fact]
    public void The_likelihood_is_that_of_twelve_coins()
    {
        var estimator = new GlmTrialEstimator { Model = Binary.Model };
        var gradient = new double[2];
        var value = estimator.LogLikelihood(Binary, [0, 0], gradient);
        Assert.Equal(12 * Math.Log(0.5), value, 1e-12);

        // Σ (y − ½) over all rows, and over the treated ones.
        Assert.Equal([0, 1], gradient);
        Assert.Equal([-Math.Log(2), 2 * Math.Log(2)], estimator.Parameters(Binary)!, (a, b) => Math.Abs(a - b) < 1e-8);
    }

    [Fact]
    public void Changed_columns_have_the_coefficients_of_the_change()
    {
        // Columns 1 − t and t: the logits of the arms themselves.
        var estimator = new GlmTrialEstimator { Model = Binary.Model };
        var arms = estimator.Coefficients(Binary, [1, 0, -1, 1]);
        Assert.Equal(-Math.Log(2), arms.Values[0], 1e-8);
        Assert.Equal(Math.Log(2), arms.Values[1], 1e-8);
    }

    [Fact]
    public void Linear_models_of_equal_clusters_give_the_difference_of_means()
    {
        var trial = Trial(new TrialModel { Family = Family.Gaussian });
        var ml = new LmmTrialEstimator { Model = trial.Model };
        var reml = new LmmTrialEstimator { Model = trial.Model, Restricted = true };
        Assert.Equal(1.0 / 3, ml.Estimate(trial).Value, 1e-8);
        Assert.Equal(1.0 / 3, reml.Estimate(trial).Value, 1e-8);
        Assert.True(ml.Estimate(trial).StandardError < reml.Estimate(trial).StandardError);
        Assert.Equal((SmallSample.None, SmallSample.Divisor), (ml.Traits.SmallSample, reml.Traits.SmallSample));
    }

    [Fact]
    public void Without_variation_between_clusters_both_effects_of_a_mixed_model_are_one()
    {
        var trial = Trial(new TrialModel { Family = Family.Poisson });
        var fit = new GlmmTrialEstimator { Model = trial.Model }.Marginalize(trial)!;
        Assert.Equal(0, fit.Deviation, 1e-3);
        Assert.Equal(Math.Log(2), fit.Conditional.Effect, 1e-5);
        Assert.Equal(fit.Conditional.Effect, fit.Marginal.Effect, 1e-8);
    }

    private static TrialData Trial(TrialModel model) => new(
        model,
        [.. Outcome.Select((_, row) => FormattableString.Invariant($"c{(row / 2) + 1}"))],
        [.. Outcome.Select((_, row) => (row % 2) + 1)],
        [new TrialColumn("treatment", [.. Outcome.Select((_, row) => row < 6 ? 0.0 : 1)])],
        Outcome);
}
