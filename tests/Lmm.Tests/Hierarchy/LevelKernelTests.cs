using MarginalConditional.Lmm.Hierarchy;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Hierarchy;

public sealed class LevelKernelTests
{
    private const int R = 4;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Elimination_matches_inverses_of_dense_matrices(int q)
    {
        var twin = new DenseElimination(q, R, 11);
        var (inner, gain, parent) = (new double[q * q], new double[R * q], twin.Unexplained);
        var scratch = new double[(4 * q * q) + (3 * R * q)];
        Relative.Equal(twin.LogDeterminant, LevelKernel.Eliminate(twin.Columns, q, R, twin.Lambda, inner, gain, parent, scratch), 1e-12);
        Relative.Equal(twin.Inner, inner, 1e-11);
        Relative.Equal(twin.Gain, gain, 1e-11);
        Relative.Equal(twin.Reduced, parent, 1e-10);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Derivative_by_the_covariance_matches_differences(int q)
    {
        var twin = new DenseElimination(q, R, 12);
        var derivative = new double[q * q];
        var scratch = new double[(4 * q * q) + (3 * R * q)];
        LevelKernel.AddDerivative(twin.Columns, q, R, twin.Lambda, twin.Adjoint, derivative, scratch);
        Relative.Equal(twin.DerivativeByCovariance, derivative, 1e-6);
    }

    /// <summary>
    /// A group of two rows determines two of five effects: L of the pivoted factor has three columns of zeros, in any place.
    /// </summary>
    [Fact]
    public void Groups_of_fewer_rows_than_effects_match_dense_matrices()
    {
        const int Q = 5;
        var numbers = new Numbers(15);
        var rows = Matrix<double>.Build.Dense(2, Q + R, (_, j) => j is 1 or 3 ? 0 : numbers.Normal());
        var lambda = Matrix<double>.Build.Dense(Q, Q, (i, j) => i >= j ? numbers.Normal() : 0);
        var square = Matrix<double>.Build.Dense(R, R, (_, _) => numbers.Normal());
        var adjoint = square + square.Transpose();
        var (z, rest) = (rows.SubMatrix(0, 2, 0, Q), rows.SubMatrix(0, 2, Q, R));
        double[] columns = new double[(Q + R) * Q], scratch = new double[(4 * Q * Q) + (3 * R * Q)];
        OwnColumns.OfRows(rows.ToRowMajorArray(), Q, R, columns, scratch);
        double[] inner = new double[Q * Q], gain = new double[R * Q], parent = new double[R * R], derivative = new double[Q * Q];
        var w = Matrix<double>.Build.DenseIdentity(2) + (z * lambda * lambda.Transpose() * z.Transpose());
        var logDeterminant = LevelKernel.Eliminate(columns, Q, R, lambda.ToRowMajorArray(), inner, gain, parent, scratch);
        Relative.Equal(w.Cholesky().DeterminantLn, logDeterminant, 1e-12);
        var reduced = rest.Transpose() * w.Inverse() * rest;
        var psi = lambda * lambda.Transpose();
        var h = psi - (psi * z.Transpose() * w.Inverse() * z * psi);
        Relative.Equal(h.ToRowMajorArray(), inner, 1e-10);
        Relative.Equal((rest.Transpose() * z * h).ToRowMajorArray(), gain, 1e-10);
        for (var i = 0; i < R; i++)
        {
            Relative.Equal(reduced.Row(i).Take(i + 1).ToArray(), parent.AsSpan(i * R, i + 1).ToArray(), 1e-10);
        }

        LevelKernel.AddDerivative(
            columns, Q, R, lambda.ToRowMajorArray(), adjoint.ToRowMajorArray(), derivative, scratch);
        var u = z.Transpose() * w.Inverse() * rest;
        var expected = (z.Transpose() * w.Inverse() * z) - (u * adjoint * u.Transpose());
        Relative.Equal(expected.ToRowMajorArray(), derivative, 1e-10);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Derivative_by_the_moments_matches_differences(int q)
    {
        var twin = new DenseElimination(q, R, 13);
        var result = new double[(q + R) * (q + R)];
        var scratch = new double[(4 * q * q) + (3 * R * q)];
        LevelKernel.Descend(q, R, twin.Inner, twin.Gain, twin.Adjoint, result, scratch);
        Relative.Equal(twin.DerivativeByMoments, result, 1e-6);
    }
}
