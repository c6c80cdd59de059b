namespace MarginalConditional.Lmm.Model;

/// <summary>
/// Where the search for crossed effects starts: the covariance of two rows of a group, by moments of the least-squares residuals.
/// </summary>
/// <remarks>
/// Of rows i ≠ j of one group E r_ir_j is z_iz_jτ², but for what the other groupings add when the rows share their groups, too. An
/// evaluation of a large crossed model is dear, and a start at one is far from most of them.
/// </remarks>
internal static class CrossedStart
{
    private const double Smallest = 0.05;
    private const double Largest = 3;

    /// <summary>Least share of the variance that is left to the residual.</summary>
    private const double LeastResidual = 0.1;

    /// <summary>The diagonal of Λ for every effect of a level, and 0 elsewhere, level by level.</summary>
    public static double[] Of(LinearMixedData data)
    {
        var rows = data.Rows;
        var total = 0.0;
        for (var i = 0; i < rows.Rows; i++)
        {
            total += Residual(rows, i) * Residual(rows, i);
        }

        total /= rows.Rows;
        var variances = new List<double>();
        var column = data.Hierarchy.Levels[^1].Dimension;
        foreach (var level in data.Hierarchy.Levels)
        {
            var at = level == data.Hierarchy.Levels[^1] ? 0 : column;
            foreach (var term in level.Terms)
            {
                for (var a = 0; a < term.Dimension; a++)
                {
                    variances.Add(Moment(data, term.Groups, term.GroupCount, at++));
                }
            }
        }

        var residual = Math.Max(LeastResidual * total, total - variances.Sum());
        var theta = new double[data.Parameters];
        var (k, effect) = (0, 0);
        foreach (var factor in data.Hierarchy.Levels.Select(level => level.Factor))
        {
            for (var j = 0; j < factor.Parameters; j++, k++)
            {
                theta[k] = factor.IsDiagonal(j) ? Math.Clamp(Math.Sqrt(variances[effect++] / residual), Smallest, Largest) : 0;
            }
        }

        return theta;
    }

    private static double Residual(WorkingRows rows, int row) => rows.Values[((row + 1) * rows.Width) - 1];

    private static double Moment(LinearMixedData data, ReadOnlySpan<int> groups, int count, int column)
    {
        var rows = data.Rows;
        var order = data.Hierarchy.RowOrder;
        var (sums, squares) = (new double[count], new double[count]);
        var (own, ownSquares) = (0.0, 0.0);
        for (var i = 0; i < rows.Rows; i++)
        {
            var z = rows.Values[(i * rows.Width) + column];
            var product = z * Residual(rows, i);
            var group = groups[order is null ? i : order[i]];
            sums[group] += product;
            squares[group] += z * z;
            own += product * product;
            ownSquares += z * z * z * z;
        }

        var (numerator, denominator) = (-own, -ownSquares);
        for (var g = 0; g < count; g++)
        {
            numerator += sums[g] * sums[g];
            denominator += squares[g] * squares[g];
        }

        return denominator > 0 ? Math.Max(0, numerator / denominator) : 0;
    }
}
