using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Properties.Estimators;
using MarginalConditional.Properties.Fitters;
using MarginalConditional.Properties.Laws;
using MarginalConditional.Properties.Trials;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Properties.Tests.Planted;

/// <summary>Each law catches a mistake of its kind, with a small counterexample that its line finds again.</summary>
public sealed class PlantedMistakesTests
{
    private static readonly TrialModel Binary = new();

    private static readonly TrialModel Adjusted = new() { Covariates = [new("age", IsOfCluster: false)] };

    private static readonly TrialModel Counts = new() { Family = Family.Poisson };

    private static readonly GlmmTrialEstimator Mixed = new() { Model = Binary, Nodes = 15 };

    /// <summary>The laws' mistakes: what a wrong estimator does, and what few rows show it.</summary>
    internal static readonly Dictionary<string, (Func<ITrialEstimator> Wrong, int MostRows)> Mistakes = new(StringComparer.Ordinal)
    {
        // Something is kept from one call to the next.
        ["repeatable"] = (WithMemory, 6),

        // A new cluster begins wherever the label changes, as in geepack.
        ["row-order"] = (() => PlantedModels.Of(trial => PlantedModels.ArmMeans(trial, row => Run(trial, row))), 6),

        // Clusters are told apart by the first character of their labels.
        ["cluster-labels"] = (() => PlantedModels.Of(trial => PlantedModels.ArmMeans(trial, row => trial.Clusters[row][^1..])), 14),

        // The effect is taken for the first column.
        ["column-order"] = (() => FirstColumn(), 10),

        // The standard error is that of a mean of 0 in the control arm.
        ["reference-level"] = (() => Glm(Binary, (estimate, trial) => Scaled(estimate, 1 + (0.1 * trial.Treatment[0]))), 6),

        // A penalty on coefficients depends on units.
        ["covariate-units"] = (() => Glm(Adjusted, (estimate, trial) =>
            Moved(estimate, 0.01 * trial.Column("age").Values.ToArray().Sum(Math.Abs))), 8),

        // The outcome is rounded.
        ["outcome-units"] = (() => new WrongEstimator(new GlmTrialEstimator { Model = new TrialModel { Family = Family.Gaussian } })
        {
            OfTrial = trial => trial.WithOutcome(value => Math.Round(value)),
        }, 8),

        // A constant is added before the logarithm.
        ["outcome-scale"] = (() => new WrongEstimator(new GlmTrialEstimator { Model = new TrialModel { Family = Family.Gamma } })
        {
            OfTrial = trial => trial.WithOutcome(value => value + 0.5),
        }, 8),

        // Half an event is added to each arm, but no non-event.
        ["outcome-complement"] = (() => PlantedModels.Of(HalfAnEvent), 8),

        // Variances are divided by rows once more.
        ["two-copies"] = (() => Glm(Binary, (estimate, trial) => Scaled(estimate, 1 / Math.Sqrt(trial.Rows))), 6),

        // The marginal effect is reported for the conditional one.
        ["brute-force"] = (() => new WrongEstimator(Mixed)
        {
            OfEstimate = (estimate, trial) =>
                Mixed.Marginalize(trial) is { } fit ? estimate with { Value = fit.Marginal.Effect } : EffectEstimate.Failed,
        }, 20),

        // Rows are taken for independent.
        ["coverage"] = (() => PlantedModels.Of(trial => PlantedModels.ArmMeans(trial, row => FormattableString.Invariant($"{row}"))), 0),

        // The covariance is given for the correlation's scale.
        ["change-of-columns"] = (() => new WrongEstimator(new GlmTrialEstimator { Model = Binary })
        {
            OfChange = estimates => new CoefficientEstimates(
                estimates.Values, estimates.Covariance.ToArray().Select(Math.Abs).ToArray(), estimates.IsUsable),
        }, 8),

        // Counts are not read.
        ["frequency-weights"] = (() => new WrongEstimator(new GlmTrialEstimator { Model = Binary })
        {
            OfTrial = trial => trial.WithCounts([]),
        }, 8),

        // A cluster's score loses a part.
        ["score-zero"] = (() => new WrongEstimator(new GlmTrialEstimator { Model = Binary })
        {
            OfScore = score => [.. score.Select(value => Math.Max(value, -0.2))],
        }, 8),

        // The derivative of σ² for that of σ.
        ["gradient"] = (() => new WrongEstimator(Mixed) { OfGradient = gradient => gradient[^1] *= 2 }, 8),

        // The attenuation is inverted.
        ["marginal-between"] = (() => new WrongEstimator(Mixed)
        {
            OfMarginal = fit => fit with { Marginal = (0, fit.Conditional.Effect * fit.Conditional.Effect / fit.Marginal.Effect) },
        }, 12),

        // The population's effect is attenuated where it must not be.
        ["collapsible"] = (() => new WrongEstimator(new GlmmTrialEstimator { Model = Counts, Nodes = 15 })
        {
            OfMarginal = fit => fit with { Marginal = (0, fit.Conditional.Effect * Attenuation(fit)) },
        }, 12),

        // An approximation is given for the integral.
        ["non-collapsible"] = (() => new WrongEstimator(Mixed)
        {
            OfMarginal = fit => fit with { Marginal = (0, fit.Conditional.Effect * Attenuation(fit)) },
        }, 12),

        // Sums depend on how the work is divided.
        ["threads"] = (() => new WrongEstimator(new GlmTrialEstimator { Model = Binary })
        {
            OfThreads = (estimates, threads) => new CoefficientEstimates(
                [.. estimates.Values.ToArray().Select(value => threads == 1 ? value : Math.BitIncrement(value))],
                estimates.Covariance,
                estimates.IsUsable),
        }, 6),
    };

    public static TheoryData<string> Names => [.. LawBook.All.Select(law => law.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_law_catches_its_mistake(string name)
    {
        var (wrong, mostRows) = Mistakes[name];
        var options = new LawOptions { Seed = 3 };
        var result = LawBook.Named(name).Check(wrong(), options);
        Assert.True(result.Verdict == LawVerdict.Broken, result.ToString());
        Assert.Throws<LawBrokenException>(() => result.ThrowUnlessKept());
        Assert.Contains($"LawBook.Named(\"{name}\").Check(estimator, new LawOptions {{ Seed = 3", result.Replay, StringComparison.Ordinal);
        if (name != "coverage")
        {
            Assert.True(result.Smallest!.Trial.Rows <= mostRows, result.ToString());
            Assert.Contains(result.Smallest.Trial.Csv, result.ToString(), StringComparison.Ordinal);

            // The same seed finds the same counterexample.
            Assert.Equal(result.ToString(), LawBook.Named(name).Check(wrong(), options).ToString());
        }
    }

    [Fact]
    public void What_is_right_in_a_few_lines_keeps_the_laws()
    {
        foreach (var result in LawBook.Check(PlantedModels.Of(PlantedModels.ArmMeans), new LawOptions { Seed = 3 }))
        {
            Assert.True(result.Verdict == LawVerdict.Holds, result.ToString());
        }
    }

    private static WrongEstimator Glm(TrialModel model, Func<EffectEstimate, TrialData, EffectEstimate> mistake) =>
        new(new GlmTrialEstimator { Model = model }) { OfEstimate = mistake };

    private static ITrialEstimator WithMemory()
    {
        var calls = 0;
        return PlantedModels.Of(trial => Moved(PlantedModels.ArmMeans(trial), calls++));
    }

    private static WrongEstimator FirstColumn()
    {
        var right = new GlmTrialEstimator { Model = Adjusted };
        return new WrongEstimator(right)
        {
            OfEstimate = (estimate, trial) => estimate with { Value = right.Coefficients(trial).Values[1] },
        };
    }

    private static string Run(TrialData trial, int row)
    {
        var run = 0;
        for (var k = 1; k <= row; k++)
        {
            run += trial.Clusters[k] == trial.Clusters[k - 1] ? 0 : 1;
        }

        return FormattableString.Invariant($"{run}");
    }

    private static EffectEstimate HalfAnEvent(TrialData trial)
    {
        var right = PlantedModels.ArmMeans(trial);
        var (rows, sums) = (new[] { 0.5, 0.5 }, new[] { 0.5, 0.5 });
        for (var row = 0; row < trial.Rows; row++)
        {
            rows[(int)trial.Treatment[row]]++;
            sums[(int)trial.Treatment[row]] += trial.Outcome[row];
        }

        return right with { Value = Link.Logit.Predictor(sums[1] / rows[1]) - Link.Logit.Predictor(sums[0] / rows[0]) };
    }

    private static double Attenuation(MarginalizedFit fit) => 1 / Math.Sqrt(1 + (0.346 * fit.Deviation * fit.Deviation));

    private static EffectEstimate Moved(EffectEstimate estimate, double by) => estimate with { Value = estimate.Value + by };

    private static EffectEstimate Scaled(EffectEstimate estimate, double by) =>
        estimate with { StandardError = estimate.StandardError * by };
}
