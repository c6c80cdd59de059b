using MarginalConditional.Lmm.Reports;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Reports;

/// <summary>Henderson's equations hold for them: Xᵀr = 0, and Zᵢᵀrᵢ = σ²D⁻¹bᵢ for each group.</summary>
public sealed class ConditionalResidualsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Residuals_solve_the_mixed_model_equations(bool slope)
    {
        var fit = LmmFitter.Fit(LinearFrames.Longitudinal(39, 25, 5, slope), new LmmOptions());
        var (frame, effects) = (fit.Frame, fit.RandomEffects[0]);
        var q = effects.Dimension;
        var residuals = Vector<double>.Build.Dense(ConditionalResiduals.Of(fit));
        Assert.All(DenseLikelihood.Design(frame).TransposeThisAndMultiply(residuals), sum => Assert.Equal(0, sum, 1e-7));
        var sums = DenseLikelihood.RandomDesign(frame, 0).TransposeThisAndMultiply(residuals);
        var inverse = Matrix<double>.Build.DenseOfRowMajor(q, q, effects.Covariance.ToArray()).Inverse();
        for (var group = 0; group < effects.GroupCount; group++)
        {
            var modes = Vector<double>.Build.Dense(effects.Modes.Slice(group * q, q).ToArray());
            var expected = fit.ResidualVariance * (inverse * modes);
            for (var a = 0; a < q; a++)
            {
                Relative.Equal(expected[a], sums[(group * q) + a], 1e-7);
            }
        }
    }
}
