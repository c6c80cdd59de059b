using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Fitting;

/// <summary><see cref="UnboundedVariance"/>: clusters that are all events or none.</summary>
public class UnboundedVarianceTests
{
    [Theory]
    [InlineData(10, 20)]
    [InlineData(4, 30)]
    public void The_supremum_is_that_of_a_binomial_of_the_clusters(int events, int clusters)
    {
        // One intercept: the limit is K log-likelihoods of a proportion of clusters.
        var share = (double)events / clusters;
        var expected = (events * Math.Log(share)) + ((clusters - events) * Math.Log(1 - share));
        var model = new PreparedModel(Frame(clusters, c => c < events ? 5 : 0), new GlmmOptions { Family = Family.Binomial });
        Assert.Equal(expected, UnboundedVariance.Supremum(model, [0, 3])!.Value, 1e-9);
        var fit = GlmmFitter.Fit(model.Frame, model.Options);
        Assert.True(fit.IsUnbounded && fit.HasInfiniteEstimates);
        Assert.Equal(expected, fit.LogLikelihood, 1e-9);
        Assert.True(double.IsNaN(fit.Coefficients[0]));
    }

    [Fact]
    public void One_mixed_cluster_bounds_the_variance()
    {
        var fit = GlmmFitter.Fit(Frame(20, c => c == 0 ? 2 : c < 10 ? 5 : 0), new GlmmOptions { Family = Family.Binomial, Nodes = 61 });
        Assert.False(fit.IsUnbounded);
        Assert.True(double.IsFinite(fit.Coefficients[0]));
    }

    // Clusters of five rows with so many events each.
    private static ModelFrame Frame(int clusters, Func<int, int> events)
    {
        var n = 5 * clusters;
        return new ModelFrame(
            new DesignMatrix(n, ["(Intercept)"], [.. Enumerable.Repeat(1.0, n)], ["(Intercept)"]),
            [.. Enumerable.Range(0, n).Select(i => i % 5 < events(i / 5) ? 1.0 : 0)],
            new Clusters("id", [.. Enumerable.Range(0, clusters + 1).Select(c => 5 * c)], c => $"{c}"));
    }
}
