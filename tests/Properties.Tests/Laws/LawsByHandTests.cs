using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Properties.Fitters;
using MarginalConditional.Properties.Laws;
using MarginalConditional.Properties.Tests.Planted;
using MarginalConditional.Properties.Trials;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Properties.Tests.Laws;

/// <summary>Single laws on one trial whose numbers can be worked out by hand.</summary>
public sealed class LawsByHandTests
{
    /// <summary>Clusters of two, whole clusters treated; arms' means 1/3 and 2/3, so that the log odds ratio is 2 log 2.</summary>
    private static readonly TrialData Binary = Trial(new TrialModel(), [0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 0, 1]);

    private static readonly TrialData Continuous = Trial(
        new TrialModel { Family = Family.Gaussian }, [1, 3, 2, 4, 3, 5, 4, 8, 5, 5, 6, 8]);

    [Fact]
    public void EquationLaws_know_the_closed_form_of_equal_clusters()
    {
        var law = EquationLaws.BruteForce;
        Assert.False(Check(law, Binary, 2 * Math.Log(2)).IsBroken);
        var off = Check(law, Binary, (2 * Math.Log(2)) + 0.01);
        Assert.True(off.IsBroken);
        Assert.Equal("estimate 1.38629436", off.Expected);

        // Means 3 and 6.
        Assert.False(Check(law, Continuous, 3).IsBroken);
        Assert.Equal("estimate 3", Check(law, Continuous, 3.01).Expected);
    }

    /// <summary>EquationLaws ask scores to add to zero beside their own size: (1, −1) do, (1, −0.9) do not.</summary>
    [Fact]
    public void Scores_are_held_against_their_own_size()
    {
        Assert.False(Scores([1], [-1]).IsBroken);
        Assert.True(Scores([1], [-0.9]).IsBroken);
        Assert.False(Scores([1e-8], [-0.5e-8]).IsBroken);

        static LawOutcome Scores(params double[][] scores)
        {
            var next = 0;
            var estimator = new WrongEstimator(new GlmTrialEstimator { Model = Binary.Model })
            {
                OfScore = _ => next < scores.Length ? scores[next++] : [0],
            };
            return EquationLaws.ScoreZero.CheckOne(estimator, new LawCase(Binary, 0));
        }
    }

    [Fact]
    public void EquivarianceLaws_turn_and_stretch_as_they_say()
    {
        var seen = new List<TrialData>();
        var estimator = PlantedModels.Of(trial => Seen(trial, seen), Continuous.Model);
        Assert.False(EquivarianceLaws.OutcomeUnits.CheckOne(estimator, new LawCase(Continuous, 1)).IsBroken);

        // Key 1: the outcome as 1 + 10 y.
        Assert.Equal([11, 31, 21, 41], seen[1].Outcome[..4].ToArray());
        Assert.False(EquivarianceLaws.ReferenceLevel.CheckOne(estimator, new LawCase(Continuous, 1)).IsBroken);
        Assert.Equal([1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0], seen[3].Treatment.ToArray());

        var stiff = PlantedModels.Of(_ => EffectEstimate.Of(3, 1, null, converged: true, warned: false), Continuous.Model);
        var broken = EquivarianceLaws.OutcomeUnits.CheckOne(stiff, new LawCase(Continuous, 1));
        Assert.Equal("estimate 30, standard error 10", broken.Expected);
        Assert.Equal("estimate 3, standard error 1", broken.Found);
        Assert.Equal("the outcome as 1 + 10 y", broken.Change);
        Assert.Equal("estimate -3, standard error 1", EquivarianceLaws.ReferenceLevel.CheckOne(stiff, new LawCase(Continuous, 1)).Expected);
    }

    private static EffectEstimate Seen(TrialData trial, List<TrialData> seen)
    {
        seen.Add(trial);
        return PlantedModels.ArmMeans(trial);
    }

    private static LawOutcome Check(TrialLaw law, TrialData trial, double value) => law.CheckOne(
        PlantedModels.Of(_ => EffectEstimate.Of(value, 1, null, converged: true, warned: false), trial.Model),
        new LawCase(trial, 0));

    private static TrialData Trial(TrialModel model, double[] outcome) => new(
        model,
        [.. outcome.Select((_, row) => FormattableString.Invariant($"c{(row / 2) + 1}"))],
        [.. outcome.Select((_, row) => (row % 2) + 1)],
        [new TrialColumn("treatment", [.. outcome.Select((_, row) => row < outcome.Length / 2 ? 0.0 : 1)])],
        outcome);
}
