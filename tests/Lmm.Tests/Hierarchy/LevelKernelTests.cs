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
        var (inner, gain, parent) = (new double[q * q], new double[R * q], twin.Rest);
        var scratch = new double[(2 * q * q) + (2 * R * q)];
        Relative.Equal(twin.LogDeterminant, LevelKernel.Eliminate(twin.Columns, q, R, twin.Lambda, inner, gain, parent, scratch), 1e-12);
        Relative.Equal(twin.Inner, inner, 1e-11);
        Relative.Equal(twin.Gain, gain, 1e-11);
        Relative.Equal(twin.Reduced, parent, 1e-10);
    }

    [Fact]
    public void Moments_are_split_into_own_columns_and_the_parents()
    {
        const int Q = 2;
        var twin = new DenseElimination(Q, R, 14);
        var plain = Enumerable.Range(0, (Q + R) * Q).Select(k => 0.5 * k).ToArray();
        var (columns, parent) = (new double[plain.Length], Enumerable.Repeat(0.25, R * R).ToArray());
        Array.Fill(columns, 9);
        LevelKernel.Split(twin.Moments, Q, R, plain, columns, parent);
        for (var i = 0; i < Q + R; i++)
        {
            for (var j = 0; j < Math.Min(i + 1, Q); j++)
            {
                Assert.Equal(twin.Columns[(i * Q) + j] + plain[(i * Q) + j], columns[(i * Q) + j]);
            }
        }

        for (var i = 0; i < R; i++)
        {
            for (var j = 0; j < R; j++)
            {
                Assert.Equal(0.25 + twin.Rest[(i * R) + j], parent[(i * R) + j]);
            }
        }

        LevelKernel.Split(twin.Moments, Q, R, [], columns, parent);
        Assert.Equal(twin.Columns[^1], columns[^1]);
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
        var scratch = new double[(2 * q * q) + (2 * R * q)];
        LevelKernel.AddDerivative(twin.Columns, q, R, twin.Inner, twin.Gain, twin.Adjoint, derivative, scratch);
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
        var scratch = new double[(2 * q * q) + (2 * R * q)];
        LevelKernel.Descend(q, R, twin.Inner, twin.Gain, twin.Adjoint, result, scratch);
        Relative.Equal(twin.DerivativeByMoments, result, 1e-6);
    }
}
