using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Inference;

/// <summary>Criteria for the choice of the covariates and the working correlation (Pan 2001; Hin and Wang 2009 for CIC).</summary>
/// <param name="Quasilikelihood">Q(μ̂), the quasi-likelihood under independence, Σ w Q(y, μ̂)/φ, up to a function of y.</param>
/// <param name="Qic">−2Q + 2 CIC.</param>
/// <param name="Qicu">−2Q + 2p, for the choice of covariates.</param>
/// <param name="Cic">tr(Ω_I V_R), Ω_I the information under independence at β̂ and V_R the robust variance.</param>
/// <remarks>φ is 1 for families whose dispersion is 1 by definition, else the fit's scale, in Q and Ω_I alike.</remarks>
public sealed record InformationCriteria(double Quasilikelihood, double Qic, double Qicu, double Cic)
{
    /// <summary>Computes the criteria of a fit.</summary>
    public static InformationCriteria Of(GeeFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var scale = fit.Options.Family.HasUnitDispersion ? 1 : fit.Scale;
        var p = fit.Coefficients.Length;
        var (information, quasilikelihood) = Independence(fit);
        var robust = fit.Covariance(Covariance.GeeVariance.Robust);
        var cic = Dense.Dot(information, robust) / scale;
        var q = quasilikelihood / scale;
        return new InformationCriteria(q, (-2 * q) + (2 * cic), (-2 * q) + (2 * p), cic);
    }

    private static (double[] Information, double Quasilikelihood) Independence(GeeFit fit)
    {
        var frame = fit.Frame;
        var p = fit.Coefficients.Length;
        var information = new double[p * p];
        var quasilikelihood = 0.0;
        var row = new double[p];
        for (var i = 0; i < frame.Rows; i++)
        {
            var eta = frame.Offset.IsEmpty ? 0 : frame.Offset[i];
            for (var j = 0; j < p; j++)
            {
                row[j] = frame.Design.Column(j)[i];
                eta += row[j] * fit.Coefficients[j];
            }

            var weight = fit.Data.Weights.Length > 0 ? fit.Data.Weights[i] : 1;
            if (weight > 0)
            {
                var mean = fit.Data.Link.Mean(eta);
                var slope = fit.Data.Link.Derivative(eta);
                Dense.RankOneUpdateLower(weight * slope * slope / fit.Data.Family.Variance(mean), row, information);
                quasilikelihood += weight * fit.Data.Family.QuasiLikelihood(frame.Response[i], mean);
            }
        }

        Dense.MirrorLower(information, p);
        return (information, quasilikelihood);
    }
}
