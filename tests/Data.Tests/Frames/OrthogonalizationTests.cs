using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;

namespace MarginalConditional.Data.Tests.Frames;

public sealed class OrthogonalizationTests
{
    private const int Rows = 30;

    // The slow twin solves the normal equations of each column on the columns before it by elimination.
    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 4)]
    [InlineData(5, 6)]
    public void A_column_is_named_just_when_least_squares_on_the_others_leaves_nothing(int seed, int free)
    {
        var columns = new List<double[]> { Enumerable.Repeat(1.0, Rows).ToArray() };
        for (var term = 0; term < free; term++)
        {
            var j = term;
            columns.Add([.. Enumerable.Range(0, Rows).Select(i => Math.Sin((seed * 31) + (j * j * 7.3) + (i * (j + 1.7))))]);
        }

        columns.Insert(3, [.. Enumerable.Range(0, Rows).Select(i => 2 + (3 * columns[1][i]) - (0.5 * columns[2][i]))]);
        columns.Add([.. Enumerable.Range(0, Rows).Select(i => columns[1][i] - columns[^1][i])]);
        string[] names = [DesignMatrix.InterceptName, .. Enumerable.Range(1, columns.Count - 1).Select(j => $"c{j}")];
        var design = new DesignMatrix(Rows, names, [.. columns.SelectMany(column => column)], names);

        var relations = new Orthogonalization(design, centred: true, 1e-7).Relations();

        var aliased = Enumerable.Range(1, columns.Count - 1)
            .Where(j => Left(columns[..j], columns[j]) < 1e-7)
            .Select(j => $"\"c{j}\"")
            .ToArray();
        Assert.Equal(aliased, relations.Select(relation => relation.Split(' ')[0]));
        Assert.Equal("\"c3\" equals 2 + 3 × c1 − 0.5 × c2", relations[0]);
    }

    /// <summary>The length of what least squares on others leaves of a column, as a part of its length.</summary>
    private static double Left(List<double[]> others, double[] column)
    {
        var p = others.Count;
        var system = new double[p, p + 1];
        for (var a = 0; a < p; a++)
        {
            for (var b = 0; b <= p; b++)
            {
                var other = b == p ? column : others[b];
                system[a, b] = others[a].Zip(other, (x, y) => x * y).Sum();
            }
        }

        var coefficients = Solve(system, p);
        var left = Enumerable.Range(0, Rows).Select(i => column[i] - Enumerable.Range(0, p).Sum(a => coefficients[a] * others[a][i]));
        return Math.Sqrt(left.Sum(value => value * value) / column.Sum(value => value * value));
    }

    /// <summary>Gauss–Jordan with pivots on the diagonal; a column that depends on those before it gets no coefficient.</summary>
    private static double[] Solve(double[,] system, int p)
    {
        var used = new bool[p];
        for (var a = 0; a < p; a++)
        {
            used[a] = Math.Abs(system[a, a]) > 1e-9;
            for (var row = 0; row < p && used[a]; row++)
            {
                var factor = row == a ? 0 : system[row, a] / system[a, a];
                for (var b = 0; b <= p; b++)
                {
                    system[row, b] -= factor * system[a, b];
                }
            }
        }

        return [.. Enumerable.Range(0, p).Select(a => used[a] ? system[a, p] / system[a, a] : 0)];
    }
}
