using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Predictions;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Lmm.TwoWay;

/// <summary>
/// Wald tests with the sandwich for residuals that are dependent when they share a cluster of either of two ways, random effects or not.
/// </summary>
/// <remarks>
/// β̂ solves XᵀV⁻¹(y − Xβ) = 0, a sum over rows of s_i = (V⁻¹X)_iᵀ r_i with r = y − Xβ̂: its variance is the sum of E s_i s_jᵀ over the
/// pairs of rows that are dependent (Cameron, Gelbach and Miller 2011), whatever V is in truth. Where V is that of independent clusters
/// which contain those of both ways, this is the sandwich over them less the pairs that are taken as independent.
/// </remarks>
public sealed class TwoWayInference : LmmInference
{
    private TwoWayInference(LmmFit fit, TwoWaySandwich ways)
        : base(fit, ways.Covariance.ToArray()) => Ways = ways;

    /// <summary>The sandwich, with its numbers of clusters.</summary>
    public TwoWaySandwich Ways { get; }

    /// <summary>Computes the sandwich over the frame's clusters and a second grouping.</summary>
    /// <param name="fit">A fit with independent residuals.</param>
    /// <param name="second">The second way: a grouping that the fit's frame was asked for.</param>
    /// <param name="factor">The factor for few clusters; null (the default) means none.</param>
    /// <exception cref="ArgumentException">Residuals are correlated, or the frame has no such grouping.</exception>
    public static TwoWayInference Of(LmmFit fit, string second, WayFactor? factor = null)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.Data.Residual is not null)
        {
            throw new ArgumentException("Two ways of clustering need independent residuals beside the random effects.", nameof(fit));
        }

        var groups = fit.Frame.Auxiliary(second) as FactorColumn
            ?? throw new ArgumentException($"The column \"{second}\" is no grouping of the frame.", nameof(second));
        var scores = RowScores(fit);
        return new TwoWayInference(
            fit,
            TwoWaySandwich.Of(fit.Covariance, scores, fit.Frame.Clusters.OfRows(), groups.Codes, factor ?? WayFactor.None));
    }

    /// <inheritdoc/>
    public override double DegreesOfFreedom(ReadOnlySpan<double> contrast) => double.PositiveInfinity;

    /// <inheritdoc/>
    public override WaldTest Test(IReadOnlyList<Contrast> contrasts) => WaldTest.Joint(contrasts, Fit.Coefficients, Covariance);

    /// <summary>(V⁻¹X)_i r_i of each row, n×p by rows: V⁻¹X = wσ⁻²(X + ∂Zb̂/∂β), since b̂ takes from y what it takes from Xβ.</summary>
    private static double[] RowScores(LmmFit fit)
    {
        var (frame, p) = (fit.Frame, fit.Coefficients.Length);
        var predictor = LinearPredictor.Of(frame, fit.Coefficients);
        var posterior = EffectPosterior.Of(fit);
        var scores = new double[frame.Rows * p];
        for (var row = 0; row < frame.Rows; row++)
        {
            var slope = posterior.Slope(NewRow.Of(frame, row));
            var weight = (frame.Weights.IsEmpty ? 1 : frame.Weights[row]) / fit.ResidualVariance;
            var residual = weight * (frame.Response[row] - predictor[row]);
            for (var j = 0; j < p; j++)
            {
                scores[(row * p) + j] = (frame.Design.Column(j)[row] + slope[j]) * residual;
            }
        }

        return scores;
    }
}
