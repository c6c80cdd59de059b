namespace MarginalConditional.Glmm.Meta;

/// <summary>The studies in canonical order, in units of a power of two near the typical standard error.</summary>
/// <remarks>Dividing by a power of two is exact, and keeps squares of weights away from overflow whatever the units of the effects.</remarks>
internal sealed class ScaledStudies
{
    private readonly double[] estimates;
    private readonly double[] variances;

    private ScaledStudies(double[] estimates, double[] variances, double unit)
    {
        this.estimates = estimates;
        this.variances = variances;
        Unit = unit;
    }

    /// <summary>What one unit of the scaled effects is worth.</summary>
    public double Unit { get; }

    /// <summary>y / Unit.</summary>
    public ReadOnlySpan<double> Estimates => estimates;

    /// <summary>v / Unit².</summary>
    public ReadOnlySpan<double> Variances => variances;

    /// <summary>Sorts by variance, then estimate, and scales.</summary>
    public static ScaledStudies From(StudyEffects studies)
    {
        double[] y = [.. studies.Estimates], v = [.. studies.Variances];
        var order = Enumerable.Range(0, y.Length).OrderBy(i => v[i]).ThenBy(i => y[i]).ToArray();
        var median = v[order[order.Length / 2]];
        var unit = Math.ScaleB(1, Math.ILogB(median) / 2);
        return new ScaledStudies(
            [.. order.Select(i => y[i] / unit)],
            [.. order.Select(i => v[i] / unit / unit)],
            unit);
    }
}
