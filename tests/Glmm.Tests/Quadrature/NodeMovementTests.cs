using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Quadrature;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Glmm.Tests.Quadrature;

/// <summary>V is what it is said to be: the derivative of the nodes' part of the sum in −H, by differences of T = L⁻ᵀ.</summary>
public sealed class NodeMovementTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_trace_with_V_is_the_derivative_of_the_nodes_part(int q)
    {
        var stream = new RandomStream(19, 0, (ulong)q);
        var (root, moments, change) = (Numbers(stream, q * q), Numbers(stream, q * q), Numbers(stream, q * q));
        Dense.Symmetrize(change, q);
        var curvature = new double[q * q];
        Dense.MultiplyTranspose(root, root, q, q, q, curvature);
        for (var a = 0; a < q; a++)
        {
            curvature[(a * q) + a] += 1;
        }

        const double Step = 1e-3;
        double At(double t) => NodesPart([.. curvature.Zip(change, (h, e) => h + (t * e))], moments, q);
        var expected = ((8 * (At(Step) - At(-Step))) - (At(2 * Step) - At(-2 * Step))) / (12 * Step);
        var (transform, half, movement, scratch) = (Transform(curvature, q), new double[q * q], new double[q * q], new double[q * q]);
        NodeMovement.FillHalf(moments, transform, q, half);
        Dense.Sandwich(transform, half, q, q, scratch, movement);
        Assert.Equal(expected, -Dense.Dot(movement, change), 1e-9 * (1 + Math.Abs(expected)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Lanes_have_the_movement_of_one_matrix(int q)
    {
        var stream = new RandomStream(20, 0, (ulong)q);
        var (moments, root, half) = (Numbers(stream, q * q), Numbers(stream, q * q), new double[q * q]);
        for (var a = 0; a < q; a++)
        {
            root.AsSpan(a * q, a).Clear();
        }

        var (movement, scratch) = (new double[q * q], new double[q * q]);
        NodeMovement.FillHalf(moments, root, q, half);
        Dense.Sandwich(root, half, q, q, scratch, movement);
        var (lanesOfHalf, lanesOfMovement) = (new Vector256<double>[q * q], new Vector256<double>[q * q]);
        NodeMovement.FillHalf(Spread(moments), Spread(root), q, lanesOfHalf);
        NodeMovement.FillMovement(lanesOfHalf, Spread(root), q, lanesOfMovement);
        for (var at = 0; at < q * q; at++)
        {
            for (var lane = 0; lane < Vector256<double>.Count; lane++)
            {
                Assert.Equal(half[at], lanesOfHalf[at][lane]);
                Assert.Equal(movement[at], lanesOfMovement[at][lane], 1e-13);
            }
        }
    }

    private static Vector256<double>[] Spread(double[] values) => [.. values.Select(value => Vector256.Create(value))];

    // tr(TM) + log|T| with T = L⁻ᵀ and H = LLᵀ.
    private static double NodesPart(double[] curvature, double[] moments, int q)
    {
        var transform = Transform(curvature, q);
        var sum = 0.0;
        for (var a = 0; a < q; a++)
        {
            sum += Math.Log(transform[(a * q) + a]);
            for (var b = 0; b < q; b++)
            {
                sum += transform[(a * q) + b] * moments[(b * q) + a];
            }
        }

        return sum;
    }

    private static double[] Transform(double[] curvature, int q)
    {
        var (factor, transform) = ((double[])curvature.Clone(), new double[q * q]);
        Assert.True(Cholesky.TryFactor(factor, q, out _));
        TriangularRoot.OfFactor(factor, q, transform);
        return transform;
    }

    private static double[] Numbers(RandomStream stream, int count) => [.. Enumerable.Range(0, count).Select(_ => stream.NextNormal())];
}
