using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Quadrature;
using MathNet.Numerics.LinearAlgebra;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace MarginalConditional.Glmm.Tests.Quadrature;

/// <summary>
/// The nodes of the outer effects integrate what a plain loop over the grid does, and the derivatives by their place equal differences.
/// </summary>
public sealed class OuterGridTests
{
    [Theory]
    [InlineData(1, 7, true)]
    [InlineData(1, 5, false)]
    [InlineData(2, 4, true)]
    [InlineData(2, 3, false)]
    [InlineData(3, 3, true)]
    public void Sum_over_the_nodes_equals_a_plain_loop(int q, int nodes, bool adaptive)
    {
        var grid = new QuadratureGrid(q, nodes);
        var (mode, curvature) = (Mode(q), Curvature(q));
        var lower = curvature.Cholesky().Factor;
        var root = lower.Transpose().Inverse();
        var expected = 0.0;
        for (var k = 0; k < grid.Count; k++)
        {
            var z = Vector<double>.Build.Dense(q, d => grid.Coordinates(d)[k]);
            var v = adaptive ? mode + (root * z) : z;
            var weight = Math.Exp(grid.LogWeights[k]);
            expected += adaptive
                ? weight * Math.Exp(Integrand(v) - (0.5 * v.DotProduct(v)) + (0.5 * z.DotProduct(z)))
                : weight * Math.Exp(Integrand(v));
        }

        expected = Math.Log(expected) - (adaptive ? lower.Diagonal().PointwiseLog().Sum() : 0);
        Assert.Equal(expected, Value(new OuterGrid(grid, adaptive), mode, curvature), 1e-12);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 4)]
    [InlineData(3, 3)]
    public void Derivatives_by_centre_and_scale_equal_differences(int q, int nodes)
    {
        var outer = new OuterGrid(new QuadratureGrid(q, nodes), adaptive: true);
        var (mode, curvature) = (Mode(q), Curvature(q));
        Value(outer, mode, curvature);

        // A Λ that is not the identity: slopes are Λ⁻ᵀ times those of the integrand.
        var lambda = Matrix<double>.Build.Dense(q, q, (a, b) => a > b ? 0 : 0.8 + (0.3 * b) - (0.1 * a));
        var slopes = new Lanes[outer.Vectors * q];
        for (var k = 0; k < outer.Vectors * Lanes.Count; k++)
        {
            var (vector, lane) = (k / Lanes.Count, k % Lanes.Count);
            var slope = lambda.Transpose().Solve(Slope(At(outer, vector, lane, q)));
            for (var a = 0; a < q; a++)
            {
                slopes[(vector * q) + a] = Vector256.WithElement(slopes[(vector * q) + a], lane, slope[a]);
            }
        }

        var (means, movement) = (new double[q], new double[q * q]);
        outer.Differentiate(slopes, lambda.ToRowMajorArray(), means, movement);
        for (var a = 0; a < q; a++)
        {
            var direction = Vector<double>.Build.Dense(q, d => d == a ? 1 : 0);
            Assert.Equal(Difference(h => Value(outer, mode + (h * direction), curvature)), means[a], 1e-8);
            for (var b = 0; b <= a; b++)
            {
                // A symmetric change counts both of its elements.
                var change = Matrix<double>.Build.Dense(q, q, (c, d) => (c == a && d == b) || (c == b && d == a) ? 1 : 0);
                var expected = -movement[(a * q) + b] * (a == b ? 1 : 2);
                Assert.Equal(Difference(h => Value(outer, mode, curvature + (h * change))), expected, 1e-8);
            }
        }
    }

    private static double Value(OuterGrid outer, Vector<double> mode, Matrix<double> curvature)
    {
        var q = mode.Count;
        var logDeterminant = outer.Place(mode.ToArray(), curvature.Cholesky().Factor.ToRowMajorArray());
        for (var vector = 0; vector < outer.Vectors; vector++)
        {
            for (var lane = 0; lane < Lanes.Count; lane++)
            {
                outer.Terms[vector] = Vector256.WithElement(
                    outer.Terms[vector],
                    lane,
                    outer.Terms[vector][lane] + Integrand(At(outer, vector, lane, q)));
            }
        }

        return outer.Normalize() - logDeterminant;
    }

    private static Vector<double> At(OuterGrid outer, int vector, int lane, int q)
    {
        var place = new double[q];
        for (var a = 0; a < q; a++)
        {
            place[a] = outer.Effects(vector)[a][lane];
        }

        return Vector<double>.Build.Dense(q, a => place[a]);
    }

    private static double Integrand(Vector<double> v) =>
        Enumerable.Range(0, v.Count).Sum(a => Math.Sin(v[a] + (0.5 * a))) - (0.1 * v.Sum() * v.Sum());

    private static Vector<double> Slope(Vector<double> v) =>
        Vector<double>.Build.Dense(v.Count, a => Math.Cos(v[a] + (0.5 * a)) - (0.2 * v.Sum()));

    private static Vector<double> Mode(int q) => Vector<double>.Build.Dense(q, a => 0.3 - (0.2 * a));

    private static Matrix<double> Curvature(int q) => Matrix<double>.Build.Dense(q, q, (a, b) => a == b ? 2 + (0.5 * a) : 0.3);

    private static double Difference(Func<double, double> f) => ((8 * (f(1e-3) - f(-1e-3))) - (f(2e-3) - f(-2e-3))) / 12e-3;
}
