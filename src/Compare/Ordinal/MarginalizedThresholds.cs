using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.NormalMeans;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Compare.Ordinal;

/// <summary>
/// The marginal thresholds and coefficients that a cumulative mixed model implies: with P_k the probability of at most k averaged over the
/// random effects, the straight lines nearest to F⁻¹(P_k) + offset of all rows and thresholds, β_M = (QᵀQ)⁻¹Qᵀ{F⁻¹(P) + offset}. Immutable.
/// </summary>
/// <remarks>
/// Q stacks rows × thresholds, [I_k, −x]. It is exact for the probit link with a random intercept, where everything is divided by
/// √(1 + τ²), else a projection (Hedeker and others 2018): given normal effects and a logit link the marginal model is not exactly
/// proportional, and <see cref="ByThreshold"/> shows by how much.
/// </remarks>
public sealed class MarginalizedThresholds
{
    private readonly double[] estimates;
    private readonly double[] jacobian;
    private readonly double[] byThreshold;

    private MarginalizedThresholds(OrdinalGlmmFit fit, double[] estimates, double[] jacobian, double largest, double[] byThreshold)
    {
        Fit = fit;
        this.estimates = estimates;
        this.jacobian = jacobian;
        LargestResidual = largest;
        this.byThreshold = byThreshold;
    }

    /// <summary>The mixed model.</summary>
    public OrdinalGlmmFit Fit { get; }

    /// <summary>Thresholds and coefficients in the order of the fit's layout, p values, link scale.</summary>
    public ReadOnlySpan<double> Estimates => estimates;

    /// <summary>∂ estimates/∂ψ, p×m, row-major.</summary>
    public ReadOnlySpan<double> Jacobian => jacobian;

    /// <summary>The residual F⁻¹(P) + offset − Qβ_M of largest size, with its sign, link scale.</summary>
    public double LargestResidual { get; }

    /// <summary>The coefficients of the shared columns when each threshold is projected by itself, J×p by rows, link scale.</summary>
    public ReadOnlySpan<double> ByThreshold => byThreshold;

    /// <summary>Averages a fit over its random effects.</summary>
    /// <param name="fit">A fit with finite estimates.</param>
    public static MarginalizedThresholds Of(OrdinalGlmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var (frame, layout) = (fit.Frame, fit.Layout);
        var (n, thresholds, p, m) = (frame.Rows, layout.Thresholds, layout.Count, fit.ParameterCount);
        var arm = OrdinalArm.Observed(fit);
        var points = Evaluate(fit, arm);
        var target = new double[n * thresholds];
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = points[i].Predictor + (frame.Offset.IsEmpty ? 0 : frame.Offset[i % n]);
        }

        var stacked = Stack(fit);
        double[] weights = frame.Weights.IsEmpty ? [] : [.. Enumerable.Range(0, n * thresholds).Select(i => frame.Weights[i % n])];
        var projection = new WeightedProjection(stacked, p, weights);
        var estimates = new double[p];
        projection.Coefficients(target, estimates);
        double[] jacobian = new double[p * m], moved = new double[target.Length], image = new double[p];
        for (var l = 0; l < m; l++)
        {
            for (var i = 0; i < moved.Length; i++)
            {
                moved[i] = l < p
                    ? points[i].PredictorSlope * stacked[(l * moved.Length) + i]
                    : points[i].PredictorSpreadSlope * arm.Spread.Slope(l - p)[i % n];
            }

            projection.Coefficients(moved, image);
            for (var j = 0; j < p; j++)
            {
                jacobian[(j * m) + l] = image[j];
            }
        }

        var byThreshold = ByThresholdOf(fit, target);
        var largest = 0.0;
        for (var j = 0; j < p; j++)
        {
            Dense.AddScaled(-estimates[j], stacked.AsSpan(j * target.Length, target.Length), target);
        }

        foreach (var residual in target)
        {
            largest = Math.Abs(residual) > Math.Abs(largest) ? residual : largest;
        }

        return new MarginalizedThresholds(fit, estimates, jacobian, largest, byThreshold);
    }

    /// <summary>
    /// The approximation by one divisor, thresholds too: ψ/√(1 + c²τ²) (Zeger, Liang and Albert 1988), exact with c = 1 for probit; empty
    /// for other links, and where τ differs between rows.
    /// </summary>
    public double[] ClosedForm()
    {
        var spread = OrdinalArm.Observed(Fit).Spread.Values;
        if (spread.ContainsAnyExcept(spread[0]) || (Fit.Link != CumulativeLink.Logit && Fit.Link != CumulativeLink.Probit))
        {
            return [];
        }

        var divisor = Fit.Link == CumulativeLink.Logit
            ? LogitAttenuation.Divisor(spread[0])
            : Math.Sqrt(1 + (spread[0] * spread[0]));
        return [.. Fit.FixedParameters.ToArray().Select(value => value / divisor)];
    }

    /// <summary>The delta-method covariance J V Jᵀ, p×p, row-major.</summary>
    /// <param name="jointCovariance">V, m×m, row-major.</param>
    public double[] Covariance(ReadOnlySpan<double> jointCovariance)
    {
        var (p, m) = (estimates.Length, Fit.ParameterCount);
        var covariance = new double[p * p];
        for (var a = 0; a < p; a++)
        {
            for (var b = 0; b < p; b++)
            {
                covariance[(a * p) + b] = Dense.BilinearForm(jointCovariance, jacobian.AsSpan(a * m, m), jacobian.AsSpan(b * m, m));
            }
        }

        return covariance;
    }

    /// <summary>The influence of each cluster on the estimates, from that on ψ.</summary>
    internal ClusterInfluence Influence(ClusterInfluence parameters) => parameters.Transform(jacobian, estimates.Length);

    /// <summary>P_k of every row, threshold by threshold.</summary>
    private static MarginalPoint[] Evaluate(OrdinalGlmmFit fit, OrdinalArm arm)
    {
        var (n, thresholds) = (fit.Frame.Rows, fit.Layout.Thresholds);
        var mean = new CumulativeMean(fit.Link);
        var results = new MarginalPoint[n * thresholds];
        var points = new double[n];
        for (var k = 0; k < thresholds; k++)
        {
            arm.Points(fit.Parameters, k, 0, points);
            mean.At(points, arm.Spread.Values, results.AsSpan(k * n, n));
        }

        return results;
    }

    /// <summary>Q, rows within thresholds, column-major.</summary>
    private static double[] Stack(OrdinalGlmmFit fit)
    {
        var layout = fit.Layout;
        var (n, thresholds) = (fit.Frame.Rows, layout.Thresholds);
        var length = n * thresholds;
        var stacked = new double[length * layout.Count];
        for (var k = 0; k < thresholds; k++)
        {
            Column(k, k).Fill(1);
            for (var j = 0; j < layout.Shared.Length; j++)
            {
                Dense.AddScaled(-1, fit.Frame.Design.Column(layout.Shared[j]), Column(thresholds + j, k));
            }

            for (var c = 0; c < layout.Nominal.Length; c++)
            {
                Dense.AddScaled(-1, fit.Frame.Design.Column(layout.Nominal[c]), Column(layout.NominalPlace(c, k), k));
            }
        }

        return stacked;

        Span<double> Column(int column, int threshold) => stacked.AsSpan((column * length) + (threshold * n), n);
    }

    /// <summary>The shared columns' coefficients of each threshold by itself, the nominal ones beside them.</summary>
    private static double[] ByThresholdOf(OrdinalGlmmFit fit, double[] target)
    {
        var layout = fit.Layout;
        var (n, design) = (fit.Frame.Rows, fit.Frame.Design);
        var columns = 1 + layout.Shared.Length + layout.Nominal.Length;
        var values = new double[n * columns];
        values.AsSpan(0, n).Fill(1);
        for (var j = 1; j < columns; j++)
        {
            var source = j <= layout.Shared.Length ? layout.Shared[j - 1] : layout.Nominal[j - 1 - layout.Shared.Length];
            Dense.AddScaled(-1, design.Column(source), values.AsSpan(j * n, n));
        }

        var projection = new WeightedProjection(values, columns, fit.Frame.Weights);
        var slopes = new double[layout.Thresholds * layout.Shared.Length];
        var own = new double[columns];
        for (var k = 0; k < layout.Thresholds; k++)
        {
            projection.Coefficients(target.AsSpan(k * n, n), own);
            own.AsSpan(1, layout.Shared.Length).CopyTo(slopes.AsSpan(k * layout.Shared.Length));
        }

        return slopes;
    }
}
