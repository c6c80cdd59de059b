using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Diagnostics;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Gee.Tests.Inference;

/// <summary>Tests, predictions and diagnostics of a fit.</summary>
public class InferenceTests
{
    [Fact]
    public void Score_test_of_a_mean_is_the_one_sample_robust_statistic()
    {
        // Gaussian, independence, intercept and arm: under no effect the restricted
        // mean is the grand mean, and everything is a sum over clusters.
        var sample = ClusteredSample.Create(3, Family.Gaussian);
        var frame = new ModelFrame(
            new DesignMatrix(
                sample.Frame.Rows,
                ["(Intercept)", "arm"],
                sample.Frame.Design.Values[..(2 * sample.Frame.Rows)].ToArray(),
                ["(Intercept)", "arm"]),
            sample.Frame.Response.ToArray(),
            sample.Frame.Clusters);
        var fit = GeeFitter.Fit(frame, sample.Options(WorkingCorrelation.Independence));
        var test = ScoreTest.Of(fit, [new Contrast("arm", [0, 1])]);

        var arm = frame.Design.Column(1).ToArray();
        var mean = frame.Response.ToArray().Average();
        var share = arm.Average();
        double score = 0, meat = 0;
        for (var i = 0; i < frame.Clusters.Count; i++)
        {
            var own = 0.0;
            for (var row = frame.Clusters.Start(i); row < frame.Clusters.Start(i) + frame.Clusters.Size(i); row++)
            {
                own += (arm[row] - share) * (frame.Response[row] - mean);
            }

            score += own;
            meat += own * own;
        }

        Assert.Equal(score * score / meat, test.Statistic, 1e-8 * test.Statistic);
        Assert.Equal(1, test.Rank);
        Assert.True(test.Restricted.Converged);
    }

    [Fact]
    public void Score_test_does_not_depend_on_the_scale_or_repetition_of_contrasts()
    {
        var sample = ClusteredSample.Create(6, Family.Binomial);
        var fit = GeeFitter.Fit(sample.Frame, sample.Options(WorkingCorrelation.Exchangeable));
        var one = ScoreTest.Of(fit, [new Contrast("a", [0, 1, 0]), new Contrast("b", [0, 0, 1])]);
        var other = ScoreTest.Of(fit, [new Contrast("a", [0, 5, 1]), new Contrast("b", [0, 1, -1]), new Contrast("c", [0, 2, 0])]);
        Assert.Equal(one.Statistic, other.Statistic, 1e-6 * one.Statistic);
        Assert.Equal(2, other.Rank);

        // Wald and score test agree in order of magnitude on these data.
        var wald = GeeInference.Of(fit).Test([new Contrast("a", [0, 1, 0]), new Contrast("b", [0, 0, 1])]);
        Assert.InRange(one.Statistic / wald.Statistic, 0.5, 1.5);
    }

    [Fact]
    public void Term_tests_of_single_coefficients_are_squared_z_statistics()
    {
        var sample = ClusteredSample.Create(6, Family.Poisson);
        var fit = GeeFitter.Fit(sample.Frame, sample.Options(WorkingCorrelation.Exchangeable));
        var table = GeeInference.Of(fit).CoefficientTable();
        foreach (var test in TermTest.Of(GeeInference.Of(fit)))
        {
            Assert.Equal(Math.Pow(table[test.Term].Statistic, 2), test.Wald.Statistic, 1e-9 * test.Wald.Statistic);
            Assert.Equal(table[test.Term].PValue, test.Wald.PValue, 1e-9);
        }
    }

    [Fact]
    public void Predictions_carry_the_delta_method()
    {
        var sample = ClusteredSample.Create(9, Family.Binomial, withOffset: true);
        var fit = GeeFitter.Fit(sample.Frame, sample.Options(WorkingCorrelation.Exchangeable));
        var prediction = Prediction.For(GeeInference.Of(fit))[7];
        double[] x = [1, sample.Frame.Design.Column(1)[7], sample.Frame.Design.Column(2)[7]];
        var eta = sample.Frame.Offset[7];
        var variance = 0.0;
        for (var j = 0; j < 3; j++)
        {
            eta += x[j] * fit.Coefficients[j];
            for (var k = 0; k < 3; k++)
            {
                variance += x[j] * x[k] * GeeInference.Of(fit).Covariance[(3 * j) + k];
            }
        }

        Assert.Equal(eta, prediction.Predictor, 1e-12);
        Assert.Equal(Math.Sqrt(variance), prediction.PredictorError, 1e-12);
        Assert.Equal(prediction.Mean * (1 - prediction.Mean) * Math.Sqrt(variance), prediction.MeanError, 1e-12);
        Assert.Equal(1 / (1 + Math.Exp(-(eta - (1.959963984540054 * Math.Sqrt(variance))))), prediction.Lower, 1e-9);
    }

    [Fact]
    public void One_step_influence_is_near_the_refits_and_leverages_add_up_to_p()
    {
        var sample = ClusteredSample.Create(9, Family.Poisson);
        var fit = GeeFitter.Fit(sample.Frame, sample.Options(WorkingCorrelation.Exchangeable));
        var step = ClusterDeletion.OneStep(fit);
        var exact = ClusterDeletion.Refitted(fit);
        Assert.Equal(3, step.Leverages.ToArray().Sum(), 1e-9);
        var errors = GeeInference.Of(fit, GeeVariance.Robust).StandardErrors();
        for (var i = 0; i < fit.Frame.Clusters.Count; i++)
        {
            for (var j = 0; j < 3; j++)
            {
                Assert.InRange(Math.Abs(step.Change(i)[j] - exact.Change(i)[j]) / errors[j], 0, 0.15);
            }
        }

        // Whoever moves the fit most by refitting does so by one step too.
        var most = Array.IndexOf(exact.Distances.Values.ToArray(), exact.Distances.Values.ToArray().Max());
        Assert.Equal(most, Array.IndexOf(step.Distances.Values.ToArray(), step.Distances.Values.ToArray().Max()));
    }

    [Fact]
    public void One_step_influence_is_exact_for_a_linear_model_under_independence()
    {
        var sample = ClusteredSample.Create(2, Family.Gaussian, weighted: true);
        var fit = GeeFitter.Fit(sample.Frame, sample.Options(WorkingCorrelation.Independence));
        var step = ClusterDeletion.OneStep(fit).Changes;
        var exact = ClusterDeletion.Refitted(fit).Changes;
        for (var j = 0; j < step.Length; j++)
        {
            Assert.Equal(exact[j], step[j], 1e-9);
        }
    }

    [Fact]
    public void Pearson_residuals_have_mean_square_one()
    {
        var sample = ClusteredSample.Create(2, Family.Gamma, weighted: true);
        var fit = GeeFitter.Fit(sample.Frame, sample.Options(WorkingCorrelation.Exchangeable));
        Assert.Equal(fit.Frame.Rows - 3, Residuals.Pearson(fit).Sum(value => value * value), 1e-8 * fit.Frame.Rows);
        Assert.Equal(fit.Frame.Rows, Residuals.Raw(fit).Length);
    }

    [Fact]
    public void Under_independence_with_unit_dispersion_CIC_is_the_trace_of_model_information_and_robust_variance()
    {
        var sample = ClusteredSample.Create(2, Family.Binomial);
        var fit = GeeFitter.Fit(sample.Frame, sample.Options(WorkingCorrelation.Independence) with { FixedScale = 1 });
        var criteria = InformationCriteria.Of(fit);
        var trace = 0.0;
        for (var j = 0; j < 9; j++)
        {
            trace += fit.Information[j] * GeeInference.Of(fit, GeeVariance.Robust).Covariance[j];
        }

        Assert.Equal(trace, criteria.Cic, 1e-9);
        Assert.Equal(criteria.Qic - (2 * criteria.Cic), criteria.Qicu - 6, 1e-9);
        Assert.True(criteria.Quasilikelihood < 0);
    }
}
