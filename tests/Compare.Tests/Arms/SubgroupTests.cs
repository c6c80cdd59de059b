using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Data;
using Xunit;

namespace MarginalConditional.Compare.Tests.Arms;

/// <summary>
/// <see cref="SubgroupComparer"/> and <see cref="SubgroupDifferences"/>
/// against the means of the rows under the same fit, with errors by refits.
/// </summary>
public sealed class SubgroupTests
{
    private static readonly ArmTrial Trial = new();
    private static readonly SubgroupAnalysis Refitted = Trial.Compare(StandardizedErrors.Jackknife, "sex").Subgroups!;

    [Theory]
    [InlineData("f", 15)]
    [InlineData("m", 14)]
    public void A_subgroup_is_the_same_fit_on_its_rows(string sex, int clusters)
    {
        foreach (var weighting in new[] { ClusterWeighting.Participant, ClusterWeighting.Cluster })
        {
            var (estimate, error) = Trial.Jackknife(means => LogOdds(means(sex)), weighting);
            var own = Rung(sex, weighting);

            Assert.Equal([("sex", sex)], own.Question.By);
            Assert.Equal(estimate, own.Inference.Estimate, 1e-6);
            Assert.Equal(error, own.Inference.StandardError, 2e-4 * error);
            Assert.Equal(clusters - 1, own.Inference.DegreesOfFreedom);
        }
    }

    [Fact]
    public void An_interaction_is_the_difference_of_subgroups_with_the_joint_jackknife()
    {
        var (estimate, error) = Trial.Jackknife(means => LogOdds(means("m")) - LogOdds(means("f")), ClusterWeighting.Participant);
        var own = Refitted.Interactions.Single(row => row is { Rung: 3, Scale: "log odds ratio", Treated: "C" }
            && row.Weighting == ClusterWeighting.Participant);
        var difference = Assert.Single(own.Differences);

        Assert.Equal("m - f", difference.Term);
        Assert.Equal(estimate, difference.Estimate, 1e-6);
        Assert.Equal(error, difference.StandardError, 2e-4 * error);
        Assert.Equal(13, difference.DegreesOfFreedom);
        Assert.Equal(difference.Statistic * difference.Statistic, own.Test.Statistic, 1e-9);
        Assert.Equal(difference.PValue, own.Test.PValue, 1e-9);
    }

    [Fact]
    public void Shares_of_subgroups_add_up_to_everybody_by_the_model()
    {
        var all = Trial.Compare(StandardizedErrors.OneStep, "sex");
        var rows = all.Subgroups!.Subgroups.Sum(subgroup => subgroup.Rows);
        var sum = all.Subgroups.Subgroups.Sum(subgroup => subgroup.Rows * subgroup.Ladder.Rungs.First(IsModel).Inference.Estimate);

        Assert.Equal(all.Frame.Rows, rows);
        Assert.Equal(all.Ladder.Rungs.First(IsModel).Inference.Estimate, sum / rows, 1e-12);

        static bool IsModel(LadderRung rung) => rung is { Rung: 2, Scale: "risk difference" } && rung.Question.Treated == "C"
            && rung.Weighting == ClusterWeighting.Participant;
    }

    [Theory]
    [InlineData("influence")]
    [InlineData("one-step")]
    public void A_coefficient_without_interaction_is_one_in_all_subgroups_and_has_no_test(string name)
    {
        var errors = StandardizedErrors.All.First(choice => choice.Name == name);
        var rows = Trial.Compare(errors, "sex").Subgroups!.Interactions.Where(row => row is { Rung: 0, Scale: "log odds ratio" }).ToList();

        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            var difference = Assert.Single(row.Differences);
            Assert.Equal((0, 0), (difference.Estimate, difference.StandardError));
            Assert.True(double.IsNaN(difference.PValue) && double.IsNaN(row.Test.PValue) && row.IsOneByModel);
        });
    }

    [Fact]
    public void A_column_of_many_values_is_no_column_of_subgroups() =>
        Assert.Contains("subgroups are at most", Assert.Throws<InputException>(
            () => Trial.Compare(StandardizedErrors.OneStep, "x")).Message, StringComparison.Ordinal);

    private static LadderRung Rung(string sex, ClusterWeighting weighting) => Refitted.Subgroups
        .Single(subgroup => subgroup.Value == sex).Ladder.Rungs.Single(rung => rung is { Rung: 3, Scale: "log odds ratio" }
            && rung.Question.Treated == "C" && rung.Weighting == weighting);

    private static double LogOdds(double[] means) => Math.Log(means[2] / (1 - means[2])) - Math.Log(means[0] / (1 - means[0]));
}
