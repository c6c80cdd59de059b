using MarginalConditional.Compare.Summaries;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Tests.Summaries;

/// <summary>Whether size goes with outcome or effect.</summary>
public sealed class SizeTests
{
    [Fact]
    public void The_interaction_with_size_is_the_one_of_a_formula_that_names_the_size()
    {
        var tests = ClusterTrials.OfReference("crt_ics40", "y ~ arm").SizeTests;
        Assert.Equal([SizeTest.EffectBySize, SizeTest.OutcomeBySize, SizeTest.Reassigned], tests.Select(test => test.Name));

        var fit = GeeFitter.Fit(
            ReferenceFrames.Build("crt_ics40", "y ~ arm * size", "cluster"),
            new GeeOptions { Family = Family.Binomial, Correlation = WorkingCorrelation.Independence });
        var inference = GeeInference.Of(fit, GeeVariance.KauermannCarroll, GeeDegreesOfFreedom.ClustersMinusCoefficients);
        var interaction = inference.CoefficientTable()[3];
        Assert.Equal(interaction.Estimate, tests[0].Estimate!.Value, 1e-10);
        Assert.Equal(interaction.StandardError, tests[0].StandardError!.Value, 1e-10);
        Assert.Equal(interaction.PValue, tests[0].PValue, 1e-8);
        Assert.Equal((1, 36.0), (tests[0].NumeratorDegreesOfFreedom, tests[0].DegreesOfFreedom));

        // Centring the size moves the arm's coefficient, not the joint test of the two columns of size.
        Contrast[] columns = [new("size", [0, 0, 1, 0]), new("interaction", [0, 0, 0, 1])];
        var joint = inference.With(GeeVariance.ManclDeRouen).Test(columns);
        Assert.Equal(joint.Statistic, tests[1].Statistic, 1e-7);
        Assert.Null(tests[1].Estimate);
    }

    [Fact]
    public void Size_of_a_trial_whose_size_is_informative_is_noticed_three_times() => Assert.All(
        ClusterTrials.OfReference("crt_ics80", "y ~ arm").SizeTests,
        test => Assert.True(test.PValue < 0.001));

    [Fact]
    public void Clusters_of_one_size_have_nothing_to_test()
    {
        var frame = ClusterTrials.Frame("id,arm,y\nk,a,0\nk,a,1\nl,a,1\nl,a,1\nm,b,1\nm,b,0\nn,b,0\nn,b,0\n", "y ~ arm");
        Assert.Empty(ClusterTrials.Summarize(frame, Family.Binomial).SizeTests);
    }

    [Fact]
    public void A_size_among_the_covariates_leaves_the_interaction_to_be_tested() => Assert.Equal(
        [SizeTest.EffectBySize, SizeTest.Reassigned],
        ClusterTrials.OfReference("crt_ics40", "y ~ arm + size").SizeTests.Select(test => test.Name));
}
