using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Gee.Fitting;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Tests.Fitting;

/// <summary>
/// At β outcomes overlap for certain where the squared Newton decrement is below a quarter of the least w|y − μ| of rows on the edge,
/// of which the least weight, 1 at most, times the least |y − μ| is a bound: each figure here follows from the means at four predictors.
/// </summary>
public sealed class OverlapCheckTests
{
    private static readonly double[] X = [-1, -0.5, 0.5, 2];

    public static TheoryData<string, double[], double[], double> Cases => new()
    {
        // Of 0, 1, 0, 1 the residuals are μ or 1 − μ: the least is that of the mean farthest on its outcome's side.
        { "binomial", [0, 1, 0, 1], [], Math.Min(Mean(-1), 1 - Mean(2)) },
        { "binomial", [1, 1, 0, 1], [], 1 - Mean(2) },
        { "binomial", [0, 1, 0, 0], [], Mean(-1) },
        { "binomial", [0, 1, 0, 1], [2, 2, 2, 2], Math.Min(Mean(-1), 1 - Mean(2)) },
        { "binomial", [0, 1, 0, 1], [3, 2, 2, 5], Math.Min(Mean(-1), 1 - Mean(2)) },
        { "binomial", [0, 1, 0, 1], [1, 0.25, 1, 0.5], 0.25 * Math.Min(Mean(-1), 1 - Mean(2)) },
        { "binomial", [0, 1, 0, 1], [1, 1, 1, 0], Mean(-1) },
        { "binomial", [0, 1, 0.5, 0.5], [0.5, 1, 0.25, 0.25], 0.5 * Mean(-1) },
        { "poisson", [0, 1, 0, 3], [], Math.Exp(-1) },
        { "poisson", [2, 1, 0, 1], [], Math.Exp(0.5) },
        { "poisson", [0, 1, 0, 1], [0.5, 0.1, 0.25, 2], 0.25 * Math.Exp(-1) },
        { "poisson", [0, 1, 0, 1], [0, 1, 0.25, 2], 0.25 * Math.Exp(0.5) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_decrement_is_small_below_a_quarter_of_the_least_score_on_the_edge(
        string name, double[] outcomes, double[] weights, double least)
    {
        Assert.True(Family.TryParse(name, out var family));
        var frame = new ModelFrame(
            new DesignMatrix(4, ["x"], X, ["x"]),
            outcomes,
            new Clusters("id", [0, 2, 4], cluster => $"{cluster}"))
        { Weights = weights };
        var options = new GeeOptions { Family = family, Correlation = WorkingCorrelation.Independence };

        // With β = 1 the predictors are x.
        bool IsCertain(double decrement) => new OverlapCheck(new GeeData(frame, options)).IsCertain([1], [2], [decrement / 2]);
        Assert.True(IsCertain(0.249 * least));
        Assert.False(IsCertain(0.251 * least));
    }

    [Fact]
    public void Without_rows_on_the_edge_outcomes_overlap_whatever_the_decrement()
    {
        var frame = new ModelFrame(
            new DesignMatrix(4, ["x"], X, ["x"]),
            [1, 2, 3, 1],
            new Clusters("id", [0, 2, 4], cluster => $"{cluster}"));
        foreach (var weights in new double[][] { [], [1, 2, 1, 1] })
        {
            var weighted = new ModelFrame(frame.Design, frame.Response.ToArray(), frame.Clusters) { Weights = weights };
            var options = new GeeOptions { Family = Family.Poisson, Correlation = WorkingCorrelation.Independence };
            Assert.True(new OverlapCheck(new GeeData(weighted, options)).IsCertain([1], [1e9], [1e9]));
        }
    }

    private static double Mean(double predictor) => 1 / (1 + Math.Exp(-predictor));
}
