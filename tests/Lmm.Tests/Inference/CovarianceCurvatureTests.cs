using MarginalConditional.Lmm.Inference;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Inference;

public sealed class CovarianceCurvatureTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Covariance_of_parameters_is_twice_the_inverse_of_second_differences(bool restricted)
    {
        var fit = LmmFitter.Fit(
            LinearFrames.Longitudinal(121, 30, 5, slope: true),
            new LmmOptions { Restricted = restricted, Threads = 1 });
        var curvature = CovarianceCurvature.Of(fit);
        var likelihood = fit.Open();
        double[] at = [.. fit.Theta, Math.Log(fit.ResidualVariance)];
        double Value(double[] point) => likelihood.Evaluate(point.AsSpan(0, point.Length - 1), Math.Exp(point[^1]), []);
        double[] Covariance(double[] point)
        {
            Value(point);
            var result = new double[9];
            fit.Data.Rows.CovarianceToOriginal([.. likelihood.Root.Inverse.ToArray().Select(value => value * Math.Exp(point[^1]))], result);
            return result;
        }

        const double Step = 2e-3;
        double[] Moved(int k, double by, int l = 0, double also = 0)
        {
            var point = (double[])at.Clone();
            point[k] += by;
            point[l] += also;
            return point;
        }

        var hessian = Matrix<double>.Build.Dense(at.Length, at.Length, (k, l) =>
            (Value(Moved(k, Step, l, Step)) - Value(Moved(k, Step, l, -Step)) - Value(Moved(k, -Step, l, Step))
                + Value(Moved(k, -Step, l, -Step))) / (4 * Step * Step));
        Assert.Equal(at.Length - 1, curvature.Free.Count);
        Relative.Equal((2 * hessian.Inverse()).ToRowMajorArray(), curvature.Asymptotic, 1e-3);
        for (var k = 0; k < at.Length; k++)
        {
            var (up, down) = (Covariance(Moved(k, 1e-4)), Covariance(Moved(k, -1e-4)));
            Relative.Equal([.. up.Zip(down, (high, low) => (high - low) / 2e-4)], curvature.Derivatives[k], 1e-6);
        }
    }
}
