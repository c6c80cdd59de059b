using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Gee.Tests.Fitting;

/// <summary>Correlations that are not positive definite: reported, or repaired when asked.</summary>
public class RepairTests
{
    private static readonly GeeOptions Options = new() { Family = Family.Binomial, Threads = 1 };

    // Pairs that always disagree: the moment estimate is below -1 with the divisor N - p.
    private static readonly ModelFrame Disagreeing = new(
        new DesignMatrix(8, ["(Intercept)", "x"], [1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 1, 2, 3, 1, 2], ["(Intercept)", "x"]),
        [0, 1, 1, 0, 0, 1, 1, 0],
        new Clusters("id", [0, 2, 4, 6, 8], i => $"{i}"));

    [Fact]
    public void Correlation_below_its_bound_is_reported_with_the_bound()
    {
        var fit = GeeFitter.Fit(Disagreeing, Options);
        Assert.Equal(ConvergenceStatus.NotPositiveDefinite, fit.Convergence.Status);
        Assert.Contains("outside (-1, 1)", fit.Convergence.Message, StringComparison.Ordinal);
        Assert.True(fit.Correlation.Alpha[0] <= -1);
    }

    [Fact]
    public void Repair_moves_a_correlation_to_its_bound_and_says_so()
    {
        var fit = GeeFitter.Fit(Disagreeing, Options with { RepairCorrelation = true });
        Assert.Equal(ConvergenceStatus.Boundary, fit.Convergence.Status);
        Assert.Equal(-0.95, fit.Correlation.Alpha[0], 1e-9);
        Assert.Contains(fit.Warnings, warning => warning.Contains("replaced by the nearest", StringComparison.Ordinal));
    }

    [Fact]
    public void Repair_leaves_a_fit_alone_that_needs_none()
    {
        var sample = ClusteredSample.Create(3, Family.Gaussian);
        var options = sample.Options(WorkingCorrelation.Unstructured);
        var plain = GeeFitter.Fit(sample.Frame, options);
        var repaired = GeeFitter.Fit(sample.Frame, options with { RepairCorrelation = true });
        Assert.True(plain.Convergence.Converged, plain.Convergence.ToString());
        Assert.Equal(plain.Coefficients.ToArray(), repaired.Coefficients.ToArray());
        Assert.Equal(plain.Warnings, repaired.Warnings);
    }

    [Fact]
    public void Repair_rescues_most_fits_whose_moments_are_no_correlations()
    {
        var (inadmissible, rescued) = (0, 0);
        for (var seed = -100; seed <= 100; seed += 2)
        {
            var family = seed % 4 == 0 ? Family.Poisson : Family.Gamma;
            var sample = ClusteredSample.Create(seed + 1, family, clusters: 40);
            var options = sample.Options(WorkingCorrelation.Unstructured);
            if (GeeFitter.Fit(sample.Frame, options).Convergence.Status != ConvergenceStatus.NotPositiveDefinite)
            {
                continue;
            }

            inadmissible++;
            var fit = GeeFitter.Fit(sample.Frame, options with { RepairCorrelation = true });
            if (fit.Convergence.Converged)
            {
                rescued++;
                Assert.Equal(ConvergenceStatus.Boundary, fit.Convergence.Status);
                Assert.Contains(fit.Warnings, warning => warning.Contains("replaced by the nearest", StringComparison.Ordinal));
            }
        }

        Assert.InRange(inadmissible, 10, 100);
        Assert.InRange(rescued, 0.9 * inadmissible, inadmissible);
    }

    [Fact]
    public void A_fixed_matrix_that_is_not_positive_definite_gives_no_estimates_unless_it_is_repaired()
    {
        var sample = ClusteredSample.Create(3, Family.Gaussian, waves: 3);
        var options = sample.Options(WorkingCorrelation.Fixed([1, .9, -.9, .9, 1, .9, -.9, .9, 1]));
        var fit = GeeFitter.Fit(sample.Frame, options);
        Assert.Equal(ConvergenceStatus.NotPositiveDefinite, fit.Convergence.Status);
        Assert.Equal(double.NaN, fit.Coefficients[0]);
        var repaired = GeeFitter.Fit(sample.Frame, options with { RepairCorrelation = true });
        Assert.Equal(ConvergenceStatus.Boundary, repaired.Convergence.Status);
        Assert.Contains(repaired.Warnings, warning => warning.Contains("replaced by the nearest", StringComparison.Ordinal));
    }
}
