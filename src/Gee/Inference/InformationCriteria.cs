using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Inference;

/// <summary>Criteria for the choice of the covariates and the working correlation (Pan 2001; Hin and Wang 2009 for CIC).</summary>
/// <param name="Quasilikelihood">Q(μ̂), the quasi-likelihood under independence with scale 1, Σ w Q(y, μ̂), up to a function of y.</param>
/// <param name="Qic">−2Q + 2 CIC, for the choice of either.</param>
/// <param name="Qicu">−2Q + 2pφ̂, for the choice of covariates.</param>
/// <param name="Cic">tr(Ω_I V_R), Ω_I the information under independence and V_R the robust variance, for the choice of the
/// correlation.</param>
/// <remarks>
/// Both parts of a criterion stand on one scale, else overdispersed counts gain more from noise than they pay. With the moments of Liang
/// and Zeger it is φ = 1 in Q and in Ω_I, taken at β̂, as in SAS; CIC is then pφ where the model is right, and pφ̂ takes its place in
/// QICu. With those of geepack Ω_I is taken at β and φ of the fit under independence, and QICu is −2Q + 2p, as the R package has it.
/// </remarks>
public sealed record InformationCriteria(double Quasilikelihood, double Qic, double Qicu, double Cic)
{
    /// <summary>Computes the criteria of a fit.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="variance">The robust variance; null (the default) means that over the clusters.</param>
    public static InformationCriteria Of(GeeFit fit, GeeVariance? variance = null)
    {
        ArgumentNullException.ThrowIfNull(fit);
        using var pass = new EstimatingPass(fit.Data, new IndependenceKernel(fit.Options.Tolerances), fit.Options.Threads);
        double[] beta = [.. fit.Coefficients];
        var q = pass.QuasiLikelihood(beta);
        var isGeepack = fit.Options.Moments == MomentConvention.Geepack;
        var information = isGeepack ? UnderIndependence(fit) : AtUnitScale(pass, beta);
        var cic = Dense.Dot(information, (variance ?? GeeVariance.Robust).Compute(fit, []));
        var penalty = beta.Length * (isGeepack ? 1 : fit.Scale);
        return new InformationCriteria(q, (-2 * q) + (2 * cic), (-2 * q) + (2 * penalty), cic);
    }

    /// <summary>Σ DᵀA⁻¹D at β, p×p: the information of independent rows of scale 1.</summary>
    private static double[] AtUnitScale(EstimatingPass pass, double[] beta)
    {
        pass.Run(beta, asIndependence: true);
        var information = pass.Information.ToArray();
        Dense.MirrorLower(information, beta.Length);
        return information;
    }

    /// <summary>The information of the same model fitted under independence, at its own β and φ.</summary>
    private static ReadOnlySpan<double> UnderIndependence(GeeFit fit) =>
        GeeFitter.Fit(fit.Frame, fit.Options with { Correlation = WorkingCorrelation.Independence }).Information;
}
