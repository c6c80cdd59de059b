using MarginalConditional.Lmm.Hierarchy;

namespace MarginalConditional.Lmm.Tests.Hierarchy;

public sealed class SingleKernelTests
{
    private const int R = 4;

    private const int Q = 1;

    [Fact]
    public void Elimination_matches_inverses_of_dense_matrices()
    {
        var twin = new DenseElimination(Q, R, 11);
        var (inner, gain, parent) = (new double[Q * Q], new double[R * Q], twin.Unexplained);
        Relative.Equal(twin.LogDeterminant, SingleKernel.Eliminate(twin.Columns, R, twin.Lambda, inner, gain, parent), 1e-12);
        Relative.Equal(twin.Inner, inner, 1e-11);
        Relative.Equal(twin.Gain, gain, 1e-11);
        Relative.Equal(twin.Reduced, parent, 1e-10);
    }

    [Fact]
    public void Derivative_by_the_covariance_matches_differences()
    {
        var twin = new DenseElimination(Q, R, 12);
        var derivative = new double[Q * Q];
        SingleKernel.AddDerivative(twin.Columns, R, twin.Lambda, twin.Adjoint, derivative);
        Relative.Equal(twin.DerivativeByCovariance, derivative, 1e-6);
    }

    [Fact]
    public void Derivative_by_the_moments_matches_differences()
    {
        var twin = new DenseElimination(Q, R, 13);
        var result = new double[(Q + R) * (Q + R)];
        SingleKernel.Descend(R, twin.Inner, twin.Gain, twin.Adjoint, result);
        Relative.Equal(twin.DerivativeByMoments, result, 1e-6);
    }
}
