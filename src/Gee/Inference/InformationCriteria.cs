using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Inference;

/// <summary>Criteria for the choice of the covariates and the working correlation (Pan 2001; Hin and Wang 2009 for CIC).</summary>
/// <param name="Quasilikelihood">Q(μ̂), the quasi-likelihood under independence, Σ w Q(y, μ̂)/φ, up to a function of y.</param>
/// <param name="Qic">−2Q + 2 CIC.</param>
/// <param name="Qicu">−2Q + 2p, for the choice of covariates.</param>
/// <param name="Cic">tr(Ω_I V_R), Ω_I the information under independence at β̂ and V_R the robust variance.</param>
/// <remarks>
/// Ω_I carries the fit's scale φ. In Q the scale is 1 for families whose dispersion is 1 by definition, where Q is a log-likelihood, else
/// φ. For binomial and Poisson outcomes this agrees with the R package geepack.
/// </remarks>
public sealed record InformationCriteria(double Quasilikelihood, double Qic, double Qicu, double Cic)
{
    /// <summary>Computes the criteria of a fit.</summary>
    public static InformationCriteria Of(GeeFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var scale = fit.Options.Family.HasUnitDispersion ? 1 : fit.Scale;
        var p = fit.Coefficients.Length;
        var (information, quasilikelihood) = Independence(fit);
        var robust = GeeVariance.Robust.Compute(fit, []);
        var cic = Dense.Dot(information, robust) / fit.Scale;
        var q = quasilikelihood / scale;
        return new InformationCriteria(q, (-2 * q) + (2 * cic), (-2 * q) + (2 * p), cic);
    }

    private static (double[] Information, double Quasilikelihood) Independence(GeeFit fit)
    {
        var pass = new EstimatingPass(fit.Data, new IndependenceKernel(fit.Options.Tolerances), fit.Options.Threads);
        double[] beta = [.. fit.Coefficients];
        pass.Run(beta, asIndependence: true);
        var information = pass.Information.ToArray();
        Dense.MirrorLower(information, beta.Length);
        return (information, pass.WeightedSum(beta, fit.Options.Family.QuasiLikelihood));
    }
}
