using MarginalConditional.Gee.Fitting;
using MarginalConditional.Gee.Tests.Support;

namespace MarginalConditional.Gee.Tests.Fitting;

/// <summary>
/// The mixed step is f − (ΔZ + ΔF)γ with γ the least-squares solution of ΔFγ = f (Walker and Ni 2011), here by dense matrices; on a
/// linear map it arrives in one step more than there are dimensions.
/// </summary>
public sealed class AndersonMixingTests
{
    [Fact]
    public void Steps_are_those_of_least_squares_over_the_last_five_differences()
    {
        const int Dimension = 8;
        var random = new Sequence(41);
        var mixing = new AndersonMixing(Dimension);
        var (points, residuals) = (new List<double[]>(), new List<double[]>());
        for (var turn = 0; turn < 10; turn++)
        {
            points.Add([.. Enumerable.Range(0, Dimension).Select(_ => random.Normal())]);
            residuals.Add([.. Enumerable.Range(0, Dimension).Select(_ => random.Normal())]);
            var step = residuals[^1].ToArray();
            mixing.Mix(points[^1], step);
            var expected = Expected(points, residuals, Math.Min(turn, 5));
            Assert.All(expected.Zip(step), pair => Assert.Equal(pair.First, pair.Second, 1e-7));
        }

        mixing.Clear();
        var plain = residuals[^1].ToArray();
        mixing.Mix(points[^1], plain);
        Assert.Equal(residuals[^1], plain);
    }

    /// <summary>z = z + f with f = b − Az runs away, as A has an eigenvalue above 2.</summary>
    [Fact]
    public void A_linear_map_ends_after_as_many_steps_as_dimensions()
    {
        double[,] a = { { 2.5, 0.3, 0 }, { 0.3, 1.2, -0.4 }, { 0, -0.4, 0.7 } };
        double[] target = [1, -2, 3];
        var mixing = new AndersonMixing(3);
        double[] point = [0, 0, 0];
        for (var turn = 0; turn < 4; turn++)
        {
            double[] step = [.. Enumerable.Range(0, 3).Select(i => Enumerable.Range(0, 3).Sum(j => a[i, j] * (target[j] - point[j])))];
            mixing.Mix(point, step);
            point = [.. point.Zip(step, (value, by) => value + by)];
            if (turn < 2)
            {
                Assert.Contains(point.Zip(target), pair => Math.Abs(pair.First - pair.Second) > 0.01);
            }
        }

        Assert.All(point.Zip(target), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
    }

    [Fact]
    public void Differences_that_say_nothing_new_are_left_out()
    {
        // Residuals 4, 1 at points 0, 1 are those of a line that is 0 at 4/3; one that was seen twice has no difference.
        var mixing = new AndersonMixing(1);
        double[] step = [4];
        mixing.Mix([0], step);
        Assert.Equal(4, step[0]);
        step = [4];
        mixing.Mix([0], step);
        Assert.Equal(4, step[0]);
        step = [1];
        mixing.Mix([1], step);
        Assert.Equal(1.0 / 3, step[0], 1e-9);

        // Both differences, 0 to 1 and 1 to 1.2, lie on one line: the later one alone says where it ends.
        step = [0.4];
        mixing.Mix([1.2], step);
        Assert.Equal((4.0 / 3) - 1.2, step[0], 1e-8);
    }

    /// <summary>By the normal equations of the last so many differences.</summary>
    private static double[] Expected(List<double[]> points, List<double[]> residuals, int columns)
    {
        var n = points[0].Length;
        var last = points.Count - 1;
        if (columns == 0)
        {
            return residuals[last];
        }

        double[,] Differences(List<double[]> values)
        {
            var result = new double[n, columns];
            for (var k = 0; k < n; k++)
            {
                for (var i = 0; i < columns; i++)
                {
                    result[k, i] = values[last - i][k] - values[last - i - 1][k];
                }
            }

            return result;
        }

        var (moves, changes, f) = (Differences(points), Differences(residuals), new double[n, 1]);
        for (var k = 0; k < n; k++)
        {
            f[k, 0] = residuals[last][k];
        }

        var transposed = Matrices.Transpose(changes);
        var gamma = Matrices.Multiply(Matrices.Inverse(Matrices.Multiply(transposed, changes)), Matrices.Multiply(transposed, f));
        var back = Matrices.Multiply(Matrices.Add(moves, changes), gamma);
        return [.. Enumerable.Range(0, n).Select(k => f[k, 0] - back[k, 0])];
    }
}
