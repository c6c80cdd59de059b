using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Gee.Stacking;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Gee.Tests.Ordinal;

/// <summary>The rows of indicators and what whitens them, against loops over outcomes.</summary>
public class CumulativeStackTests
{
    private const int J = 3;

    private static readonly double[] Beta = [-1.1, 0.2, 1.4, 0.3, 0.5];

    [Fact]
    public void Copies_are_the_clusters_once_a_threshold()
    {
        var (outcomes, frame, stack) = Make(weighted: false);
        Assert.Equal(outcomes.Rows, stack.Outcomes);
        Assert.Equal(J * outcomes.Clusters.Count, stack.Copies.Clusters.Count);
        for (var copy = 0; copy < stack.Copies.Clusters.Count; copy++)
        {
            var (cluster, k) = (copy / J, copy % J);
            Assert.Equal(outcomes.Clusters.Size(cluster), stack.Copies.Clusters.Size(copy));
            Assert.Equal(outcomes.Clusters.Label(cluster), stack.Copies.Clusters.Label(copy));
            for (var t = 0; t < outcomes.Clusters.Size(cluster); t++)
            {
                var (row, outcome) = (stack.Copies.Clusters.Start(copy) + t, outcomes.Clusters.Start(cluster) + t);
                Assert.Equal(outcomes.Response[outcome] <= k ? 1 : 0, frame.Response[row]);
                Assert.Equal(outcomes.Waves[outcome], frame.Waves[row]);
                Assert.Equal(-outcomes.Design.Column(2)[outcome], frame.Design.Column(J + 1)[row]);
                Assert.Equal(1, frame.Design.Column(k)[row]);
            }
        }
    }

    [Theory]
    [InlineData("logit")]
    [InlineData("probit")]
    [InlineData("cloglog")]
    [InlineData("loglog")]
    public void Whitened_rows_are_those_of_the_factor_of_their_covariance(string name)
    {
        Assert.True(CumulativeLink.TryParse(name, out var link));
        var (outcomes, frame, stack) = Make(weighted: false, link);
        var whitening = new RowWhitening(stack, frame.Clusters, []);
        var eta = LinearPredictor.Of(frame, Beta);
        var (carry, precision) = (new double[frame.Rows], new double[frame.Rows]);
        Assert.True(whitening.Prepare(0, frame.Clusters.Count, eta, carry, precision));
        var column = eta.Select((_, row) => Math.Sin(row)).ToArray();
        double[] raw = [.. column];
        whitening.Whiten(0, frame.Clusters.Count, carry, precision, column);
        stack.ForEachOutcome((first, size) =>
        {
            var covariance = new double[J, J];
            for (var k = 0; k < J; k++)
            {
                for (var l = 0; l < J; l++)
                {
                    covariance[k, l] = link.Cumulative(eta[first + (Math.Min(k, l) * size)])
                        * link.Complement(eta[first + (Math.Max(k, l) * size)]);
                }
            }

            // vᵀΣ⁻¹v is the squared length of the whitened vector, for every leading part of it.
            for (var m = 1; m <= J; m++)
            {
                var (part, sum) = (new double[m, m], 0.0);
                for (var k = 0; k < m; k++)
                {
                    sum += column[first + (k * size)] * column[first + (k * size)];
                    for (var l = 0; l < m; l++)
                    {
                        part[k, l] = covariance[k, l];
                    }
                }

                var (inverse, form) = (Matrices.Inverse(part), 0.0);
                for (var k = 0; k < m; k++)
                {
                    for (var l = 0; l < m; l++)
                    {
                        form += raw[first + (k * size)] * inverse[k, l] * raw[first + (l * size)];
                    }
                }

                Assert.Equal(form, sum, 1e-9 * (1 + form));
            }
        });
        Assert.Equal(outcomes.Rows, stack.Outcomes);
    }

    [Fact]
    public void The_likelihood_is_that_of_the_categories()
    {
        var (outcomes, frame, stack) = Make(weighted: true);
        var eta = LinearPredictor.Of(frame, Beta);
        var sum = 0.0;
        for (var outcome = 0; outcome < outcomes.Rows; outcome++)
        {
            var (category, slope) = ((int)outcomes.Response[outcome], 0.0);
            for (var j = 0; j < 2; j++)
            {
                slope += Beta[J + j] * outcomes.Design.Column(j + 1)[outcome];
            }

            var above = category == J ? 1 : 1 / (1 + Math.Exp(slope - Beta[category]));
            var below = category == 0 ? 0 : 1 / (1 + Math.Exp(slope - Beta[category - 1]));
            sum += outcomes.Weights[outcome] * Math.Log(above - below);
        }

        Assert.Equal(sum, stack.LogLikelihood(0, frame.Clusters.Count, eta, frame.Weights), 1e-10 * Math.Abs(sum));
    }

    [Fact]
    public void The_start_gives_every_outcome_the_shares_of_the_data()
    {
        var (outcomes, _, stack) = Make(weighted: false);
        var start = new double[J + 2];
        Assert.True(stack.TryStart([], start));
        for (var k = 0; k < J; k++)
        {
            var share = outcomes.Response.ToArray().Average(outcome => outcome <= k ? 1.0 : 0);
            Assert.Equal(Math.Log(share / (1 - share)), start[k], 1e-10);
        }

        Assert.Equal(0, start[J], 1e-10);
        Assert.Equal(0, start[J + 1], 1e-10);
    }

    [Fact]
    public void Thresholds_that_cross_are_found_with_their_row()
    {
        var (_, frame, stack) = Make(weighted: false);
        var eta = LinearPredictor.Of(frame, Beta);
        Assert.True(stack.Ascends(0, frame.Clusters.Count, eta, []));
        var row = frame.Clusters.Start(4) + stack.Size(4);
        eta[row] = eta[row - stack.Size(4)];
        Assert.Equal(row, stack.Crossing(0, frame.Clusters.Count, eta, []));
        var (carry, precision) = (new double[frame.Rows], new double[frame.Rows]);
        Assert.False(new RowWhitening(stack, frame.Clusters, []).Prepare(0, frame.Clusters.Count, eta, carry, precision));
    }

    private static (ModelFrame Outcomes, ModelFrame Indicators, CumulativeStack Stack) Make(bool weighted, CumulativeLink? link = null)
    {
        var outcomes = OrdinalSample.Create(8, J, weighted, clusters: 30);
        var frame = IndicatorFrame.Of(outcomes, ["1|2", "2|3", "3|4"], []);
        return (outcomes, frame, new CumulativeStack(frame, new CumulativeModel(link ?? CumulativeLink.Logit, J)));
    }
}
