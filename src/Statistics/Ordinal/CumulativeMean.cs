using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Statistics.Ordinal;

/// <summary>P(Y ≤ k) averaged over a normal effect, ∫ F(u + τz) φ(z) dz, with its slopes. Immutable.</summary>
public sealed class CumulativeMean
{
    private readonly MarginalMean mean;
    private readonly bool reflected;

    /// <summary>The average for a link.</summary>
    public CumulativeMean(CumulativeLink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        mean = MarginalMean.For(link.Marginal);
        reflected = link.IsReflected;
    }

    /// <summary>The probability, and its slopes in the point u and the spread τ.</summary>
    /// <param name="point">u = θ_k − η, finite, link scale.</param>
    /// <param name="spread">τ ≥ 0, link scale.</param>
    public (double Probability, double PointSlope, double SpreadSlope) At(double point, double spread)
    {
        var at = mean.At(reflected ? -point : point, spread);
        return reflected ? (1 - at.Mean, at.MeanSlope, -at.MeanSpreadSlope) : (at.Mean, at.MeanSlope, at.MeanSpreadSlope);
    }

    /// <summary>F⁻¹ of the probability, and its slopes in the point and the spread: finite in both tails.</summary>
    /// <param name="point">u = θ_k − η, finite, link scale.</param>
    /// <param name="spread">τ ≥ 0, link scale.</param>
    public (double Point, double PointSlope, double SpreadSlope) Transformed(double point, double spread)
    {
        var at = mean.At(reflected ? -point : point, spread);
        return reflected
            ? (-at.Predictor, at.PredictorSlope, -at.PredictorSpreadSlope)
            : (at.Predictor, at.PredictorSlope, at.PredictorSpreadSlope);
    }

    /// <summary>The same for many points, the probabilities in the place of means: rows that share τ are interpolated.</summary>
    /// <param name="points">u, n values; their signs may be turned on the way.</param>
    /// <param name="spreads">τ, n values.</param>
    /// <param name="results">Receives n values: probability and F⁻¹ of it, each with its slopes in u and τ.</param>
    public void At(Span<double> points, ReadOnlySpan<double> spreads, Span<MarginalPoint> results)
    {
        if (reflected)
        {
            SpanMath.Negate(points, points);
        }

        mean.At(points, spreads, results);
        for (var i = 0; reflected && i < results.Length; i++)
        {
            var at = results[i];
            results[i] = new MarginalPoint(
                1 - at.Mean, at.MeanSlope, -at.MeanSpreadSlope, -at.Predictor, at.PredictorSlope, -at.PredictorSpreadSlope);
        }
    }
}
