namespace MarginalConditional.Glmm.Model;

/// <content>The coefficients of the log odds of excess zeros.</content>
internal sealed partial class ParameterMap
{
    private readonly ColumnScaling? inflation;

    /// <summary>Where γ starts.</summary>
    public int InflationStart { get; }

    /// <summary>Which of them is the intercept; the first without one.</summary>
    public int InflationIntercept => Math.Max(0, inflation?.Intercept ?? 0);

    /// <summary>The number of γ; 0 without excess zeros.</summary>
    public int InflationColumns { get; }

    private void FillInflation(double[] scaledByReported, double[] reportedByScaled)
    {
        var (m, k) = (ParameterCount, InflationColumns);
        var (unit, image) = (new double[k], new double[k]);
        for (var j = 0; j < k; j++)
        {
            unit.AsSpan().Clear();
            unit[j] = 1;
            inflation!.ToData(unit, image);
            for (var i = 0; i < k; i++)
            {
                reportedByScaled[((InflationStart + i) * m) + InflationStart + j] = image[i];
            }

            inflation.FromData(unit, image);
            for (var i = 0; i < k; i++)
            {
                scaledByReported[((InflationStart + i) * m) + InflationStart + j] = image[i];
            }
        }
    }
}
