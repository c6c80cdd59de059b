using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Effects;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Truths;

namespace MarginalConditional.Compare.Tests.Simulation;

/// <summary>Numbers beside their range are refused where they are given, and those at its ends are not.</summary>
public sealed class ArgumentRangeTests
{
    [Fact]
    public void Designs_have_the_periods_and_sequences_that_they_need()
    {
        Refused(
            () => TrialDesign.SteppedWedge(2, Allocation.Equal(1)),
            () => TrialDesign.SteppedWedge(4, Allocation.Equal(4)),
            () => TrialDesign.ClusterCrossover(1, Allocation.Equal(2)),
            () => TrialDesign.ClusterCrossover(2, Allocation.Equal(3)),
            () => TrialDesign.CrossoverOf(Allocation.Equal(3)),
            () => TrialDesign.LongitudinalOf(null, Allocation.Equal(3)));
        Assert.NotNull(TrialDesign.SteppedWedge(3, Allocation.Equal(2)));
        Assert.NotNull(TrialDesign.ClusterCrossover(2, Allocation.Equal(2)));
        Assert.NotNull(TrialDesign.CrossoverOf(Allocation.Equal(2)));
    }

    [Fact]
    public void Sizes_have_means_and_variations_above_zero()
    {
        Refused(
            () => SizeLaw.OfSize(0),
            () => SizeLaw.Poisson(0),
            () => SizeLaw.NegativeBinomial(0, 1),
            () => SizeLaw.NegativeBinomial(3, 0),
            () => SizeLaw.Gamma(0, 1),
            () => SizeLaw.Gamma(3, 0),
            () => SizeLaw.Either(0, 3),
            () => SizeLaw.Either(3, 2),
            () => SizeLaw.Either(2, 3, 0),
            () => SizeLaw.Either(2, 3, 1));
        Assert.NotNull(SizeLaw.OfSize(1));
        Assert.NotNull(SizeLaw.Either(1, 1));
    }

    [Fact]
    public void Laws_of_effects_have_a_deviation_and_moments()
    {
        Refused(
            () => EffectLaw.Normal(-1),
            () => EffectLaw.Student(1, 2),
            () => EffectLaw.TwoPoint(1, 0),
            () => EffectLaw.TwoPoint(1, 1),
            () => EffectLaw.Gamma(1, 0),
            () => new ScaledLaw("none", EffectLaw.Normal(0), 1));
        Assert.Equal(0, EffectLaw.Normal(0).StandardDeviation);
    }

    [Fact]
    public void Targets_have_the_rungs_arms_and_categories_that_there_are()
    {
        Refused(
            () => StudyTarget.Rung(-1, ClusterWeighting.Participant, EffectMeasure.Difference),
            () => StudyTarget.Rung(5, ClusterWeighting.Participant, EffectMeasure.Difference),
            () => StudyTarget.CategoryDifference(0),
            () => StudyTarget.CategoryDifference(100),
            () => StudyTarget.Marginal.ForArm(1));
        Assert.NotNull(StudyTarget.Rung(0, ClusterWeighting.Participant, EffectMeasure.Difference));
        Assert.NotNull(StudyTarget.Rung(4, ClusterWeighting.Participant, EffectMeasure.Difference));
        Assert.NotNull(StudyTarget.CategoryDifference(1));
        Assert.NotNull(StudyTarget.CategoryDifference(99));
        Assert.NotSame(StudyTarget.Marginal, StudyTarget.Marginal.ForArm(2));
    }

    [Fact]
    public void A_study_runs_once_at_least_and_on_some_threads()
    {
        var study = Studies.Read(Studies.Small);
        Refused(
            () => SimulationRunner.Run(study with { Replicates = 0 }, new SimulationOptions()),
            () => SimulationRunner.Run(study, new SimulationOptions { Threads = -1 }));
    }

    private static void Refused(params Func<object>[] calls) =>
        Assert.All(calls, call => Assert.Throws<ArgumentOutOfRangeException>(call));
}
