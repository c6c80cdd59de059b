using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Statistics.Tests.Inference;

/// <summary><see cref="LeaveOneOut"/>: of a mean of normal numbers, whose step is exact, and where there is nothing to step with.</summary>
public sealed class LeaveOneOutTests
{
    private static readonly double[] Numbers = [2, 3, 5, 11, 4];

    private static double Mean => Numbers.Average();

    [Fact]
    public void A_mean_changes_by_what_the_mean_of_the_others_says()
    {
        var informations = LeaveOneOut.Informations([1.0 / Numbers.Length], Scores(), (_, by, scores) =>
        {
            for (var i = 0; i < Numbers.Length; i++)
            {
                scores[i] = Numbers[i] - Mean - by;
            }
        });
        Assert.All(informations, information => Assert.Equal(1, information, 1e-9));
        var changes = LeaveOneOut.Changes([1.0 / Numbers.Length], informations, Scores(), 1);
        for (var i = 0; i < Numbers.Length; i++)
        {
            var others = Numbers.Where((_, j) => j != i).Average();
            Assert.Equal(Mean - others, changes[i], 1e-9);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_coefficient_without_a_variance_leaves_no_change_known(double variance) => Assert.All(
        LeaveOneOut.Changes([variance], new double[Numbers.Length], Scores(), 1), change => Assert.Equal(double.NaN, change));

    /// <summary>The second parameter is on its boundary: its row of the covariance is 0, and it does not move.</summary>
    [Fact]
    public void A_parameter_on_its_boundary_does_not_change()
    {
        double[] covariance = [1.0 / Numbers.Length, 0, 0, 0];
        double[] scores = [.. Scores().SelectMany(score => new[] { score, 7 })];
        double[] informations = [.. Numbers.SelectMany(_ => new double[] { 1, 0, 0, 0 })];
        var changes = LeaveOneOut.Changes(covariance, informations, scores, 1);
        for (var i = 0; i < Numbers.Length; i++)
        {
            Assert.Equal((Numbers[i] - Mean) / (Numbers.Length - 1), changes[2 * i], 1e-12);
            Assert.Equal(0, changes[(2 * i) + 1]);
        }
    }

    private static double[] Scores() => [.. Numbers.Select(number => number - Mean)];
}
