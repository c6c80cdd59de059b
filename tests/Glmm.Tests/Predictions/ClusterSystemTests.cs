using MarginalConditional.Glmm.Predictions;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Glmm.Tests.Predictions;

/// <summary>What predictions know of a cluster equals one dense system over all of its effects, and differences of its modes.</summary>
public sealed class ClusterSystemTests
{
    [Theory]
    [InlineData(1, new[] { 12 }, 2)]
    [InlineData(2, new[] { 8, 3 }, 1)]
    [InlineData(3, new[] { 8, 3 }, 2)]
    [InlineData(4, new[] { 6, 2, 3 }, 1)]
    public void Predictor_variance_and_gradient_equal_a_dense_system(int seed, int[] groups, int effects)
    {
        var fit = GlmmFitter.Fit(
            SyntheticFrames.Make(seed, Family.Binomial, groups, size: 5, effects: effects, deviation: 1.3),
            new GlmmOptions { Family = Family.Binomial, Nodes = 1, CheckNodes = false, Threads = 1 });
        var psi = fit.Parameters.ToArray();
        double[] linear = [.. Enumerable.Range(0, fit.Frame.Rows).Select(i => Fixed(fit, psi, i))];
        for (var cluster = 0; cluster < 2; cluster++)
        {
            var system = new ClusterSystem(fit, cluster, linear);
            var (eta, curvature, loadings) = Dense(fit, psi, cluster);
            var variances = (loadings * curvature.Inverse() * loadings.Transpose()).Diagonal();
            var (actual, gradients) = system.PredictorUncertainty();
            var atMode = system.PredictorAtMode();
            for (var i = 0; i < system.Rows; i++)
            {
                Assert.Equal(eta[i], atMode[i], 1e-7);
                Assert.Equal(variances[i], actual[i], 1e-7);
            }

            for (var j = 0; j < psi.Length; j++)
            {
                var difference = (Moved(j, 1e-5) - Moved(j, -1e-5)) / 2e-5;
                for (var i = 0; i < system.Rows; i++)
                {
                    Assert.Equal(difference[i], gradients[(i * psi.Length) + j], 1e-5);
                }
            }

            Vector<double> Moved(int j, double step)
            {
                var there = (double[])psi.Clone();
                there[j] += step;
                return Dense(fit, there, cluster).Eta;
            }
        }
    }

    private static double Fixed(GlmmFit fit, double[] psi, int row) =>
        Enumerable.Range(0, fit.Coefficients.Length).Sum(j => psi[j] * fit.Frame.Design.Column(j)[row]);

    // η at the mode, H and V = ZL of a cluster, by Newton's method on all effects of all groups of the frame.
    private static (Vector<double> Eta, Matrix<double> Curvature, Matrix<double> Loadings) Dense(GlmmFit fit, double[] psi, int cluster)
    {
        var frame = fit.Frame;
        int[] rows = [.. Enumerable.Range(0, frame.Rows).Where(i => frame.RandomTerms[0].Groups[i] == cluster)];
        var loadings = Matrix<double>.Build.Dense(rows.Length, frame.RandomTerms.Sum(term => term.GroupCount * term.Dimension));
        var (place, parameter) = (0, fit.Coefficients.Length);
        foreach (var term in frame.RandomTerms)
        {
            for (var b = 0; b < term.Dimension; b++)
            {
                for (var a = b; a < term.Dimension; a++, parameter++)
                {
                    for (var i = 0; i < rows.Length; i++)
                    {
                        loadings[i, place + (term.Groups[rows[i]] * term.Dimension) + b] += term.Column(a)[rows[i]] * psi[parameter];
                    }
                }
            }

            place += term.GroupCount * term.Dimension;
        }

        var linear = Vector<double>.Build.Dense(rows.Length, i => Fixed(fit, psi, rows[i]));
        var response = Vector<double>.Build.Dense(rows.Length, i => frame.Response[rows[i]]);
        var u = Vector<double>.Build.Dense(loadings.ColumnCount);
        for (var iteration = 0; ; iteration++)
        {
            var eta = linear + (loadings * u);
            var mean = eta.Map(value => 1 / (1 + Math.Exp(-value)));
            var weights = Matrix<double>.Build.DenseOfDiagonalVector(mean.Map(m => m * (1 - m)));
            var curvature = Matrix<double>.Build.DenseIdentity(u.Count) + (loadings.Transpose() * weights * loadings);
            if (iteration == 15)
            {
                return (eta, curvature, loadings);
            }

            u += curvature.Solve((loadings.Transpose() * (response - mean)) - u);
        }
    }
}
