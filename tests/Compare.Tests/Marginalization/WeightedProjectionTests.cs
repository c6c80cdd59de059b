using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Marginalization;

/// <summary>The projection against the normal equations, written out.</summary>
public sealed class WeightedProjectionTests
{
    private const int Rows = 23;
    private const int Columns = 4;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Coefficients_solve_the_normal_equations(bool weighted)
    {
        var (design, weights, values) = Draw(weighted);
        var coefficients = new double[Columns];
        new WeightedProjection(design, Columns, weighted ? weights : []).Coefficients(values, coefficients);

        Near(Solve(design, weights, values, 0, Rows), coefficients);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Shares_are_those_of_the_rows_and_add_up_to_the_whole(bool weighted)
    {
        var (design, weights, values) = Draw(weighted);
        var projection = new WeightedProjection(design, Columns, weighted ? weights : []);
        var (share, sum, whole) = (new double[Columns], new double[Columns], new double[Columns]);
        foreach (var (start, count) in new[] { (0, 5), (5, 1), (6, 17) })
        {
            projection.Share(values, start, count, share);
            Near(Solve(design, weights, values, start, count), share);
            Dense.AddScaled(1, share, sum);
        }

        projection.Coefficients(values, whole);
        Near(whole, sum);
    }

    [Fact]
    public void What_is_linear_in_the_design_comes_back()
    {
        var (design, weights, _) = Draw(weighted: true);
        double[] beta = [0.5, -2, 3, 0.1];
        var values = Enumerable.Range(0, Rows)
            .Select(i => Enumerable.Range(0, Columns).Sum(j => design[(j * Rows) + i] * beta[j]))
            .ToArray();
        var coefficients = new double[Columns];
        new WeightedProjection(design, Columns, weights).Coefficients(values, coefficients);

        Near(beta, coefficients);
    }

    private static (double[] Design, double[] Weights, double[] Values) Draw(bool weighted)
    {
        var random = new RandomStream(11, 1, 1);
        var design = Enumerable.Range(0, Rows * Columns).Select(k => k < Rows ? 1 : random.NextNormal()).ToArray();
        var weights = Enumerable.Range(0, Rows).Select(i => weighted ? 1 + (2 * random.NextUniform()) : 1).ToArray();
        return (design, weights, [.. Enumerable.Range(0, Rows).Select(_ => random.NextNormal())]);
    }

    /// <summary>(XᵀWX)⁻¹ Σ wᵢxᵢvᵢ, the sum over some rows.</summary>
    private static double[] Solve(double[] design, double[] weights, double[] values, int start, int count)
    {
        var matrix = new double[Columns * Columns];
        var right = new double[Columns];
        for (var i = 0; i < Rows; i++)
        {
            for (var j = 0; j < Columns; j++)
            {
                right[j] += i >= start && i < start + count ? weights[i] * design[(j * Rows) + i] * values[i] : 0;
                for (var k = 0; k < Columns; k++)
                {
                    matrix[(j * Columns) + k] += weights[i] * design[(j * Rows) + i] * design[(k * Rows) + i];
                }
            }
        }

        Assert.True(Cholesky.TryFactor(matrix, Columns, out _));
        Cholesky.Solve(matrix, Columns, right);
        return right;
    }

    private static void Near(double[] expected, double[] actual)
    {
        for (var j = 0; j < expected.Length; j++)
        {
            Assert.Equal(expected[j], actual[j], 1e-12);
        }
    }
}
