using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Summaries;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.Simulation.Methods;

public sealed class ClusterMethodTests
{
    private const string Trial = "clusters: 14, cluster-size: 'poisson(12)', sigma: 0.7, effect: 0.6";

    [Theory]
    [InlineData("cluster-means", "marginal", "cluster", "risk difference", "rung-2-cluster-difference")]
    [InlineData("cluster-means: {weighting: participant}", "marginal", "participant", "risk difference", "risk-difference")]
    [InlineData("cluster-means: {scale: log-odds-ratio}", "marginal", "cluster", "log odds ratio", "rung-2-cluster-log-odds-ratio")]
    [InlineData("cluster-means: {scale: log-risk-ratio, weighting: participant}", "marginal", "participant", "log risk ratio",
        "rung-2-log-ratio")]
    [InlineData("cluster-means: {average: cluster-specific}", "cluster-specific", "cluster", "log odds ratio",
        "rung-0-cluster-log-odds-ratio")]
    public void Clusters_means_are_those_of_the_comparison(string method, string average, string weighting, string scale, string target)
    {
        var study = Drawn.Study(Trial, method);
        var replicate = Drawn.Replicate(study);
        var row = Summaries(Drawn.Frame(replicate, "y ~ treatment")).Estimates.Single(estimate => !estimate.IsAdjusted
            && estimate.Estimand.Name == average && estimate.Weighting.Name == weighting && estimate.Scale == scale);
        Same(row, Drawn.Estimate(study, replicate));
        Assert.Equal(target, study.Methods[0].Target.Name);
    }

    [Theory]
    [InlineData("cluster-means: {adjust: covariates}", "cluster", "risk difference")]
    [InlineData("cluster-means: {adjust: covariates, average: cluster-specific, weighting: participant}", "participant", "log risk ratio")]
    public void Adjusted_means_are_those_of_the_comparison(string method, string weighting, string scale)
    {
        var study = Drawn.Study(Trial + ", covariate: normal, covariate-slope: 0.5, cluster-covariate: normal", method);
        var replicate = Drawn.Replicate(study);
        var row = Summaries(replicate.AdjustedFrame, "treatment").Estimates.Single(
            estimate => estimate.IsAdjusted && estimate.Weighting.Name == weighting && estimate.Scale == scale);
        Same(row, Drawn.Estimate(study, replicate));
    }

    [Theory]
    [InlineData("cluster")]
    [InlineData("participant")]
    public void The_permutation_test_rejects_as_the_comparisons_does(string weighting)
    {
        var study = Drawn.Study(Trial, $"permutation-test: {{weighting: {weighting}}}");
        var replicate = Drawn.Replicate(study);
        var summaries = Summaries(Drawn.Frame(replicate, "y ~ treatment"));
        var test = summaries.Permutations.Single(own => own.Weighting.Name == weighting);
        Assert.True(test.IsExact);
        var estimate = Drawn.Estimate(study, replicate);
        Drawn.Same(summaries.Estimates.First(own => own.Weighting.Name == weighting).Inference.Estimate, estimate.Value);
        Drawn.Same(test.PValue, 2 * StandardNormal.UpperTail(estimate.DistanceFrom(0)), 1e-7);
    }

    [Fact]
    public void A_p_of_the_level_rejects_and_a_p_of_one_does_not()
    {
        var error = PermutationEstimator.ErrorOf(-0.3, 0.05, 1);
        Assert.True(0.3 / error > -StandardNormal.Quantile(0.025));
        Assert.Equal(0.2, PermutationEstimator.ErrorOf(0, 1, 0.2));
        Assert.Equal(0.2, PermutationEstimator.ErrorOf(0, 0.3, 0.2));
    }

    [Fact]
    public void Drawn_assignments_are_the_methods_own_and_the_same_in_every_run()
    {
        var study = Drawn.Study(Trial.Replace("14", "40", StringComparison.Ordinal), "permutation-test: {permutations: 199}");
        var first = Drawn.Estimate(study, Drawn.Replicate(study));
        Assert.Equal(first, Drawn.Estimate(study, Drawn.Replicate(study)));
    }

    [Fact]
    public void Further_arms_are_compared_with_the_first()
    {
        var study = Drawn.Study(
            "clusters: 18, arms: 3, cluster-size: 10, sigma: 0.4, effect: 0.5, effect-arm3: 1", "cluster-means: {arm: 3}");
        var replicate = Drawn.Replicate(study);
        var frame = replicate.Frame;
        double[] means = [.. Enumerable.Range(0, 18).Select(
            c => frame.Response.Slice(frame.Clusters.Start(c), frame.Clusters.Size(c)).ToArray().Average())];
        var third = Enumerable.Range(0, 18).Where(c => frame.Design.Column(2)[frame.Clusters.Start(c)] == 1).Select(c => means[c]);
        var first = Enumerable.Range(0, 18)
            .Where(c => frame.Design.Column(1)[frame.Clusters.Start(c)] + frame.Design.Column(2)[frame.Clusters.Start(c)] == 0)
            .Select(c => means[c]);
        Drawn.Same(third.Average() - first.Average(), Drawn.Estimate(study, replicate).Value);
    }

    [Fact]
    public void Treatments_that_vary_within_clusters_are_no_arms_of_clusters()
    {
        var study = Drawn.Study("design: by-person, clusters: 10, cluster-size: 8, effect: 1, sigma: 0.5", "cluster-means");
        Assert.Contains(
            "treatment varies within clusters",
            Assert.Throws<InvalidOperationException>(() => Drawn.Estimate(study, Drawn.Replicate(study))).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cluster-means: {scale: log-ratio, adjust: covariates}", "adjusted for covariates are compared by their difference")]
    [InlineData("cluster-means: {average: cluster-specific, scale: difference}", "only log odds ratios are averaged")]
    [InlineData("permutation-test: {adjust: covariates}", "compares the clusters' means as they are")]
    public void What_is_wrong_is_said(string method, string part) => Assert.Contains(
        part, Assert.Throws<InputException>(() => Drawn.Study(Trial, method)).Message, StringComparison.Ordinal);

    private static ClusterSummaries Summaries(ModelFrame frame, string? _ = null)
    {
        if (frame.Recipe is null)
        {
            // The adjusted frame of a replicate has no recipe: the same rows from a table.
            var data = new MarginalConditional.Data.Tables.Dataset("replicate", [
                new MarginalConditional.Data.Tables.NumericColumn("cluster", Ids(frame)),
                new MarginalConditional.Data.Tables.NumericColumn("y", frame.Response.ToArray()),
                .. Enumerable.Range(1, frame.Design.Columns - 1).Select(
                    j => new MarginalConditional.Data.Tables.NumericColumn(frame.Design.Names[j], frame.Design.Column(j).ToArray())),
            ]);
            frame = ModelFrameBuilder.Build(data, new MarginalConditional.Data.Formulas.FrameRequest
            {
                Formula = MarginalConditional.Data.Formulas.FormulaParser.Parse("y ~ " + string.Join(" + ", frame.Design.Names.Skip(1))),
                Cluster = "cluster",
            });
        }

        return ClusterSummarizer.Summarize(frame, new SummaryOptions
        {
            Treatment = "treatment",
            TreatmentColumns = [1],
            Gee = new GeeOptions { Family = Family.Binomial, Threads = 1 },
        });
    }

    private static double[] Ids(ModelFrame frame)
    {
        var ids = new double[frame.Rows];
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            ids.AsSpan(frame.Clusters.Start(c), frame.Clusters.Size(c)).Fill(c);
        }

        return ids;
    }

    private static void Same(ClusterSummary expected, EffectEstimate actual)
    {
        Assert.Equal(expected.Inference.Estimate, actual.Value, 12);
        Assert.Equal(expected.Inference.StandardError, actual.StandardError, 12);
        Assert.Equal(expected.Inference.DegreesOfFreedom!.Value, actual.DegreesOfFreedom, 9);
        Assert.True(actual.IsUsable);
    }
}
