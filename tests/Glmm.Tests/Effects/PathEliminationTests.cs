using MarginalConditional.Glmm.Effects;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Glmm.Tests.Effects;

/// <summary>Elimination node by node equals one dense matrix over all effects of all groups, equal groups drawn out.</summary>
public sealed class PathEliminationTests
{
    private const double Tolerance = 1e-11;

    /// <summary>Trees of one to four levels with blocks of one to three effects, with equal groups and without.</summary>
    public static TheoryData<int, int[], bool> Trees { get; } = Every();

    [Theory]
    [MemberData(nameof(Trees))]
    public void Log_determinant_equals_that_of_the_dense_matrix(int seed, int[] dimensions, bool copies)
    {
        var tree = new RandomPath(seed, dimensions, copies);
        var expected = 2 * tree.Curvature.Cholesky().Factor.Diagonal().PointwiseLog().Sum();
        Assert.Equal(expected, Factored(tree).LogDeterminant(), Tolerance * (1 + Math.Abs(expected)));
    }

    [Theory]
    [MemberData(nameof(Trees))]
    public void Solution_equals_that_of_the_dense_system(int seed, int[] dimensions, bool copies)
    {
        var tree = new RandomPath(seed, dimensions, copies);
        var solution = (double[])tree.Sides.Clone();
        Factored(tree).Solve(solution);
        var expected = tree.Curvature.Solve(tree.Spread(tree.Sides, share: true));
        Assert.True((expected - tree.Spread(solution, share: false)).InfinityNorm() < Tolerance);
    }

    [Theory]
    [MemberData(nameof(Trees))]
    public void Covariances_along_every_path_are_blocks_of_the_dense_inverse(int seed, int[] dimensions, bool copies)
    {
        var tree = new RandomPath(seed, dimensions, copies);
        var elimination = Factored(tree);
        var inverse = tree.Curvature.Inverse();
        elimination.FillCovariances();
        EveryPath(
            tree,
            (level, node, place) => Same(place.Length, (a, b) => inverse[place[a], place[b]], elimination.Covariance(level, node)));
        elimination.FillCovariances(0.5);
        EveryPath(
            tree,
            (level, node, place) => Same(place.Length, (a, b) => 0.5 * inverse[place[a], place[b]], elimination.Covariance(level, node)));
    }

    [Theory]
    [MemberData(nameof(Trees))]
    public void Root_factor_is_that_of_the_inverse_of_the_roots_covariance(int seed, int[] dimensions, bool copies)
    {
        var tree = new RandomPath(seed, dimensions, copies);
        var q = dimensions[0];
        var expected = tree.Curvature.Inverse().SubMatrix(0, q, 0, q).Inverse().Cholesky().Factor;
        var factor = Factored(tree).RootFactor;
        for (var a = 0; a < q; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                Assert.Equal(expected[a, b], factor[(a * q) + b], Tolerance);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Trees))]
    public void Movement_is_that_of_all_modes_when_the_root_moves(int seed, int[] dimensions, bool copies)
    {
        var tree = new RandomPath(seed, dimensions, copies);
        var elimination = Factored(tree);
        var q = dimensions[0];
        var movement = Matrix<double>.Build.Dense(q, q, (a, b) => Math.Cos(a + b) + (a == b ? 2 : 0));
        elimination.FillMovement(movement.ToRowMajorArray());

        // With the root held at r the others go to −H₂₂⁻¹H₂₁r.
        var (n, others) = (tree.Curvature.RowCount, tree.Curvature.RowCount - q);
        var modes = Matrix<double>.Build.Dense(n, q);
        modes.SetSubMatrix(0, 0, Matrix<double>.Build.DenseIdentity(q));
        if (others > 0)
        {
            modes.SetSubMatrix(q, 0, -tree.Curvature.SubMatrix(q, others, q, others).Solve(tree.Curvature.SubMatrix(q, others, 0, q)));
        }

        var expected = modes * movement * modes.Transpose();
        EveryPath(
            tree,
            (level, node, place) => Same(place.Length, (a, b) => expected[place[a], place[b]], elimination.Covariance(level, node)));
    }

    [Fact]
    public void Indefinite_curvature_is_factored_with_a_raised_prior()
    {
        var tree = new RandomPath(5, [1, 2, 1], copies: true);
        for (var i = 0; i < tree.Second.Length; i++)
        {
            tree.Second[i] = -tree.Second[i];
        }

        var elimination = Factored(tree);
        Assert.True(double.IsFinite(elimination.LogDeterminant()));
        var step = (double[])tree.Sides.Clone();
        elimination.Solve(step);
        Assert.True(step.Zip(tree.Sides, (a, b) => a * b).Sum() > 0);
    }

    [Fact]
    public void A_smaller_tree_leaves_no_trace_of_a_larger_one()
    {
        var tree = new RandomPath(3, [2, 1, 1], copies: true);
        var elimination = Factored(tree);
        tree.Path.Clear();
        tree.Path.Add(0, 0, 1);
        tree.Path.Add(1, 0, 1);
        tree.Path.Add(2, 0, 1, 1);
        elimination.Factor(tree.Directions, [-1]);
        var d = tree.Directions.AsSpan(0, tree.Path.Width).ToArray();
        Assert.Equal(Math.Log(1 + d.Sum(x => x * x)), elimination.LogDeterminant(), 1e-12);
    }

    private static TheoryData<int, int[], bool> Every()
    {
        var data = new TheoryData<int, int[], bool>();
        int[][] shapes = [[2], [1, 1], [2, 1], [1, 3], [3, 2], [1, 1, 1], [2, 1, 3], [1, 2, 1, 2]];
        for (var shape = 0; shape < shapes.Length; shape++)
        {
            data.Add((2 * shape) + 1, shapes[shape], false);
            data.Add((2 * shape) + 2, shapes[shape], true);
        }

        return data;
    }

    private static PathElimination Factored(RandomPath tree)
    {
        var elimination = new PathElimination(tree.Path);
        elimination.Factor(tree.Directions, tree.Second);
        return elimination;
    }

    private static void EveryPath(RandomPath tree, Action<int, int, int[]> check)
    {
        for (var l = 0; l < tree.Path.Depth; l++)
        {
            for (var node = 0; node < tree.Path.Count(l); node++)
            {
                check(l, node, tree.Place(l, node, (int)tree.Path.Copies(l, node) - 1));
            }
        }
    }

    private static void Same(int width, Func<int, int, double> expected, ReadOnlySpan<double> actual)
    {
        for (var a = 0; a < width; a++)
        {
            for (var b = 0; b < width; b++)
            {
                Assert.Equal(expected(a, b), actual[(a * width) + b], Tolerance);
            }
        }
    }
}
