using MarginalConditional.Lmm.Hierarchy;

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
