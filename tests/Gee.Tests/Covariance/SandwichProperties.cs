using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Gee.Tests.Covariance;

/// <summary>Every variance estimator against its original n×n definition.</summary>
public class SandwichProperties
{
    public static TheoryData<int> Seeds => [1, 2, 3, 4, 5, 6];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Mancl_DeRouen_matches_the_leverages_of_the_definition(int seed) =>
        Compare(seed, GeeVariance.ManclDeRouen, (hat, _) => Matrices.Inverse(Matrices.Add(Matrices.Identity(hat.GetLength(0)), hat, -1)));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Kauermann_Carroll_matches_the_inverse_square_root_of_the_definition(int seed) =>
        Compare(
            seed,
            GeeVariance.KauermannCarroll,
            (hat, _) => InverseSquareRoot(Matrices.Add(Matrices.Identity(hat.GetLength(0)), hat, -1)));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Robust_is_the_sandwich_of_residuals(int seed) =>
        Compare(seed, GeeVariance.Robust, (hat, _) => Matrices.Identity(hat.GetLength(0)));

    [Fact]
    public void One_step_jackknife_is_a_multiple_of_Mancl_DeRouen()
    {
        var (fit, _) = Fit(3);
        var factor = (fit.Frame.Clusters.Count - 3.0) / fit.Frame.Clusters.Count;
        for (var j = 0; j < 9; j++)
        {
            Assert.Equal(
                factor * GeeInference.Of(fit, GeeVariance.ManclDeRouen).Covariance[j],
                GeeInference.Of(fit, GeeVariance.Jackknife).Covariance[j],
                1e-14);
        }
    }

    // geepack 1.3.12, src/gee2.cc: (I − p − q − r)/I with r = 1, the scale, whether it is fixed or not.
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(1, true)]
    public void The_jackknife_of_geepack_counts_the_correlation_and_the_scale(int correlations, bool fixesScale)
    {
        var sample = ClusteredSample.Create(3, Family.Binomial, clusters: 14);
        var fit = GeeFitter.Fit(
            sample.Frame,
            sample.Options(correlations == 0 ? WorkingCorrelation.Independence : WorkingCorrelation.Exchangeable) with
            {
                Moments = MomentConvention.Geepack,
                FixedScale = fixesScale ? 1 : null,
            });
        var stepped = GeeInference.Of(fit, GeeVariance.Jackknife).Covariance;
        var deRouen = GeeInference.Of(fit, GeeVariance.ManclDeRouen).Covariance;
        var full = GeeInference.Of(fit, GeeVariance.JackknifeFull).Covariance;
        var changes = Refits.Changes(fit);
        for (var j = 0; j < 9; j++)
        {
            Assert.Equal((14.0 - 3 - correlations - 1) / 14 * deRouen[j], stepped[j], 1e-14);
            var sum = Enumerable.Range(0, 14).Sum(i => changes[(3 * i) + (j / 3)] * changes[(3 * i) + (j % 3)]);
            Assert.Equal((14.0 - 3 - correlations - 1) / 14 * sum, full[j], 1e-14);
        }
    }

    [Fact]
    public void Full_jackknife_is_near_the_one_step_jackknife_and_not_equal()
    {
        var sample = ClusteredSample.Create(5, Family.Poisson, clusters: 60);
        var fit = GeeFitter.Fit(sample.Frame, sample.Options(WorkingCorrelation.Exchangeable));
        var full = GeeInference.Of(fit, GeeVariance.JackknifeFull).StandardErrors();
        var step = GeeInference.Of(fit, GeeVariance.Jackknife).StandardErrors();
        for (var j = 0; j < full.Length; j++)
        {
            Assert.InRange(full[j] / step[j], 0.9, 1.1);
            Assert.NotEqual(full[j], step[j]);
        }
    }

    [Fact]
    public void Full_jackknife_needs_an_estimate_to_differ_from()
    {
        var sample = ClusteredSample.Create(5, Family.Binomial, clusters: 30);
        var fit = GeeFitter.Fit(sample.Frame, sample.Options(WorkingCorrelation.Exchangeable) with { MaximumIterations = 1 });
        Assert.False(fit.Convergence.Converged);
        Assert.All(Refits.Changes(fit), change => Assert.True(double.IsNaN(change)));
        Assert.All(GeeInference.Of(fit, GeeVariance.JackknifeFull).StandardErrors(), error => Assert.True(double.IsNaN(error)));
    }

    [Fact]
    public void Pan_Wall_degrees_of_freedom_by_hand()
    {
        // Two clusters' shares s1, s2: variance of the sum is (s1 - s2)^2, so nu = 2 (s1 + s2)^2 / (s1 - s2)^2.
        var frame = new ModelFrame(
            new DesignMatrix(4, ["(Intercept)"], [1, 1, 1, 1], ["(Intercept)"]),
            [0, 3, 1, 8],
            new Clusters("id", [0, 1, 4], i => $"{i}"));
        var fit = GeeFitter.Fit(frame, new GeeOptions { Family = Family.Gaussian, Correlation = WorkingCorrelation.Independence });

        // Mean 3: the clusters' residual sums are -3 and 3, so both shares are equal and the estimated variance is 0.
        Assert.Equal(double.NaN, GeeInference.Of(fit, degreesOfFreedom: GeeDegreesOfFreedom.PanWall).DegreesOfFreedom([1]));

        // So they are wherever the iterations end, up to what these have left.
        var slope = new ModelFrame(
            new DesignMatrix(6, ["(Intercept)", "x"], [1, 1, 1, 1, 1, 1, 0.1, 0.7, 0.2, 0.9, 0.4, 0.3], ["(Intercept)", "x"]),
            [1, 3, 1, 8, 2, 5],
            new Clusters("id", [0, 2, 6], i => $"{i}"));
        var counts = GeeFitter.Fit(slope, new GeeOptions { Family = Family.Poisson, Correlation = WorkingCorrelation.Independence });
        Assert.True(counts.Convergence.Converged);
        Assert.Equal(double.NaN, GeeInference.Of(counts, degreesOfFreedom: GeeDegreesOfFreedom.PanWall).DegreesOfFreedom([0.3, 1]));

        Assert.Equal(1, GeeInference.Of(fit, degreesOfFreedom: GeeDegreesOfFreedom.ClustersMinusCoefficients).DegreesOfFreedom([1]));
    }

    [Fact]
    public void Between_within_counts_clusters_for_what_varies_between_and_rows_for_what_varies_within()
    {
        var (fit, _) = Fit(2);
        var (rows, clusters) = (fit.Frame.Rows, fit.Frame.Clusters.Count);
        Assert.Equal(clusters - 2, GeeInference.Of(fit, degreesOfFreedom: GeeDegreesOfFreedom.BetweenWithin).DegreesOfFreedom([0, 1, 0]));
        Assert.Equal(
            rows - clusters - 1,
            GeeInference.Of(fit, degreesOfFreedom: GeeDegreesOfFreedom.BetweenWithin).DegreesOfFreedom([0, 0, 1]));

        // A joint test has the fewest of its contrasts, whichever comes first.
        var inference = GeeInference.Of(fit, degreesOfFreedom: GeeDegreesOfFreedom.BetweenWithin);
        var (between, within) = (new Contrast("arm", [0, 1, 0]), new Contrast("x", [0, 0, 1]));
        Assert.Equal(clusters - 2, inference.Test([between, within]).DenominatorDegreesOfFreedom);
        Assert.Equal(clusters - 2, inference.Test([within, between]).DenominatorDegreesOfFreedom);
    }

    private static (GeeFit Fit, DenseEquations Dense) Fit(int seed)
    {
        var sample = ClusteredSample.Create(seed, seed % 2 == 0 ? Family.Binomial : Family.Poisson, clusters: 14, weighted: seed % 3 == 0);
        var fit = GeeFitter.Fit(sample.Frame, sample.Options(WorkingCorrelation.Exchangeable));
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
        return (fit, new DenseEquations(fit, (_, _) => fit.Correlation.Alpha[0]));
    }

    private static void Compare(int seed, GeeVariance variance, Func<double[,], int, double[,]> correction)
    {
        var (fit, dense) = Fit(seed);
        var bread = Matrices.Inverse(dense.Information);
        var meat = new double[3, 3];
        for (var i = 0; i < dense.Scores.Length; i++)
        {
            var derivatives = dense.Derivatives(i, fit.Coefficients);
            var hat = Matrices.Multiply(Matrices.Multiply(derivatives, bread), dense.Leverages[i]);
            var n = derivatives.GetLength(0);
            var residual = new double[n, 1];
            for (var j = 0; j < n; j++)
            {
                var row = fit.Frame.Clusters.Start(i) + j;
                residual[j, 0] = fit.Frame.Response[row] - dense.Mean(fit.Coefficients, row);
            }

            var score = Matrices.Multiply(dense.Leverages[i], Matrices.Multiply(correction(hat, n), residual));
            meat = Matrices.Add(meat, Matrices.Multiply(score, Matrices.Transpose(score)));
        }

        var expected = Matrices.Multiply(Matrices.Multiply(bread, meat), bread);
        Assert.InRange(Matrices.Distance(expected, Matrices.FromRows(GeeInference.Of(fit, variance).Covariance, 3)), 0, 1e-9);
    }

    // Denman and Beavers' iteration: good for matrices that are not symmetric but have positive eigenvalues.
    private static double[,] InverseSquareRoot(double[,] matrix)
    {
        var y = matrix;
        var z = Matrices.Identity(matrix.GetLength(0));
        for (var iteration = 0; iteration < 60; iteration++)
        {
            var next = Half(Matrices.Add(y, Matrices.Inverse(z)));
            z = Half(Matrices.Add(z, Matrices.Inverse(y)));
            y = next;
        }

        return z;
    }

    private static double[,] Half(double[,] matrix) => Matrices.Add(matrix, matrix, -0.5);
}
