using MarginalConditional.Data;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Residual;
using MarginalConditional.Statistics.Inference;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Inference;

public sealed class KenwardRogerInferenceTests
{
    private static readonly LmmFit Fit = LmmFitter.Fit(LinearFrames.Longitudinal(181, 14, 5, slope: true), new LmmOptions());

    /// <summary>For one contrast λ = 1 and m = 2(cᵀΦc)² / gᵀWg, g the derivatives of cᵀΦc by the covariance parameters.</summary>
    [Fact]
    public void Degrees_of_freedom_of_one_contrast_are_those_of_its_variance()
    {
        var moments = KenwardRogerMoments.TryCompute(Fit, CovarianceInformation.Expected)!;
        var phi = Matrix<double>.Build.DenseOfRowMajor(3, 3, moments.Phi.ToArray());
        double[] contrast = [0.5, 1, -2];

        // In the working coding the contrast is R⁻ᵀc.
        var c = Vector<double>.Build.Dense(3, j =>
        {
            var unit = new double[3];
            unit[j] = 1;
            Fit.Data.Rows.BackSubstitute(unit);
            return (contrast[0] * unit[0]) + (contrast[1] * unit[1]) + (contrast[2] * unit[2]);
        });
        var slopes = Vector<double>.Build.Dense([.. moments.First.Select(first => c * phi * Matrix<double>.Build.DenseOfRowMajor(
            3,
            3,
            first) * phi * c)]);
        var weights = Matrix<double>.Build.DenseOfRowMajor(slopes.Count, slopes.Count, moments.Weights);
        var expected = 2 * Math.Pow(c * phi * c, 2) / (slopes * weights * slopes);
        var inference = KenwardRogerInference.Create(Fit, CovarianceInformation.Expected);
        Relative.Equal(expected, inference.DegreesOfFreedom(contrast), 1e-8);

        // Φ + 2ΦΣW(Q − PΦP − R/4)Φ, turned back to the coding of X.
        var bias = Matrix<double>.Build.DenseOfRowMajor(3, 3, moments.Bias);
        Relative.Equal(c * (phi + (2 * phi * bias * phi)) * c, Vector<double>.Build.Dense(contrast) * Matrix<double>.Build.DenseOfRowMajor(
            3,
            3,
            inference.Covariance.ToArray()) * Vector<double>.Build.Dense(contrast), 1e-10);
    }

    [Fact]
    public void The_scaled_F_of_one_contrast_is_the_square_of_its_t()
    {
        var inference = KenwardRogerInference.Create(Fit, CovarianceInformation.Expected);
        var contrast = new Contrast("slope", [0, 0, 1]);
        var (t, f) = (inference.Test(contrast), inference.Test([contrast]));
        Relative.Equal(Math.Pow(t.Estimate / t.StandardError, 2), f.Statistic, 1e-9);
        Relative.Equal(t.PValue, f.PValue, 1e-9);
    }

    [Fact]
    public void Full_likelihood_is_refused_with_a_hint()
    {
        var problem = Assert.Throws<InputException>(() => KenwardRogerInference.Create(
            LmmFitter.Fit(Fit.Frame, new LmmOptions { Restricted = false }),
            CovarianceInformation.Expected));
        Assert.Contains("--df satterthwaite", problem.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_that_only_add_up_are_refused()
    {
        var both = LmmFitter.Fit(
            LinearFrames.Longitudinal(182, 30, 4, slope: false, missing: 0),
            new LmmOptions { Residual = ResidualStructure.CompoundSymmetry });
        var problem = Assert.Throws<InputException>(() => KenwardRogerInference.Create(both, CovarianceInformation.Observed));
        Assert.Contains("singular", problem.Message, StringComparison.Ordinal);
    }
}
