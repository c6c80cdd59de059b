using System.Numerics;

namespace MarginalConditional.Glmm.Quadrature;

/// <content>What of the clusters depends on the dispersion alone, and the derivative in log φ.</content>
internal sealed partial class LaneIntegrator
{
    private readonly Vector<double>[] dispersionRows;
    private Vector<double> meanDispersion;

    /// <summary>The part of the log-likelihoods of the clusters loaded that depends on the dispersion alone, with its derivative in log φ.</summary>
    public Vector<double> Constants(out Vector<double> derivative)
    {
        derivative = Vector<double>.Zero;
        var sum = Vector<double>.Zero;
        for (var i = 0; i < rows && !density.IsLinearInResponse; i++)
        {
            var values = Vector<double>.Zero;
            var slopes = Vector<double>.Zero;
            for (var lane = 0; lane < Vector<double>.Count; lane++)
            {
                if (weight[i][lane] > 0)
                {
                    values = values.WithElement(lane, density.Constant(response[i][lane], point.Dispersion, out var slopeOfLane));
                    slopes = slopes.WithElement(lane, slopeOfLane);
                }
            }

            sum += weight[i] * values;
            derivative += weight[i] * slopes;
        }

        return sum;
    }

    private Vector<double> DispersionSlope()
    {
        if (!adaptive)
        {
            return meanDispersion;
        }

        var sum = meanDispersion;
        var slopes = dispersionRows.AsSpan(rows, rows);
        var bends = dispersionRows.AsSpan(2 * rows, rows);
        density.DispersionAlongRows(
            response.AsSpan(0, rows), weight.AsSpan(0, rows), point.Dispersion, eta.AsSpan(0, rows), dispersionRows.AsSpan(0, rows), slopes, bends);
        for (var i = 0; i < rows; i++)
        {
            sum += (bends[i] * MovementSquare(i)) + (slopes[i] * AdjointTimesRow(i));
        }

        return sum;
    }
}
