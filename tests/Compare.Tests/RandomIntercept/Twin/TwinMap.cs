using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Compare.Tests.RandomIntercept.Twin;

/// <summary>From the regression's predictor m = xβ + offset to the predictor given b = 0, η = Δ(m, θ).</summary>
internal abstract class TwinMap
{
    private TwinMap()
    {
    }

    /// <summary>η = m: the regression is conditional.</summary>
    public static TwinMap Conditional { get; } = new ConditionalMap();

    /// <summary>The regression is marginal: Δ solves g(E[g⁻¹(Δ + θZ)]) = m (Heagerty 1999, equation 3).</summary>
    public static TwinMap Marginal(MarginalMean mean) => new MarginalMap(mean);

    /// <summary>Δ, ∂Δ/∂m and ∂Δ/∂θ for each row.</summary>
    /// <param name="regression">m, n values.</param>
    /// <param name="theta">θ.</param>
    /// <param name="rows">Receives n triples.</param>
    public abstract void Apply(
        ReadOnlySpan<double> regression,
        double theta,
        Span<(double Predictor, double Slope, double ThetaSlope)> rows);

    private sealed class ConditionalMap : TwinMap
    {
        public override void Apply(
            ReadOnlySpan<double> regression,
            double theta,
            Span<(double Predictor, double Slope, double ThetaSlope)> rows)
        {
            for (var i = 0; i < regression.Length; i++)
            {
                rows[i] = (regression[i], 1, 0);
            }
        }
    }

    private sealed class MarginalMap(MarginalMean mean) : TwinMap
    {
        public override void Apply(
            ReadOnlySpan<double> regression,
            double theta,
            Span<(double Predictor, double Slope, double ThetaSlope)> rows)
        {
            var known = new Dictionary<double, (double, double, double)>();
            for (var i = 0; i < regression.Length; i++)
            {
                if (!known.TryGetValue(regression[i], out var row))
                {
                    var delta = mean.Invert(regression[i], theta);
                    var point = mean.At(delta, theta);
                    row = (delta, 1 / point.PredictorSlope, -point.PredictorSpreadSlope / point.PredictorSlope);
                    known.Add(regression[i], row);
                }

                rows[i] = row;
            }
        }
    }
}
