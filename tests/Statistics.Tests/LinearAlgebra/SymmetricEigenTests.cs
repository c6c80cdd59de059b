using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Statistics.Tests.LinearAlgebra;

public sealed class SymmetricEigenTests
{
    [Fact]
    public void Eigenvalues_of_a_two_by_two_matrix()
    {
        var values = new double[2];
        var vectors = new double[4];
        SymmetricEigen.Decompose(new double[] { 2, 1, 1, 2 }, 2, values, vectors);
        NaiveMatrix.AssertEqual([1, 3], values, 1e-15);
        Assert.Equal(Math.Sqrt(0.5), Math.Abs(vectors[0]), 1e-15);
        Assert.Equal(0, vectors[0] + vectors[1], 1e-15);
    }

    [Fact]
    public void Decomposition_rebuilds_the_matrix_and_vectors_are_orthonormal()
    {
        for (var n = 1; n <= 15; n++)
        {
            var symmetric = NaiveMatrix.Numbers(n * n, 7 * n);
            Dense.Symmetrize(symmetric, n);
            var values = new double[n];
            var vectors = new double[n * n];
            SymmetricEigen.Decompose(symmetric.ToArray(), n, values, vectors);
            var rebuilt = new double[n * n];
            SymmetricEigen.Compose(values, vectors, n, rebuilt);
            NaiveMatrix.AssertEqual(symmetric, rebuilt, 1e-13);
            for (var i = 0; i < n; i++)
            {
                Assert.True(i == 0 || values[i] >= values[i - 1]);
                for (var j = 0; j < n; j++)
                {
                    Assert.Equal(i == j ? 1 : 0, Dense.Dot(vectors.AsSpan(i * n, n), vectors.AsSpan(j * n, n)), 1e-13);
                }
            }
        }
    }

    [Fact]
    public void A_diagonal_matrix_is_left_alone_but_sorted()
    {
        var values = new double[3];
        SymmetricEigen.Decompose(new double[] { 5, 0, 0, 0, -1, 0, 0, 0, 2 }, 3, values, new double[9]);
        Assert.Equal([-1, 2, 5], values);
    }

    [Fact]
    public void A_rank_one_matrix_has_one_eigenvalue()
    {
        var matrix = new double[16];
        Dense.RankOneUpdate(1, [1, 2, 3, 4], [1, 2, 3, 4], matrix);
        var values = new double[4];
        SymmetricEigen.Decompose(matrix, 4, values, new double[16]);
        NaiveMatrix.AssertEqual([0, 0, 0, 30], values, 1e-13);
    }
}
