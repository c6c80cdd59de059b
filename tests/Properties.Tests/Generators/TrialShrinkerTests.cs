using MarginalConditional.Properties.Generators;
using MarginalConditional.Properties.Trials;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Properties.Tests.Generators;

/// <summary>Smaller trials by hand, and the smallest ones that a search by them reaches.</summary>
public sealed class TrialShrinkerTests
{
    private static readonly TrialModel Binary = new();

    private static readonly TrialShape Any = new();

    /// <summary>Two clusters of two rows, each arm with both outcomes: no row can go.</summary>
    private static readonly TrialData Least = Trial(["a", "a", "b", "b"], [0, 0, 1, 1], [0, 1, 0, 1]);

    [Fact]
    public void A_trial_of_which_nothing_can_go_has_no_smaller_one() => Assert.Empty(TrialShrinker.Smaller(Least, Any));

    [Fact]
    public void Halves_of_the_clusters_go_first_then_single_ones_then_rows()
    {
        var trial = Least.Append(Least.Relabelled(label => label + "2"));
        var rows = TrialShrinker.Smaller(trial, Any).Select(smaller => smaller.Rows).ToArray();
        Assert.Equal(4, rows[0]);
        Assert.Equal(rows.Order(), rows);
        Assert.Contains(7, rows);
    }

    [Fact]
    public void Equal_sizes_lose_a_wave_of_every_cluster()
    {
        var trial = Trial(["a", "a", "a", "b", "b", "b", "c", "c", "c", "d", "d", "d"],
            [0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1],
            [0, 1, 0, 1, 0, 1, 1, 0, 0, 0, 1, 1]);
        var shape = new TrialShape { HasEqualSizes = true };
        Assert.All(
            TrialShrinker.Smaller(trial, shape),
            smaller => Assert.Single(smaller.Clusters.CountBy(label => label).Select(rows => rows.Value).Distinct()));
        Assert.Contains(TrialShrinker.Smaller(trial, shape), smaller => smaller.Rows == 8);
    }

    [Fact]
    public void Counts_come_down_by_one()
    {
        var smaller = TrialShrinker.Smaller(Least.WithCounts([1, 3, 1, 2]), Any).Select(trial => trial.Counts.ToArray()).ToArray();
        Assert.Equal([[1, 2, 1, 2], [1, 3, 1, 1]], smaller);
    }

    [Fact]
    public void Numbers_become_whole_together_then_zero_one_by_one()
    {
        var model = new TrialModel { Family = Family.Gaussian };
        var trial = Trial(["a", "b"], [0, 1], [2.5, -1.25], model);
        var outcomes = TrialShrinker.Smaller(trial, Any).Select(smaller => smaller.Outcome.ToArray()).ToArray();
        Assert.Equal([[2, -1], [0, -1.25], [2, -1.25], [2.5, 0], [2.5, -1]], outcomes);
    }

    [Fact]
    public void Outcomes_stay_what_their_family_allows()
    {
        var model = new TrialModel { Family = Family.Gamma };
        var trial = Trial(["a", "a", "b", "b"], [0, 0, 1, 1], [0.5, 2.5, 1.5, 0.25], model);
        Assert.All(
            TrialShrinker.Smaller(trial, Any),
            smaller => Assert.All(smaller.Outcome.ToArray(), value => Assert.True(value > 0)));
    }

    [Fact]
    public void Covariates_of_clusters_are_left_as_they_are()
    {
        var model = new TrialModel { Covariates = [new("region", IsOfCluster: true), new("age", IsOfCluster: false)] };
        var trial = new TrialData(
            model,
            ["a", "a", "b", "b"],
            [1, 2, 1, 2],
            [new("treatment", [0, 0, 1, 1]), new("region", [7.5, 7.5, 3.5, 3.5]), new("age", [1.5, 2, 3, 4])],
            [0, 1, 0, 1]);
        var smaller = TrialShrinker.Smaller(trial, Any).ToArray();
        Assert.NotEmpty(smaller);
        Assert.All(smaller, one => Assert.Equal([7.5, 7.5, 3.5, 3.5], one.Column("region").Values.ToArray()));
    }

    /// <summary>The smallest with three events in the treated arm has those, a non-event, and two rows of the other arm.</summary>
    [Fact]
    public void A_search_ends_at_the_fewest_rows_that_have_what_is_looked_for()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var trial = TrialDraw.Of(Binary, Any, TrialKind.Plain, 12, seed);
            if (!HasThree(trial))
            {
                continue;
            }

            while (TrialShrinker.Smaller(trial, Any).FirstOrDefault(HasThree) is { } smaller)
            {
                trial = smaller;
            }

            Assert.True(trial.Rows == 6, trial.Csv);
        }
    }

    [Theory]
    [InlineData(new double[] { 0, 0, 1, 1 }, new double[] { 0, 1, 0, 1 }, true)]
    [InlineData(new double[] { 0, 0, 1, 1 }, new double[] { 0, 1, 1, 1 }, false)]
    [InlineData(new double[] { 0, 0, 1, 1 }, new double[] { 0, 0, 0, 1 }, false)]
    [InlineData(new double[] { 0, 0, 0, 0 }, new double[] { 0, 1, 0, 1 }, false)]
    public void Both_arms_need_both_outcomes(double[] treatment, double[] outcome, bool has)
    {
        var trial = Trial(["a", "a", "b", "b"], treatment, outcome);
        Assert.Equal(has, Interior.Has(trial));
        Assert.Equal(treatment.Distinct().Count() == 2, Interior.Has(Interior.Make(trial, nearSeparation: false)));
    }

    [Fact]
    public void Near_separation_leaves_the_treated_arm_one_event()
    {
        var trial = Trial(["a", "a", "a", "b", "b", "b"], [0, 0, 0, 1, 1, 1], [0, 1, 1, 1, 1, 1]);
        var made = Interior.Make(trial, nearSeparation: true);
        Assert.Equal([0, 1, 1, 0, 0, 1], made.Outcome.ToArray());
        Assert.Equal(trial.Treatment.ToArray(), made.Treatment.ToArray());
    }

    private static bool HasThree(TrialData trial) =>
        Enumerable.Range(0, trial.Rows).Count(row => trial.Treatment[row] == 1 && trial.Outcome[row] == 1) >= 3;

    private static TrialData Trial(string[] clusters, double[] treatment, double[] outcome, TrialModel? model = null)
    {
        var waves = new int[clusters.Length];
        for (var row = 0; row < waves.Length; row++)
        {
            waves[row] = row > 0 && clusters[row] == clusters[row - 1] ? waves[row - 1] + 1 : 1;
        }

        return new TrialData(model ?? Binary, clusters, waves, [new TrialColumn("treatment", treatment)], outcome);
    }
}
