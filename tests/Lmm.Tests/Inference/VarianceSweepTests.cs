using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Tests.Hierarchy;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Inference;

public sealed class VarianceSweepTests
{
    [Fact]
    public void Intercept_and_slope_match_inverses_of_dense_matrices() => AssertDense(LinearFrames.Longitudinal(92, 8, 5, slope: true));

    [Fact]
    public void Three_levels_match_inverses_of_dense_matrices() => AssertDense(LinearFrames.Nested(93, 4, 3, 2, 2));

    [Fact]
    public void Crossed_effects_match_inverses_of_dense_matrices() => AssertDense(LinearFrames.Crossed(94, 8, 5));

    private static void AssertDense(ModelFrame frame)
    {
        var fit = LmmFitter.Fit(frame, new LmmOptions());
        var moments = VarianceSweep.Of(fit.OpenSpread());
        var working = new DenseWorking(fit.SpreadData());
        var v = (fit.ResidualVariance * working.Covariance(fit.Theta.ToArray())).Inverse();
        var x = working.Design;
        List<Matrix<double>> derivatives = [.. working.Derivatives(), Matrix<double>.Build.DenseIdentity(frame.Rows)];
        Assert.Equal(derivatives.Count, moments.Parameters);
        Relative.Equal((x.Transpose() * v * x).ToRowMajorArray(), moments.Plain, 1e-8);
        for (var k = 0; k < derivatives.Count; k++)
        {
            Relative.Equal((x.Transpose() * v * derivatives[k] * v * x).ToRowMajorArray(), moments.First[k], 1e-8);
            for (var l = 0; l <= k; l++)
            {
                Relative.Equal(
                    (x.Transpose() * v * derivatives[k] * v * derivatives[l] * v * x).ToRowMajorArray(),
                    moments.Second[k][l],
                    1e-8);
                Relative.Equal((v * derivatives[k] * v * derivatives[l]).Trace(), moments.Traces[(k * moments.Parameters) + l], 1e-8);
            }
        }
    }
}
