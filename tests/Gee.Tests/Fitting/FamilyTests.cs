using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Diagnostics;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Tests.Fitting;

/// <summary>What families add: trials, dispersion, links.</summary>
public class FamilyTests
{
    [Fact]
    public void Trials_are_as_good_as_rows_under_independence()
    {
        // 3 of 5 events as one row, or as five rows of the same cluster.
        double[] events = [3, 1, 4, 2, 5, 0];
        double[] trials = [5, 4, 6, 3, 7, 4];
        double[] x = [0.1, -0.4, 1.2, 0.3, 0.9, -1];
        int[] offsets = [0, 2, 4, 6];
        var grouped = Frame(x, [.. events.Select((value, row) => value / trials[row])], offsets, trials);
        var (longX, longY, longOffsets) = (new List<double>(), new List<double>(), new List<int> { 0 });
        for (var row = 0; row < x.Length; row++)
        {
            for (var trial = 0; trial < trials[row]; trial++)
            {
                longX.Add(x[row]);
                longY.Add(trial < events[row] ? 1 : 0);
            }

            if (row % 2 == 1)
            {
                longOffsets.Add(longX.Count);
            }
        }

        var options = new GeeOptions { Family = Family.Binomial, Correlation = WorkingCorrelation.Independence, FixedScale = 1 };
        var one = GeeFitter.Fit(grouped, options);
        var other = GeeFitter.Fit(Frame([.. longX], [.. longY], [.. longOffsets], []), options);
        for (var j = 0; j < 2; j++)
        {
            Assert.Equal(other.Coefficients[j], one.Coefficients[j], 1e-9);
            Assert.Equal(
                GeeInference.Of(other, GeeVariance.Robust).StandardErrors()[j],
                GeeInference.Of(one, GeeVariance.Robust).StandardErrors()[j],
                1e-9);
            Assert.Equal(
                GeeInference.Of(other, GeeVariance.Model).StandardErrors()[j],
                GeeInference.Of(one, GeeVariance.Model).StandardErrors()[j],
                1e-9);
        }
    }

    [Fact]
    public void Theta_by_moments_makes_the_scale_one()
    {
        var random = new Sequence(3);
        var sample = ClusteredSample.Create(5, Family.Poisson);
        var counts = sample.Frame.Response.ToArray();
        for (var row = 0; row < counts.Length; row++)
        {
            counts[row] = Math.Floor(counts[row] * -2 * Math.Log(1 - random.Uniform()));
        }

        var frame = sample.Frame.WithResponse(counts);
        var (fit, theta, warning) = NegativeBinomialFitter.Fit(frame, sample.Options(WorkingCorrelation.Exchangeable));
        Assert.Null(warning);
        Assert.True(fit.Convergence.Converged);
        Assert.InRange(theta, 0.1, 10);
        Assert.Equal(frame.Rows - 3, Residuals.Pearson(fit).Sum(value => value * value), 1e-5 * frame.Rows);
    }

    [Fact]
    public void Counts_that_vary_less_than_Poisson_give_the_Poisson_fit_and_a_warning()
    {
        var sample = ClusteredSample.Create(5, Family.Poisson);
        var frame = sample.Frame.WithResponse([.. Enumerable.Range(0, sample.Frame.Rows).Select(row => 3.0 + (row % 2))]);
        var options = sample.Options(WorkingCorrelation.Independence);
        var (fit, _, warning) = NegativeBinomialFitter.Fit(frame, options);
        var poisson = GeeFitter.Fit(frame, options);
        Assert.Contains("edge", warning, StringComparison.Ordinal);
        Assert.Equal(poisson.Coefficients[1], fit.Coefficients[1], 1e-6);
    }

    [Fact]
    public void Identity_link_with_exchangeable_correlation_is_generalized_least_squares()
    {
        var sample = ClusteredSample.Create(5, Family.Gaussian);
        var fit = GeeFitter.Fit(sample.Frame, sample.Options(WorkingCorrelation.Exchangeable));
        var dense = new DenseEquations(fit, (_, _) => fit.Correlation.Alpha[0]);
        var right = new double[3, 1];
        for (var i = 0; i < dense.Scores.Length; i++)
        {
            var y = new double[fit.Frame.Clusters.Size(i), 1];
            for (var j = 0; j < y.Length; j++)
            {
                y[j, 0] = fit.Frame.Response[fit.Frame.Clusters.Start(i) + j];
            }

            right = Matrices.Add(right, Matrices.Multiply(dense.Leverages[i], y));
        }

        var least = Matrices.Multiply(Matrices.Inverse(dense.Information), right);
        for (var j = 0; j < 3; j++)
        {
            Assert.Equal(least[j, 0], fit.Coefficients[j], 1e-9);
        }
    }

    [Fact]
    public void A_log_binomial_model_that_leaves_the_unit_interval_is_kept_inside()
    {
        var sample = ClusteredSample.Create(5, Family.Binomial, Link.Log, clusters: 200);
        var fit = GeeFitter.Fit(sample.Frame, sample.Options(WorkingCorrelation.Exchangeable));
        var dense = new DenseEquations(fit, (_, _) => 0);
        for (var row = 0; row < fit.Frame.Rows; row++)
        {
            Assert.InRange(dense.Mean(fit.Coefficients, row), 0, 1);
        }
    }

    private static ModelFrame Frame(double[] x, double[] y, int[] offsets, double[] trials) =>
        new(
            new DesignMatrix(y.Length, ["(Intercept)", "x"], [.. Enumerable.Repeat(1.0, y.Length), .. x], ["(Intercept)", "x"]),
            y,
            new Clusters("id", offsets, i => $"{i}"))
        {
            Trials = trials,
        };
}
