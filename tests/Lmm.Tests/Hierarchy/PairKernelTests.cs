using MarginalConditional.Lmm.Hierarchy;

namespace MarginalConditional.Lmm.Tests.Hierarchy;

public sealed class PairKernelTests
{
    private const int R = 4;

    private const int Q = 2;

    [Fact]
    public void Elimination_matches_inverses_of_dense_matrices()
    {
        var twin = new DenseElimination(Q, R, 11);
        var (inner, gain, parent) = (new double[Q * Q], new double[R * Q], twin.Unexplained);
        Relative.Equal(twin.LogDeterminant, PairKernel.Eliminate(twin.Columns, R, twin.Lambda, inner, gain, parent), 1e-12);
        Relative.Equal(twin.Inner, inner, 1e-11);
        Relative.Equal(twin.Gain, gain, 1e-11);
        Relative.Equal(twin.Reduced, parent, 1e-10);
    }

    [Fact]
    public void Derivative_by_the_covariance_matches_differences()
    {
        var twin = new DenseElimination(Q, R, 12);
        var derivative = new double[Q * Q];
        PairKernel.AddDerivative(twin.Columns, R, twin.Lambda, twin.Adjoint, derivative);
        Relative.Equal(twin.DerivativeByCovariance, derivative, 1e-6);
    }
}
