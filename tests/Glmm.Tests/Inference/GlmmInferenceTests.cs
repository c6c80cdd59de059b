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

    /// <summary>
    /// a'β̂ with {a'Va}^½: a contrast of one coefficient is its row, and that of all is written out; several at once are Wald's test.
    /// </summary>
    [Fact]
    public void A_contrast_has_the_standard_error_of_its_quadratic_form()
    {
        var inference = GlmmInference.Of(Ohio);
        Assert.Equal(inference.Table()[1] with { Term = "one" }, inference.Test(new Contrast("one", [0, 1, 0])));
        double[] weights = [1, -2, 0.5];
        var variance = 0.0;
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j < 3; j++)
            {
                variance += weights[i] * weights[j] * Ohio.JointCovariance[(i * Ohio.ParameterCount) + j];
            }
        }

        var contrast = new Contrast("all", weights);
        var row = inference.Test(contrast, 0.9);
        Assert.Equal(Ohio.Coefficients[0] - (2 * Ohio.Coefficients[1]) + (0.5 * Ohio.Coefficients[2]), row.Estimate, 1e-14);
        Assert.Equal(Math.Sqrt(variance), row.StandardError, 1e-14);
        Assert.Equal(row.Estimate - (1.6448536269514722 * row.StandardError), row.Lower, 1e-12);
        Assert.Equal(row.Estimate * row.Estimate / variance, inference.Test([contrast]).Statistic, 1e-10);
    }

    [Fact]
    public void Without_excess_zeros_there_is_no_table_of_their_log_odds() => Assert.Empty(GlmmInference.Of(Ohio).InflationTable());

    [Fact]
    public void A_fit_without_a_covariance_is_refused()
    {
        var fit = GlmmFitter.Fit(Ohio.Frame, Ohio.Options with { ComputeCovariance = false });
        Assert.Throws<ArgumentException>(() => GlmmInference.Of(fit));
        Assert.Throws<ArgumentException>(() => GlmmInference.Of(fit, robust: true));
    }
}
