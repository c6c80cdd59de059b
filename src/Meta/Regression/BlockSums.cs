using MarginalConditional.Meta.Pooling;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Meta.Regression;

/// <summary>V⁻¹, V⁻¹X and Py of one block, and their sums over groups of its effects.</summary>
internal sealed class BlockSums
{
    private readonly IReadOnlyList<int> rows;
    private readonly double[] precision;
    private readonly double[] weighted;
    private readonly double[] score;
    private readonly int columns;

    /// <summary>Computes them.</summary>
    /// <param name="block">The block.</param>
    /// <param name="basis">The columns.</param>
    /// <param name="regression">The fit at the block's covariance.</param>
    public BlockSums(EffectBlock block, ModeratorBasis basis, BlockRegression regression)
    {
        rows = block.Rows;
        columns = basis.Columns;
        var n = rows.Count;
        var factor = block.Covariance.ToArray();
        Cholesky.TryFactor(factor, n, out _, Cholesky.Definite);
        precision = new double[n * n];
        Cholesky.Inverse(factor, n, precision);
        var x = new double[n * columns];
        var residuals = new double[n];
        for (var i = 0; i < n; i++)
        {
            basis.Row(rows[i], x.AsSpan(i * columns, columns));
            residuals[i] = regression.Residuals[rows[i]];
        }

        (weighted, score) = (new double[n * columns], new double[n]);
        Dense.Multiply(precision, x, n, n, columns, weighted);
        Dense.Multiply(precision, residuals, n, n, 1, score);
    }

    /// <summary>The effects of the block by group, as places within the block.</summary>
    public int[][] Members(int[] groups) =>
        [.. Enumerable.Range(0, rows.Count).GroupBy(i => groups[rows[i]]).Select(group => group.ToArray())];

    /// <summary>The sums of Py and of the rows of V⁻¹X over some effects.</summary>
    public GroupSums Of(int[] members)
    {
        var (sum, row) = (0.0, new double[columns]);
        foreach (var i in members)
        {
            sum += score[i];
            Dense.AddScaled(1, weighted.AsSpan(i * columns, columns), row);
        }

        return new GroupSums(members, sum, row);
    }

    /// <summary>The sum of V⁻¹ over the pairs of effects of two groups.</summary>
    public double Precision(GroupSums one, GroupSums other)
    {
        var (n, sum) = (rows.Count, 0.0);
        foreach (var i in one.Members)
        {
            foreach (var j in other.Members)
            {
                sum += precision[(i * n) + j];
            }
        }

        return sum;
    }
}
