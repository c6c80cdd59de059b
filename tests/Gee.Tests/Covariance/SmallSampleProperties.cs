using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Tests.Covariance;

/// <summary>The small-sample corrections and degrees of freedom, on random designs, against n×n matrices written from the papers.</summary>
public class SmallSampleProperties
{
    [Fact]
    public void Fay_Graubard_is_the_sandwich_of_scores_scaled_by_the_diagonal_of_the_leverage() => Check((fit, dense) =>
    {
        // Fay and Graubard 2001: H_i = diag(1 - min(b, {Omega_i V_m}_jj))^(-1/2), b = 0.75.
        var bread = Matrices.Inverse(dense.Information);
        var meat = new double[3, 3];
        for (var i = 0; i < dense.Scores.Length; i++)
        {
            var leverage = Matrices.Multiply(dense.Informations[i], bread);
            var score = Score(fit, dense, i, Matrices.Identity(fit.Frame.Clusters.Size(i)));
            for (var j = 0; j < 3; j++)
            {
                score[j, 0] *= Math.Pow(1 - Math.Min(0.75, leverage[j, j]), -0.5);
            }

            meat = Matrices.Add(meat, Square(score));
        }

        Same(Sandwich(bread, meat), fit, GeeVariance.FayGraubard);
    });

    /// <summary>A cluster that all but determines a coefficient: its score is not blown up beyond (1 − b)^−½ = 2.</summary>
    [Theory]
    [InlineData(0.5, 1.4142135623730951)]
    [InlineData(0.75, 2)]
    [InlineData(0.9, 2)]
    [InlineData(1, 2)]
    public void Fay_Graubard_bounds_the_leverage_of_one_cluster(double leverage, double factor)
    {
        double[] score = [3];
        GeeVariance.Adjust([2], [leverage / 2], score);
        Assert.Equal(3 * factor, score[0], 1e-12);
    }

    [Fact]
    public void Morel_Bokossa_and_Neerchal_add_a_multiple_of_the_model_based_variance() => Check(IsMorel);

    /// <summary>With as many clusters as coefficients delta is 1/2; scores of an estimate that is none do not add up to zero.</summary>
    [Theory]
    [InlineData(2, 50)]
    [InlineData(3, 50)]
    [InlineData(14, 1)]
    public void Morels_scores_are_centred_and_few_clusters_have_half_the_variance(int clusters, int iterations)
    {
        var sample = ClusteredSample.Create(8, Family.Gamma, clusters: clusters);
        var fit = GeeFitter.Fit(
            sample.Frame, sample.Options(WorkingCorrelation.Independence) with { MaximumIterations = iterations });
        Assert.Equal(iterations > 1, fit.Convergence.Converged);
        IsMorel(fit, new DenseEquations(fit, (j, k) => j == k ? 1 : 0));
    }

    /// <summary>One cluster says nothing of how clusters vary, and with a coefficient for every row none is left over.</summary>
    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 1)]
    [InlineData(3, 2)]
    public void Morels_variance_needs_two_clusters_and_more_rows_than_coefficients(int clusters, int size)
    {
        const int p = 3;
        double[] x = [.. Enumerable.Range(0, clusters * size).Select(row => Math.Sin(1 + (2 * row)))];
        var frame = new ModelFrame(
            new DesignMatrix(x.Length, ["(Intercept)", "x", "z"], [.. x.Select(_ => 1.0), .. x, .. x.Select(Math.Exp)], ["a", "b", "c"]),
            [.. x.Select((value, row) => value + Math.Cos(5 * row))],
            new Clusters("id", [.. Enumerable.Range(0, clusters + 1).Select(c => size * c)], i => $"{i}"));
        var fit = GeeFitter.Fit(frame, new GeeOptions { Family = Family.Gaussian, Correlation = WorkingCorrelation.Independence });
        var covariance = GeeInference.Of(fit, GeeVariance.Morel).Covariance.ToArray();
        Assert.Equal(p * p, covariance.Length);
        Assert.All(covariance, one => Assert.Equal(clusters < 2 || x.Length <= p, double.IsNaN(one)));
    }

    private static void IsMorel(GeeFit fit, DenseEquations dense)
    {
        // Morel, Bokossa and Neerchal 2003: V = M^-1 (k S) M^-1 + delta phi M^-1, with S of the scores about their mean,
        // k = (N - 1)/(N - p) K/(K - 1), delta = min(1/2, p/(K - p)), or 1/2 up to K = p, phi = max(1, tr(M^-1 k S)/p).
        var bread = Matrices.Inverse(dense.Information);
        var count = dense.Scores.Length;
        double n = fit.Frame.Rows, clusters = count;
        var sizes = fit.Frame.Clusters;
        double[][,] scores = [.. Enumerable.Range(0, count).Select(i => Score(fit, dense, i, Matrices.Identity(sizes.Size(i))))];
        var mean = scores.Aggregate(new double[3, 1], (sum, score) => Matrices.Add(sum, score, 1 / clusters));
        var meat = new double[3, 3];
        foreach (var score in scores)
        {
            meat = Matrices.Add(meat, Square(Matrices.Add(score, mean, -1)), (n - 1) / (n - 3) * clusters / (clusters - 1));
        }

        var product = Matrices.Multiply(bread, meat);
        var phi = Math.Max(1, (product[0, 0] + product[1, 1] + product[2, 2]) / 3);
        var delta = count > 3 ? Math.Min(0.5, 3 / (clusters - 3)) : 0.5;
        Same(Matrices.Add(Sandwich(bread, meat), bread, delta * phi), fit, GeeVariance.Morel);
    }

    [Fact]
    public void Mancl_DeRouen_divides_residuals_by_one_minus_the_leverage_matrix() => Check((fit, dense) =>
    {
        var bread = Matrices.Inverse(dense.Information);
        var meat = new double[3, 3];
        for (var i = 0; i < dense.Scores.Length; i++)
        {
            // Mancl and DeRouen 2001: (I - H_ii)^-1, H_ii = D M^-1 D'V^-1.
            var hat = Matrices.Multiply(Matrices.Multiply(dense.Derivatives(i, fit.Coefficients), bread), dense.Leverages[i]);
            meat = Matrices.Add(
                meat,
                Square(Score(fit, dense, i, Matrices.Inverse(Matrices.Add(Matrices.Identity(hat.GetLength(0)), hat, -1)))));
        }

        Same(Sandwich(bread, meat), fit, GeeVariance.ManclDeRouen);
    });

    [Fact]
    public void Satterthwaite_of_Fay_and_Graubard_is_the_ratio_of_traces_of_stacked_matrices() => Check((fit, dense) =>
    {
        double[] contrast = [0.3, 1, -0.5];
        var actual = GeeInference.Of(fit, degreesOfFreedom: GeeDegreesOfFreedom.Satterthwaite).DegreesOfFreedom(contrast);
        Assert.Equal(StackedSatterthwaite.Of(dense, contrast), actual!.Value, 1e-7 * actual.Value);
        Assert.InRange(actual.Value, 0.9, dense.Scores.Length);
    });

    [Fact]
    public void Pan_Wall_degrees_of_freedom_come_from_the_covariance_of_the_vectorised_meat() => Check((fit, dense) =>
    {
        // Pan and Wall 2002: vec(V_LZ) = K (M^-1 x M^-1) vec(mean of P_i), P_i = vec(U_i U_i'), whose covariance is
        // K^2 (M^-1 x M^-1) T (M^-1 x M^-1), T = sum (P_i - Q)(P_i - Q)' / (K(K - 1)).
        double clusters = dense.Scores.Length;
        var bread = Matrices.Inverse(dense.Information);
        var products = new double[dense.Scores.Length][,];
        var mean = new double[9, 1];
        for (var i = 0; i < products.Length; i++)
        {
            var square = Square(Score(fit, dense, i, Matrices.Identity(fit.Frame.Clusters.Size(i))));
            products[i] = new double[9, 1];
            for (var at = 0; at < 9; at++)
            {
                products[i][at, 0] = square[at % 3, at / 3];
            }

            mean = Matrices.Add(mean, products[i], 1 / clusters);
        }

        var spread = new double[9, 9];
        foreach (var product in products)
        {
            spread = Matrices.Add(spread, Square(Matrices.Add(product, mean, -1)), 1 / (clusters * (clusters - 1)));
        }

        var kronecker = new double[9, 9];
        for (var row = 0; row < 9; row++)
        {
            for (var column = 0; column < 9; column++)
            {
                kronecker[row, column] = bread[row / 3, column / 3] * bread[row % 3, column % 3];
            }
        }

        // vec of the contrast c c' picks c'Vc and its variance.
        double[] contrast = [0.3, 1, -0.5];
        var pick = new double[1, 9];
        for (var at = 0; at < 9; at++)
        {
            pick[0, at] = contrast[at / 3] * contrast[at % 3];
        }

        var left = Matrices.Multiply(pick, kronecker);
        var value = clusters * Matrices.Multiply(left, mean)[0, 0];
        var variance = clusters * clusters * Matrices.Multiply(Matrices.Multiply(left, spread), Matrices.Transpose(left))[0, 0];
        Assert.Equal(
            2 * value * value / variance,
            GeeInference.Of(fit, degreesOfFreedom: GeeDegreesOfFreedom.PanWall).DegreesOfFreedom(contrast)!.Value,
            1e-7 * 2 * value * value / variance);
    });

    private static void Check(Action<GeeFit, DenseEquations> verify)
    {
        Family[] families = [Family.Binomial, Family.Poisson, Family.Gaussian, Family.Gamma];
        var converged = 0;
        Prop.ForAll(
            ArbMap.Default.ArbFor<int>(),
            seed =>
            {
                var sample = ClusteredSample.Create(
                    seed,
                    families[Math.Abs(seed % 4)],
                    clusters: 12 + Math.Abs(seed % 7),
                    weighted: seed % 3 == 0,
                    withOffset: seed % 5 == 0);
                var structure = Math.Abs(seed % 2) == 0 ? WorkingCorrelation.Exchangeable : WorkingCorrelation.Ar1;
                var fit = GeeFitter.Fit(sample.Frame, sample.Options(structure));
                if (fit.Convergence.Converged)
                {
                    converged++;
                    verify(fit, new DenseEquations(fit, (j, k) =>
                        structure == WorkingCorrelation.Exchangeable
                            ? fit.Correlation.Alpha[0]
                            : Math.Pow(fit.Correlation.Alpha[0], Math.Abs(fit.Frame.Waves[j] - fit.Frame.Waves[k]))));
                }
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

        // A dozen clusters may be separated, or correlated beyond a bound.
        Assert.InRange(converged, 35, 40);
    }

    // D'V^-1 C (y - mu) of a cluster for a correction C of the residuals.
    private static double[,] Score(GeeFit fit, DenseEquations dense, int cluster, double[,] correction)
    {
        var n = fit.Frame.Clusters.Size(cluster);
        var residual = new double[n, 1];
        for (var j = 0; j < n; j++)
        {
            var row = fit.Frame.Clusters.Start(cluster) + j;
            residual[j, 0] = fit.Frame.Response[row] - dense.Mean(fit.Coefficients, row);
        }

        return Matrices.Multiply(dense.Leverages[cluster], Matrices.Multiply(correction, residual));
    }

    private static double[,] Square(double[,] column) => Matrices.Multiply(column, Matrices.Transpose(column));

    private static double[,] Sandwich(double[,] bread, double[,] meat) => Matrices.Multiply(Matrices.Multiply(bread, meat), bread);

    private static void Same(double[,] expected, GeeFit fit, GeeVariance variance) =>
        Assert.InRange(Matrices.Distance(expected, Matrices.FromRows(GeeInference.Of(fit, variance).Covariance, 3)), 0, 1e-8);
}
