using System.Runtime.Intrinsics;

namespace MarginalConditional.Gee.Fitting;

/// <summary>Linear predictors of rows whose outcome is extreme.</summary>
internal static class EdgePredictor
{
    /// <summary>
    /// The least of η over the rows of outcome 0 and of −η over those of outcome 1, which is the predictor farthest on its row's side;
    /// infinite without such rows, and NaN where one is.
    /// </summary>
    /// <param name="response">y.</param>
    /// <param name="predictor">η, as many.</param>
    /// <param name="hasUpperEdge">Whether 1 is extreme as well: it is for events, and not for counts.</param>
    public static double Farthest(ReadOnlySpan<double> response, ReadOnlySpan<double> predictor, bool hasUpperEdge)
    {
        var nowhere = Vector256.Create(double.PositiveInfinity);
        var (least, row) = (nowhere, 0);
        for (; row <= response.Length - Vector256<double>.Count; row += Vector256<double>.Count)
        {
            var y = Vector256.Create(response[row..]);
            var eta = Vector256.Create(predictor[row..]);
            var upper = hasUpperEdge ? Vector256.ConditionalSelect(Vector256.Equals(y, Vector256<double>.One), -eta, nowhere) : nowhere;
            least = Vector256.Min(least, Vector256.ConditionalSelect(Vector256.Equals(y, Vector256<double>.Zero), eta, upper));
        }

        var farthest = double.PositiveInfinity;
        for (var lane = 0; lane < Vector256<double>.Count; lane++)
        {
            farthest = Math.Min(farthest, least[lane]);
        }

        for (; row < response.Length; row++)
        {
            farthest = response[row] == 0 ? Math.Min(farthest, predictor[row])
                : hasUpperEdge && response[row] == 1 ? Math.Min(farthest, -predictor[row])
                : farthest;
        }

        return farthest;
    }
}
