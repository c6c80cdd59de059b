using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Tests.Correlation;

/// <summary>Newton's method on the dual against alternating projections (Higham 2002), slow and obvious.</summary>
public sealed class NearestCorrelationTests
{
    [Theory]
    [InlineData(2, 1.5, 0.05)]
    [InlineData(3, 1, 0.05)]
    [InlineData(4, 3, 0.3)]
    [InlineData(6, 1, 0)]
    [InlineData(9, 0.8, 0.05)]
    [InlineData(12, 20, 0.05)]
    [InlineData(25, 1, 0.05)]
    public void Is_where_alternating_projections_end(int n, double size, double floor)
    {
        for (var key = 0; key < 6; key++)
        {
            var random = new Sequence(1000 + key);
            var matrix = Symmetric(n, () => size * ((2 * random.Uniform()) - 1));
            var expected = Projected(matrix, n, floor);
            NearestCorrelation.Replace(n, floor, matrix);
            for (var at = 0; at < matrix.Length; at++)
            {
                Assert.Equal(expected[at], matrix[at], 1e-7);
            }
        }
    }

    [Fact]
    public void A_correlation_matrix_stays_as_it_is()
    {
        double[] matrix = [1, 0.3, -0.2, 0.3, 1, 0.5, -0.2, 0.5, 1];
        double[] same = [.. matrix];
        NearestCorrelation.Replace(3, 0.05, same);
        Assert.All(matrix.Zip(same), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    /// <summary>Of two variables there is one correlation, and 1 less its modulus is the smallest eigenvalue.</summary>
    [Fact]
    public void One_correlation_is_brought_to_the_floor()
    {
        double[] matrix = [1, 0.999, 0.999, 1];
        NearestCorrelation.Replace(2, 0.05, matrix);
        Assert.Equal(0.95, matrix[1], 1e-12);
        matrix = [1, -5, -5, 1];
        NearestCorrelation.Replace(2, 0.2, matrix);
        Assert.Equal(-0.8, matrix[2], 1e-12);
    }

    [Theory]
    [InlineData(1e3)]
    [InlineData(1e12)]
    [InlineData(1e27)]
    [InlineData(1e150)]
    public void Absurd_numbers_end_in_a_correlation_matrix(double size)
    {
        const int N = 7;
        var random = new Sequence(3);
        var matrix = Symmetric(N, () => size * ((2 * random.Uniform()) - 1));
        NearestCorrelation.Replace(N, 0.05, matrix);
        Assert.All(Enumerable.Range(0, N), i => Assert.Equal(1, matrix[i * (N + 1)]));
        var values = new double[N];
        SymmetricEigen.Decompose((double[])matrix.Clone(), N, values, new double[N * N]);
        Assert.True(values[0] > 0.05 - 1e-9, $"{values[0]}");
    }

    private static double[] Symmetric(int n, Func<double> draw)
    {
        var matrix = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            matrix[i * (n + 1)] = 1;
            for (var j = 0; j < i; j++)
            {
                matrix[(i * n) + j] = matrix[(j * n) + i] = draw();
            }
        }

        return matrix;
    }

    /// <summary>Onto the matrices with eigenvalues of at least the floor, with Dykstra's correction, and onto the unit diagonal.</summary>
    private static double[] Projected(double[] matrix, int n, double floor)
    {
        double[] current = [.. matrix];
        var (correction, work, vectors, values) = (new double[n * n], new double[n * n], new double[n * n], new double[n]);
        for (var iteration = 0; iteration < 20_000; iteration++)
        {
            double[] start = [.. current.Zip(correction, (value, past) => value - past)];
            start.CopyTo(work, 0);
            SymmetricEigen.Decompose(work, n, values, vectors);
            SymmetricEigen.Compose([.. values.Select(value => Math.Max(value, floor))], vectors, n, work);
            var change = 0.0;
            for (var at = 0; at < work.Length; at++)
            {
                correction[at] = work[at] - start[at];
                var next = at / n == at % n ? 1 : work[at];
                change = Math.Max(change, Math.Abs(next - current[at]));
                current[at] = next;
            }

            if (change < 1e-12)
            {
                break;
            }
        }

        return current;
    }
}
