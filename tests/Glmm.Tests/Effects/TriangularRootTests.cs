using MarginalConditional.Glmm.Effects;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Glmm.Tests.Effects;

/// <summary>The upper triangular root of a covariance gives the covariance back.</summary>
public sealed class TriangularRootTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Root_times_its_transpose_is_the_inverse(int q)
    {
        var matrix = Matrix<double>.Build.Dense(q, q, (a, b) => (a == b ? 2 + a : 0) + (0.3 * Math.Cos(a + b)));
        var root = new double[q * q];
        TriangularRoot.OfFactor(matrix.Cholesky().Factor.ToRowMajorArray(), q, root);
        var upper = Matrix<double>.Build.Dense(q, q, (a, b) => root[(a * q) + b]);
        Assert.True((upper - upper.UpperTriangle()).InfinityNorm() == 0);
        Assert.True(((upper * upper.Transpose() * matrix) - Matrix<double>.Build.DenseIdentity(q)).InfinityNorm() < 1e-12);
    }
}
