using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Quadrature;

/// <content>The derivatives in the log odds of excess zeros.</content>
internal sealed partial class NodeGradient
{
    private readonly Vector256<double>[] inflationRows;

    /// <summary>The derivatives of the log-likelihoods in the log odds of each row's excess zeros; empty where there are none.</summary>
    public ReadOnlySpan<Vector256<double>> InflationScores => inflationRows.AsSpan(0, means.Inflations.Length);

    /// <summary>Adds Σ w · score of the rows' log odds, times a factor, to the derivatives in γ.</summary>
    /// <param name="multiplicity">How many clusters share the pattern of each lane.</param>
    /// <param name="gradient">A vector a column of W.</param>
    public void AddInflationSlopes(Vector256<double> multiplicity, Span<Vector256<double>> gradient)
    {
        var w = block.InflationDesign;
        for (var i = 0; i < block.Rows; i++)
        {
            var scaled = multiplicity * inflationRows[i];
            for (var j = 0; j < gradient.Length; j++)
            {
                gradient[j] += scaled * w[(i * gradient.Length) + j];
            }
        }
    }

    // As for the dispersion, row by row, with −π of what is added once a row.
    private void FillInflation()
    {
        var rows = block.Rows;
        var odds = block.Odds;
        for (var i = 0; i < rows; i++)
        {
            inflationRows[i] = means.Inflations[i] - (block.Weight[i] * odds[i] / (Vector256<double>.One + odds[i]));
        }

        if (!placement.Adaptive)
        {
            return;
        }

        var slopes = dispersionRows.AsSpan(rows, rows);
        var bends = dispersionRows.AsSpan(2 * rows, rows);
        block.Density.InflationAlongRows(
            block.Response, block.Weight, block.Dispersion, modes.Predictor, dispersionRows.AsSpan(0, rows), slopes, bends);
        for (var i = 0; i < rows; i++)
        {
            var row = block.Loadings.Slice(i * q, q);
            inflationRows[i] += (bends[i] * MovementSquare(row)) + (slopes[i] * AdjointTimesRow(row));
        }
    }
}
