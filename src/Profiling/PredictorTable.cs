namespace MarginalConditional.Profiling;

/// <summary>Smooth functions of the linear predictor at every row, computed at few points.</summary>
/// <remarks>
/// Functions of one distinct η are computed once. With more distinct values than Chebyshev points needed on their range, the functions are
/// computed there and interpolated by the barycentric formula (Berrut and Trefethen 2004, equation 5.4). They are analytic within π/2 of
/// the real line, so over a range of width w the error falls like exp(−πn/w): n = 10w + 40 points leave less than rounding.
/// </remarks>
internal sealed class PredictorTable
{
    private readonly double[] predictor;
    private readonly Dictionary<double, double[]> known;
    private readonly double[] points;
    private readonly double[][] values;

    private PredictorTable(double[] predictor, Dictionary<double, double[]> known, double[] points, double[][] values)
    {
        this.predictor = predictor;
        this.known = known;
        this.points = points;
        this.values = values;
    }

    /// <summary>Computes the functions wherever they are needed.</summary>
    /// <param name="predictor">η of each row, finite.</param>
    /// <param name="functions">All functions at one η.</param>
    public static PredictorTable Of(double[] predictor, Func<double, double[]> functions)
    {
        var distinct = predictor.Distinct().ToArray();
        var (low, high) = (distinct.Min(), distinct.Max());
        var count = (10 * (high - low)) + 40;
        if (!(distinct.Length > count))
        {
            return new PredictorTable(predictor, distinct.ToDictionary(eta => eta, functions), [], []);
        }

        var last = (int)count;
        double[] points = [.. Enumerable.Range(0, last + 1).Select(k => low + ((high - low) / 2 * (1 - Math.Cos(Math.PI * k / last))))];
        return new PredictorTable(predictor, [], points, [.. points.Select(functions)]);
    }

    /// <summary>The functions at a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="result">Receives them.</param>
    public void At(int row, Span<double> result)
    {
        var eta = predictor[row];
        if (points.Length == 0)
        {
            known[eta].CopyTo(result);
            return;
        }

        result.Clear();
        var total = 0.0;
        for (var k = 0; k < points.Length; k++)
        {
            var distance = eta - points[k];
            if (distance == 0)
            {
                values[k].CopyTo(result);
                return;
            }

            var weight = (k % 2 == 0 ? 1 : -1) * (k == 0 || k == points.Length - 1 ? 0.5 : 1) / distance;
            total += weight;
            for (var f = 0; f < result.Length; f++)
            {
                result[f] += weight * values[k][f];
            }
        }

        for (var f = 0; f < result.Length; f++)
        {
            result[f] /= total;
        }
    }
}
