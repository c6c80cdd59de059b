using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Gee.Tests.Fitting;

/// <summary>What a fit tells where it cannot tell all: no correlation, or coefficients of which some are infinite.</summary>
public class PartialAnswersTests
{
    /// <summary>Where no pair of rows has the correlation, φ is that of independent rows, or the one that was given.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(2.5)]
    public void Without_a_correlation_the_scale_is_that_of_independence(double? scale)
    {
        var sample = ClusteredSample.Create(12, Family.Gamma, Link.Log, weighted: true, waves: 2, keep: 0.9);
        var frame = new ModelFrame(sample.Frame.Design, sample.Frame.Response.ToArray(), sample.Frame.Clusters)
        {
            Waves = [.. sample.Frame.Waves.ToArray().Select(wave => 2 * wave)],
            Weights = sample.Frame.Weights,
        };
        var fit = GeeFitter.Fit(frame, sample.Options(WorkingCorrelation.Ar1) with { FixedScale = scale });
        var free = GeeFitter.Fit(frame, sample.Options(WorkingCorrelation.Independence) with { FixedScale = scale });
        Assert.Equal(ConvergenceStatus.NotFinite, fit.Convergence.Status);
        Assert.Contains("No two rows of a cluster are one wave apart", fit.Convergence.Message, StringComparison.Ordinal);
        Assert.True(free.Convergence.Converged);
        Assert.Equal(free.Scale, fit.Scale, 1e-9);
        Assert.Equal(scale ?? free.Scale, fit.Scale);
    }

    /// <summary>
    /// Rows of a third group all have the outcome: its coefficient is infinite, and all else is that of the other rows.
    /// </summary>
    [Fact]
    public void Beside_an_infinite_coefficient_the_others_are_those_of_the_other_rows()
    {
        var sample = ClusteredSample.Create(13, Family.Binomial, clusters: 60);
        var source = sample.Frame;
        int[] group = [.. Enumerable.Range(0, source.Clusters.Count).SelectMany(c => Enumerable.Repeat(c % 3, source.Clusters.Size(c)))];
        double[] y = [.. source.Response.ToArray().Select((value, row) => group[row] == 2 ? 1 : value)];
        double[] ones = [.. y.Select(_ => 1.0)], second = [.. group.Select(one => one == 1 ? 1.0 : 0)];
        string[] names = ["(Intercept)", "b", "c"];
        var options = sample.Options(WorkingCorrelation.Exchangeable);
        var fit = GeeFitter.Fit(
            new ModelFrame(
                new DesignMatrix(y.Length, names, [.. ones, .. second, .. group.Select(one => one == 2 ? 1.0 : 0)], names),
                y,
                source.Clusters),
            options);
        int[] rest = [.. Enumerable.Range(0, y.Length).Where(row => group[row] != 2)];
        int[] sizes = [.. Enumerable.Range(0, source.Clusters.Count).Where(c => c % 3 != 2).Select(source.Clusters.Size)];
        int[] offsets = [0, .. sizes.Select((_, c) => sizes[..(c + 1)].Sum())];
        var other = GeeFitter.Fit(
            new ModelFrame(
                new DesignMatrix(rest.Length, names[..2], [.. rest.Select(_ => 1.0), .. rest.Select(row => second[row])], names[..2]),
                [.. rest.Select(row => y[row])],
                new Clusters("id", offsets, c => $"{c}")),
            options);
        Assert.Equal(ConvergenceStatus.Separation, fit.Convergence.Status);
        Assert.Equal(double.PositiveInfinity, fit.Coefficients[2]);
        Assert.Equal(other.Scale, fit.Scale, 1e-9);
        Assert.Equal(other.Correlation.Alpha[0], fit.Correlation.Alpha[0], 1e-7);
        for (var j = 0; j < 2; j++)
        {
            Assert.Equal(other.Coefficients[j], fit.Coefficients[j], 1e-7);
            for (var k = 0; k < 2; k++)
            {
                Assert.Equal(other.Bread[(2 * j) + k], fit.Bread[(3 * j) + k], 1e-6);
            }
        }
    }
}
