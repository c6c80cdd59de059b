using MarginalConditional.Gee.Equations;

namespace MarginalConditional.Gee.Fitting;

/// <summary>The coefficients of one mean for all rows, the response's, about the mean of the offsets.</summary>
/// <remarks>It is inside the domain of every family whenever the response varies.</remarks>
internal static class OneMean
{
    /// <summary>Fills the coefficients.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="coefficients">Receives p values: 0 but for the intercept.</param>
    /// <returns>Whether there is an intercept, and a finite one.</returns>
    public static bool TryFill(GeeData data, double[] coefficients)
    {
        var design = data.Frame.Design;
        for (var j = 0; j < design.Columns; j++)
        {
            if (design.Column(j).IndexOfAnyExcept(1.0) < 0)
            {
                Array.Clear(coefficients);
                coefficients[j] = Intercept(data);
                return double.IsFinite(coefficients[j]);
            }
        }

        return false;
    }

    private static double Intercept(GeeData data)
    {
        double sum = 0, weights = 0, offsets = 0;
        for (var row = 0; row < data.Rows; row++)
        {
            var weight = data.Weights.Length > 0 ? data.Weights[row] : 1;
            sum += weight * data.Frame.Response[row];
            weights += weight;
            offsets += data.Frame.Offset.IsEmpty ? 0 : weight * data.Frame.Offset[row];
        }

        return data.Link.Predictor(sum / weights) - (offsets / weights);
    }
}
