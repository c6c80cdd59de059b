using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Quadrature;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Glmm.Tests.Quadrature;

/// <summary>Every lane of a factor, a solution and a root equals the scalar Cholesky factorization of the matrix in that lane.</summary>
public sealed class LaneCholeskyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public void Factors_solutions_and_roots_equal_scalar_ones_in_every_lane(int q)
    {
        var stream = new RandomStream(17, 0, (ulong)q);
        var (matrix, factor, vector) = (PositiveDefinite(stream, q), new Vector256<double>[q * q], Numbers(stream, q));
        var (solution, root) = ((Vector256<double>[])vector.Clone(), new Vector256<double>[q * q]);
        LaneCholesky.Factor(matrix, q, factor);
        LaneCholesky.Solve(factor, q, solution);
        LaneCholesky.Root(factor, q, root);
        for (var lane = 0; lane < Vector256<double>.Count; lane++)
        {
            var (own, ownVector, ownRoot) = (Lane(matrix, lane), Lane(vector, lane), new double[q * q]);
            Assert.True(Cholesky.TryFactor(own, q, out _));
            Cholesky.Solve(own, q, ownVector);
            TriangularRoot.OfFactor(own, q, ownRoot);
            for (var a = 0; a < q; a++)
            {
                Assert.Equal(own.AsSpan(a * q, a + 1).ToArray(), Lane(factor, lane).AsSpan(a * q, a + 1).ToArray());
                Assert.Equal(ownVector[a], solution[a][lane], 1e-13);
            }

            Assert.Equal(ownRoot, Lane(root, lane));
        }
    }

    [Fact]
    public void Only_the_lanes_that_are_not_positive_definite_are_raised()
    {
        const int Order = 2;
        var stream = new RandomStream(18, 0, 0);
        var (matrix, factor) = (PositiveDefinite(stream, Order), new Vector256<double>[Order * Order]);

        // The last lane has the eigenvalues 8 and −2: shifts of 0 and 1 leave it indefinite, 4 does not.
        var last = Vector256<double>.Count - 1;
        double[] indefinite = [3, 5, 5, 3];
        for (var at = 0; at < matrix.Length; at++)
        {
            matrix[at] = matrix[at].WithElement(last, indefinite[at]);
        }

        LaneCholesky.Factor(matrix, Order, factor);
        for (var lane = 0; lane <= last; lane++)
        {
            var own = Lane(matrix, lane);
            var shift = lane == last ? 4 : 0;
            (own[0], own[3]) = (own[0] + shift, own[3] + shift);
            Assert.True(Cholesky.TryFactor(own, Order, out _));
            Assert.Equal((own[0], own[2], own[3]), (factor[0][lane], factor[2][lane], factor[3][lane]));
        }
    }

    // GGᵀ + I, another in each lane.
    private static Vector256<double>[] PositiveDefinite(RandomStream stream, int q)
    {
        var (root, matrix) = (Numbers(stream, q * q), new Vector256<double>[q * q]);
        for (var a = 0; a < q; a++)
        {
            for (var b = 0; b < q; b++)
            {
                matrix[(a * q) + b] = a == b ? Vector256<double>.One : Vector256<double>.Zero;
                for (var c = 0; c < q; c++)
                {
                    matrix[(a * q) + b] += root[(a * q) + c] * root[(b * q) + c];
                }
            }
        }

        return matrix;
    }

    private static Vector256<double>[] Numbers(RandomStream stream, int count)
    {
        var numbers = new Vector256<double>[count];
        for (var at = 0; at < count; at++)
        {
            var lanes = new double[Vector256<double>.Count];
            for (var lane = 0; lane < lanes.Length; lane++)
            {
                lanes[lane] = stream.NextNormal();
            }

            numbers[at] = Vector256.Create(lanes);
        }

        return numbers;
    }

    private static double[] Lane(Vector256<double>[] values, int lane) => [.. values.Select(value => value[lane])];
}
