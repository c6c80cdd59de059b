namespace MarginalConditional.Statistics.Distributions;

/// <summary>Values against the quantiles that a normal distribution would give them: on a line when they are normal. Immutable.</summary>
/// <param name="Points">The k-th of n values, ascending, with Φ⁻¹((k − ½)/n); where there are many, some of them at even distances.</param>
/// <param name="Slope">Of the line through both quartiles, as in R's <c>qqline</c>; 0 where they are the same.</param>
/// <param name="Intercept">Of that line.</param>
public sealed record NormalQuantilePlot(
    IReadOnlyList<(double Quantile, double Value, int Index)> Points,
    double Slope,
    double Intercept)
{
    /// <summary>The height of the line at a quantile.</summary>
    public double LineAt(double quantile) => Intercept + (Slope * quantile);

    /// <summary>Places the values.</summary>
    /// <param name="values">One or more; those that are not finite are left out.</param>
    /// <param name="most">The most points kept, both ends in full.</param>
    public static NormalQuantilePlot Of(ReadOnlySpan<double> values, int most = 400)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 3);
        var sorted = new List<(double Value, int Index)>();
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsFinite(values[i]))
            {
                sorted.Add((values[i], i));
            }
        }

        sorted.Sort();
        var n = sorted.Count;
        if (n == 0)
        {
            return new NormalQuantilePlot([], 0, 0);
        }

        var (lower, upper) = (Quantile(sorted, 0.25), Quantile(sorted, 0.75));
        var slope = (upper - lower) / (2 * StandardNormal.Quantile(0.75));
        var points = new List<(double, double, int)>();
        for (var k = 0; k < n; k++)
        {
            if (n <= most || IsKept(k, n, most))
            {
                points.Add((StandardNormal.Quantile((k + 0.5) / n), sorted[k].Value, sorted[k].Index));
            }
        }

        return new NormalQuantilePlot(points, slope, 0.5 * (lower + upper));
    }

    /// <summary>A quarter of the points at each end, the rest evenly between.</summary>
    private static bool IsKept(int k, int n, int most)
    {
        var ends = most / 4;
        if (k < ends || k >= n - ends)
        {
            return true;
        }

        var (place, inner, kept) = (k - ends, n - (2 * ends), most - (2 * ends));
        return (long)place * kept / inner != (long)(place + 1) * kept / inner;
    }

    /// <summary>R's type 7.</summary>
    private static double Quantile(List<(double Value, int Index)> sorted, double probability)
    {
        var place = probability * (sorted.Count - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below].Value + ((place - below) * (sorted[above].Value - sorted[below].Value));
    }
}
