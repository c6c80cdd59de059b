using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Hierarchy;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Hierarchy;

public sealed class ConditionalModesTests
{
    [Fact]
    public void Three_levels_equal_best_linear_predictions_of_dense_matrices() => AssertDense(LinearFrames.Nested(51, 5, 3, 2, 3));

    [Fact]
    public void Scattered_rows_equal_best_linear_predictions_of_dense_matrices() =>
        AssertDense(LinearFrames.Nested(52, 4, 3, 2, 3, scatter: true));

    [Fact]
    public void Crossed_effects_equal_best_linear_predictions_of_dense_matrices() => AssertDense(LinearFrames.Crossed(53, 9, 6));

    /// <summary>DZᵀV⁻¹(y − Xβ), with covariance D − DZᵀV⁻¹ZD given β (Henderson 1975).</summary>
    private static void AssertDense(ModelFrame frame)
    {
        var fit = LmmFitter.Fit(frame, new LmmOptions());
        var estimates = ConditionalModes.Compute(fit.Open(), frame.RandomTerms);
        var v = DenseLikelihood.Covariance(fit).Cholesky();
        var residual =
            DenseLikelihood.Response(frame) - (DenseLikelihood.Design(frame) * Vector<double>.Build.Dense(fit.Coefficients.ToArray()));
        for (var term = 0; term < estimates.Count; term++)
        {
            var (z, d) = (DenseLikelihood.RandomDesign(frame, term), DenseLikelihood.RandomCovariance(fit, term));
            var modes = d * z.Transpose() * v.Solve(residual);
            var covariance = d - (d * z.Transpose() * v.Solve(z * d));
            Relative.Equal(modes.ToArray(), estimates[term].Modes, 1e-8);
            Relative.Equal(covariance.Diagonal().PointwiseSqrt().ToArray(), estimates[term].ModeStandardErrors, 1e-8);
            Relative.Equal(fit.RandomEffects[term].Covariance.ToArray(), estimates[term].Covariance, 1e-12);
        }
    }
}
