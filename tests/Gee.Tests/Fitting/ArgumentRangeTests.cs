using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Association;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Planning;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Tests.Fitting;

/// <summary>Numbers beside their range are refused where they are given, and every threshold is listed with the number in force.</summary>
public sealed class ArgumentRangeTests
{
    private static readonly ModelFrame Frame = ReferenceCase.Frame("ohio", "resp ~ age", "id");

    [Fact]
    public void A_fit_takes_an_iteration_at_least_and_some_threads()
    {
        var options = new GeeOptions { Family = Family.Binomial };
        Assert.Throws<ArgumentOutOfRangeException>(() => GeeFitter.Fit(Frame, options with { MaximumIterations = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => GeeFitter.Fit(Frame, options with { Threads = -1 }));
        Assert.NotNull(GeeFitter.Fit(Frame, options with { MaximumIterations = 1, Threads = 1 }));
    }

    [Fact]
    public void Plans_have_clusters_words_and_steps()
    {
        var plan = new TrialPlan { Outcome = PlannedOutcome.Known("an effect", 0.5, 4), TreatedShare = 0.5, Information = 7 };
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.StandardError(1));
        Assert.Equal(Math.Sqrt(4.0 / (2 * 7)), plan.StandardError(2), 1e-15);
        Assert.Throws<ArgumentException>(() => PlannedOutcome.Known(string.Empty, 0.5, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => WedgeDesign.Stepped(1));
        Assert.Equal((2, 3), (WedgeDesign.Stepped(2).Sequences, WedgeDesign.Stepped(2).Periods));
    }

    [Fact]
    public void Correlations_reach_one_row_at_least_and_odds_ratios_have_a_name()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => WorkingCorrelation.MDependent(0));
        Assert.NotNull(WorkingCorrelation.MDependent(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PairDesign.Create(Frame, [], (_, _, _) => { }));
    }

    [Fact]
    public void Every_threshold_is_listed_with_the_number_in_force()
    {
        var strict = new GeeTolerances { Equations = 0.125, ThetaRounds = 17 };
        TolerancePage.AssertComplete(strict, strict.All);
    }
}
