using MarginalConditional.Means.Models;

namespace MarginalConditional.Means.Grids;

/// <summary>One row of a table of means: where it stands, and what it averages.</summary>
/// <param name="At">The values of the variables asked for, then of those that comparisons stay within.</param>
/// <param name="Name">The values of the variables asked for, joined by colons: what contrasts call it.</param>
/// <param name="Group">Which of the combinations of the variables that comparisons stay within.</param>
/// <param name="Weights">The cells of the grid with their weights, which add up to 1; empty when no row was seen there.</param>
/// <param name="Part">Which of the categories or thresholds of an ordered outcome, counted from 0; 0 for others.</param>
internal sealed record MeanRow(
    IReadOnlyList<(string Variable, string Value)> At, string Name, int Group, IReadOnlyList<(int Cell, double Weight)> Weights, int Part)
{
    /// <summary>Averages a row of each cell.</summary>
    /// <param name="rows">A row for each cell.</param>
    public double[] Average(IReadOnlyList<double[]> rows)
    {
        var sum = new double[rows[0].Length];
        foreach (var (cell, weight) in Weights)
        {
            for (var j = 0; j < sum.Length; j++)
            {
                sum[j] += weight * rows[cell][j];
            }
        }

        return sum;
    }
}
