using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm;
using MarginalConditional.Lmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Profiling.Tests;

/// <summary>Profiles and measures of one fit do not depend on who asks, how many ask, or in which order.</summary>
public sealed class UnitProfilesValueTests
{
    private static readonly ModelFrame Frame = Hospitals.Frame((200, 38), (180, 40), (25, 11), (150, 36), (250, 44), (500, 170), (210, 35));
    private static readonly GlmmFit Fit = GlmmFitter.Fit(Frame, new GlmmOptions { Family = Family.Binomial });
    private static readonly LmmFit Linear = LmmFitter.Fit(Frame, new LmmOptions());

    private static readonly Func<double[]>[] Questions =
    [
        () => Numbers(UnitProfiler.Profile(Fit, new ProfileOptions())),
        () => Numbers(UnitProfiler.Profile(Linear, new ProfileOptions())),
        () => Numbers(UnitProfiler.Profile(Fit, new ProfileOptions { Seed = 2, RankDraws = 500 })),
        Measures,
    ];

    [Fact]
    public void A_fit_answers_many_threads_with_the_bits_of_one()
    {
        var alone = Questions.Select(ask => ask()).ToArray();
        var answers = new double[24][];
        Parallel.For(0, answers.Length, i => answers[i] = Questions[i % Questions.Length]());
        for (var i = 0; i < answers.Length; i++)
        {
            Assert.Equal(alone[i % Questions.Length], answers[i]);
        }
    }

    [Fact]
    public void The_order_of_questions_changes_no_bit()
    {
        var forwards = Questions.Select(ask => ask()).ToArray();
        var backwards = Questions.Reverse().Select(ask => ask()).Reverse().ToArray();
        Assert.Equal(forwards, backwards);
    }

    [Fact]
    public void A_converged_fit_has_met_the_tolerance_it_states()
    {
        Assert.True(Fit.Convergence.Converged && Fit.Convergence.Criterion <= Fit.Convergence.Tolerance);
        Assert.True(Linear.Convergence.Converged && Linear.Convergence.Criterion <= Linear.Convergence.Tolerance);
    }

    private static double[] Numbers(UnitProfiles profiles) =>
        [profiles.ReferenceRate, .. profiles.ByEffect.SelectMany(unit => new[]
        {
            unit.Effect,
            unit.Expected,
            unit.Predicted,
            unit.ExpectedRank,
            unit.RankInterval.Upper,
            unit.StandardizedRate,
        })];

    private static double[] Measures()
    {
        var measures = ClusteringMeasures.Of(Fit)!;
        return [
            measures.Latent.Estimate,
            measures.Latent.Upper,
            measures.Observed.Estimate,
            measures.Observed.StandardError,
            measures.DesignEffect.Lower,
        ];
    }
}
