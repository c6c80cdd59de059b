using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Residual;
using MarginalConditional.Lmm.Tests.Hierarchy;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Inference;

public sealed class KenwardRogerMomentsTests
{
    [Fact]
    public void Random_effects_match_the_sums_of_dense_matrices() =>
        AssertDense(LinearFrames.Longitudinal(95, 12, 5, slope: true), ResidualStructure.Identity);

    [Fact]
    public void An_autoregression_matches_the_sums_of_dense_matrices() =>
        AssertDense(LinearFrames.Longitudinal(96, 20, 4, slope: false, random: false), ResidualStructure.FirstOrderAutoregression);

    [Fact]
    public void An_unstructured_covariance_matches_the_sums_of_dense_matrices() =>
        AssertDense(LinearFrames.Longitudinal(97, 20, 3, slope: false, random: false), ResidualStructure.Unstructured);

    [Fact]
    public void Effects_beside_an_autoregression_match_the_sums_of_dense_matrices() =>
        AssertDense(LinearFrames.Longitudinal(98, 40, 5, slope: false), ResidualStructure.FirstOrderAutoregression);

    [Fact]
    public void The_observed_information_of_random_effects_is_that_of_dense_matrices() =>
        AssertObserved(LinearFrames.Longitudinal(95, 12, 5, slope: true), ResidualStructure.Identity);

    [Fact]
    public void The_observed_information_of_an_autoregression_is_that_of_dense_matrices() =>
        AssertObserved(LinearFrames.Longitudinal(96, 20, 4, slope: false, random: false), ResidualStructure.FirstOrderAutoregression);

    [Fact]
    public void The_observed_information_of_an_unstructured_covariance_is_that_of_dense_matrices() =>
        AssertObserved(LinearFrames.Longitudinal(97, 20, 3, slope: false, random: false), ResidualStructure.Unstructured);

    [Fact]
    public void The_observed_information_of_effects_beside_an_autoregression_is_that_of_dense_matrices() =>
        AssertObserved(LinearFrames.Longitudinal(98, 40, 5, slope: false), ResidualStructure.FirstOrderAutoregression);

    /// <summary>
    /// ½(2yᵀPV_kPV_lPy − tr PV_kPV_l + tr PV_kl − yᵀPV_klPy): the second derivatives of minus the restricted log-likelihood, by
    /// dP = −P dV P.
    /// </summary>
    private static void AssertObserved(ModelFrame frame, ResidualStructure structure)
    {
        var fit = LmmFitter.Fit(frame, new LmmOptions { Residual = structure });
        var actual = KenwardRogerMoments.TryCompute(fit, CovarianceInformation.Observed);
        Assert.NotNull(actual);
        var (v, first, second) = DenseVariance.Of(fit);
        var working = new DenseWorking(fit.Data);
        var (x, y, count) = (working.Design, working.Fixed.Column(working.Fixed.ColumnCount - 1), first.Length);
        v = v.Inverse();
        var p = v - (v * x * (x.Transpose() * v * x).Inverse() * x.Transpose() * v);
        var r = p * y;
        var information = Matrix<double>.Build.Dense(count, count, (k, l) =>
            0.5 * ((2 * (r * first[k] * p * first[l] * r)) - (p * first[k] * p * first[l]).Trace()
                + (p * second[k, l]).Trace() - (r * second[k, l] * r)));
        Relative.Equal(information.Inverse().ToRowMajorArray(), actual.Weights, 1e-4);
    }

    /// <summary>Kenward and Roger (1997), section 2: P_k, Q_kl and R_kl over all rows at once.</summary>
    private static void AssertDense(ModelFrame frame, ResidualStructure structure)
    {
        var fit = LmmFitter.Fit(frame, new LmmOptions { Residual = structure });
        var actual = KenwardRogerMoments.TryCompute(fit, CovarianceInformation.Expected);
        Assert.NotNull(actual);
        var (v, first, second) = DenseVariance.Of(fit);
        var (x, count) = (new DenseWorking(fit.Data).Design, first.Length);
        v = v.Inverse();
        var phi = (x.Transpose() * v * x).Inverse();
        var p = first.Select(derivative => -x.Transpose() * v * derivative * v * x).ToArray();
        Matrix<double> Product(int k, int l) => x.Transpose() * v * first[k] * v * first[l] * v * x;
        var information = Matrix<double>.Build.Dense(count, count, (k, l) =>
            0.5 * ((v * first[k] * v * first[l]).Trace() - (2 * (phi * Product(k, l)).Trace()) + (phi * p[k] * phi * p[l]).Trace()));
        var weights = information.Inverse();
        var bias = Matrix<double>.Build.Dense(x.ColumnCount, x.ColumnCount);
        for (var k = 0; k < count; k++)
        {
            for (var l = 0; l < count; l++)
            {
                bias += weights[k, l] * (Product(k, l) - (p[k] * phi * p[l]) - (0.25 * x.Transpose() * v * second[k, l] * v * x));
            }
        }

        Relative.Equal(phi.ToRowMajorArray(), actual.Phi, 1e-8);
        for (var k = 0; k < count; k++)
        {
            Relative.Equal(p[k].ToRowMajorArray(), actual.First[k], 1e-6);
        }

        Relative.Equal(weights.ToRowMajorArray(), actual.Weights, 1e-5);

        // The sum of Q_kl need not be symmetric term by term; what is used of it is.
        Relative.Equal(((bias + bias.Transpose()) / 2).ToRowMajorArray(), Symmetric(actual.Bias, x.ColumnCount), 1e-4);
    }

    private static double[] Symmetric(double[] matrix, int n) =>
        [.. matrix.Select((value, i) => (value + matrix[((i % n) * n) + (i / n)]) / 2)];
}
