using MarginalConditional.Compare.Summaries;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.Summaries;

/// <summary>Cluster-level estimates against R 4.2.2 and sandwich 3.0-2.</summary>
public sealed class ClusterSummarizerGolden
{
    /// <summary>aggregate() by cluster, then lm(s ~ arm) with and without weights, vcovHC type HC2; ratios by the delta method.</summary>
    [Theory]
    [InlineData("marginal", "cluster", "risk difference", 0.167777777777778, 0.0369621928963056)]
    [InlineData("marginal", "participant", "risk difference", 0.05, 0.0271001382510364)]
    [InlineData("cluster-specific", "cluster", "log odds ratio", 0.710377747013866, 0.164549980739743)]
    [InlineData("cluster-specific", "participant", "log odds ratio", 0.210031757617768, 0.125079694536961)]
    [InlineData("marginal", "cluster", "log odds ratio", 0.721405479115079, 0.156189934871826)]
    [InlineData("marginal", "cluster", "log risk ratio", 0.449249845518309, 0.0928747636604073)]
    [InlineData("marginal", "participant", "log odds ratio", 0.228075910494264, 0.122280306152033)]
    [InlineData("marginal", "participant", "log risk ratio", 0.153912952499383, 0.0823222090659818)]
    public void Informative_size_sets_the_weightings_apart(
        string estimand, string weighting, string scale, double estimate, double standardError)
    {
        var row = ClusterTrials.OfReference("crt_ics80", "y ~ arm").Row(estimand, weighting, scale);
        Assert.Equal(estimate, row.Inference.Estimate, 1e-12);
        Assert.Equal(standardError, row.Inference.StandardError, 1e-12);
        Assert.Equal(78, row.Inference.DegreesOfFreedom);
    }

    /// <summary>lm(m ~ arm) and lm(m ~ arm, weights = n) of 12 cluster means; 495 assignments by combn().</summary>
    [Fact]
    public void Twelve_clusters_of_a_continuous_outcome()
    {
        var summaries = ClusterTrials.OfReference("crt_few12", "yc ~ arm", Family.Gaussian);
        var alike = summaries.Row("marginal", "cluster", "difference");
        Assert.Equal(-0.0677197665876, alike.Inference.Estimate, 1e-12);
        Assert.Equal(0.387577410349, alike.PooledError!.Value, 1e-11);
        Assert.Equal(0.46967195947, alike.RobustError, 1e-10);
        Assert.Equal(0.86478200928842, alike.Inference.PValue, 1e-12);
        var weighted = summaries.Row("marginal", "participant", "difference");
        Assert.Equal(0.228309587323, weighted.Inference.Estimate, 1e-11);
        Assert.Equal(0.407082583121, weighted.PooledError!.Value, 1e-11);
        Assert.Equal(0.476029190611, weighted.RobustError, 1e-11);
        Assert.Equal(weighted.RobustError, weighted.Inference.StandardError);
        Assert.Equal([(-0.1441852, 444.0), (0.4796126, 327.0)], summaries.Permutations.Select(test =>
            (Math.Round(test.Statistic, 7), Math.Round(test.PValue * 495, 9))));
        Assert.All(summaries.Permutations, test => Assert.True(test.IsExact && test.Replicates == 495));
        Assert.StartsWith("Pooled and HC2 standard errors of the difference", summaries.Notes[^1], StringComparison.Ordinal);
    }

    /// <summary>
    /// glm(y ~ x, binomial) without arm; then lm of (Σy − Σm)/n and of ln(Σy/Σm) on arm, vcovHC type HC2; degrees by size: tr(G)²/tr(G²)
    /// of the quadratic form written out in R.
    /// </summary>
    [Theory]
    [InlineData("marginal", "cluster", "risk difference", 0.1087017870410, 0.0568723295532, 38)]
    [InlineData("marginal", "participant", "risk difference", 0.0463363434801, 0.0637964989161, 21.5951782528)]
    [InlineData("cluster-specific", "cluster", "log risk ratio", 0.420003706273, 0.162467962315, 38)]
    [InlineData("cluster-specific", "participant", "log risk ratio", 0.248125532914, 0.181837599627, 21.5951782528)]
    public void Two_stages_take_covariates_out(
        string estimand, string weighting, string scale, double estimate, double standardError, double degrees)
    {
        var row = ClusterTrials.OfReference("crt_ics40", "y ~ arm + x").Row(estimand, weighting, scale, adjusted: true);
        Assert.Equal(estimate, row.Inference.Estimate, 1e-9);
        Assert.Equal(standardError, row.Inference.StandardError, 1e-9);
        Assert.Equal(degrees, row.Inference.DegreesOfFreedom!.Value, 1e-9);
    }

    /// <summary>The same with <c>size</c>, which is constant in clusters: summary(lm(r ~ arm)) times √(38/37).</summary>
    [Fact]
    public void A_covariate_of_clusters_costs_a_degree_of_freedom()
    {
        var summaries = ClusterTrials.OfReference("crt_ics40", "y ~ arm + x + size");
        var row = summaries.Row("marginal", "cluster", "risk difference", adjusted: true);
        Assert.Equal(0.1125497, row.Inference.Estimate, 1e-7);
        Assert.Equal(0.05787763, row.Inference.StandardError, 1e-8);
        Assert.Equal(37, row.Inference.DegreesOfFreedom);
    }
}
