namespace MarginalConditional.Meta.Diagnostics;

/// <summary>Studies' standardized effects against their precisions: a study's effect is its slope from the origin. Immutable.</summary>
/// <remarks>x = 1/s and y = effect/s with s² = v + τ² (Galbraith 1988): y varies by 1 around the line of the combined effect.</remarks>
public sealed class RadialPlot
{
    private readonly (double Precision, double Standardized)[] points;

    private RadialPlot((double Precision, double Standardized)[] points, MetaAnalysisFit fit)
    {
        this.points = points;
        Slope = fit.Estimate;
        HalfWidth = fit.NormalQuantile;
        CountsSpread = fit.IsRandom && fit.Tau2 > 0;
    }

    /// <summary>A study each, in the order of the studies.</summary>
    public IReadOnlyList<(double Precision, double Standardized)> Points => points;

    /// <summary>The combined effect: the slope of the line.</summary>
    public double Slope { get; }

    /// <summary>z: how far up and down the band around the line reaches that holds a share of the studies, the analysis' level.</summary>
    public double HalfWidth { get; }

    /// <summary>Whether the precisions count the spread between studies, τ².</summary>
    public bool CountsSpread { get; }

    /// <summary>The number of studies outside the band.</summary>
    public int Outside => points.Count(point => Math.Abs(point.Standardized - LineAt(point.Precision)) > HalfWidth);

    /// <summary>The height of the line at a precision.</summary>
    public double LineAt(double precision) => Slope * precision;

    /// <summary>The band at a precision.</summary>
    public (double Lower, double Upper) BandAt(double precision) => (LineAt(precision) - HalfWidth, LineAt(precision) + HalfWidth);

    /// <summary>Places the studies of an analysis.</summary>
    public static RadialPlot Of(MetaAnalysisFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var tau2 = fit.IsRandom ? fit.Tau2 : 0;
        return new RadialPlot(
            [.. Enumerable.Range(0, fit.Studies.Count).Select(i =>
            {
                var error = Math.Sqrt(fit.Studies.Variances[i] + tau2);
                return (1 / error, fit.Studies.Estimates[i] / error);
            })],
            fit);
    }
}
