using MarginalConditional.Glmm.Inference;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Glmm.Tests.Inference;

public sealed class GlmmInferenceTests
{
    private static readonly GlmmFit Ohio = GlmmFitter.Fit(
        ReferenceCase.Frame("ohio", "resp ~ age + smoke + (1 | id)"),
        new GlmmOptions { Family = Family.Binomial, Nodes = 15 });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_table_has_the_standard_errors_of_the_covariance_asked_for(bool robust)
    {
        var inference = GlmmInference.Of(Ohio, robust);
        var joint = robust ? RobustCovariance.Of(Ohio) : Ohio.JointCovariance.ToArray();
        var table = inference.Table(0.9);
        Assert.Equal(["(Intercept)", "age", "smoke"], table.Select(row => row.Term));
        for (var j = 0; j < 3; j++)
        {
            Assert.Equal(Ohio.Coefficients[j], table[j].Estimate);
            Assert.Equal(Math.Sqrt(joint[j * (Ohio.ParameterCount + 1)]), table[j].StandardError);
            Assert.Equal(Ohio.Coefficients[j] + (1.6448536269514722 * table[j].StandardError), table[j].Upper, 1e-12);
        }

        Assert.Equal(robust, inference.Robust);
    }

    [Fact]
    public void A_term_of_one_coefficient_is_tested_as_its_row_squared()
    {
        var inference = GlmmInference.Of(Ohio);
        var tests = inference.TermTests();
        Assert.Equal(["age", "smoke"], tests.Select(test => test.Term));
        var row = inference.Table()[1];
        Assert.Equal(Math.Pow(row.Estimate / row.StandardError, 2), tests[0].Test.Statistic, 1e-10);
    }

    [Fact]
    public void A_fit_without_a_covariance_is_refused()
    {
        var fit = GlmmFitter.Fit(Ohio.Frame, Ohio.Options with { ComputeCovariance = false });
        Assert.Throws<ArgumentException>(() => GlmmInference.Of(fit));
        Assert.Throws<ArgumentException>(() => GlmmInference.Of(fit, robust: true));
    }
}
