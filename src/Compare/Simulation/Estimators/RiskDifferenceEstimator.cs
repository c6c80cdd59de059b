using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>The standardized difference of means, from a GEE fit or a mixed model, with its delta-method standard error.</summary>
/// <remarks>The covariates of a simulated trial are fixed by its design, so the coefficients are the only source of uncertainty.</remarks>
public sealed class RiskDifferenceEstimator : IEstimator
{
    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public Estimand Estimand => Estimand.RiskDifference;

    /// <summary>The GEE fit to standardize; null standardizes a mixed model.</summary>
    public GeeEstimator? Gee { get; init; }

    /// <summary>Quadrature nodes of the mixed model; 0 means the fitter's default.</summary>
    public int Nodes { get; init; }

    /// <inheritdoc/>
    public EffectEstimate Estimate(Replicate replicate)
    {
        ArgumentNullException.ThrowIfNull(replicate);
        return Gee is null ? OfMixedModel(replicate) : OfGee(replicate, Gee);
    }

    private static EffectEstimate OfGee(Replicate replicate, GeeEstimator estimator)
    {
        var fit = estimator.Fit(replicate);
        var link = replicate.Mechanism.Link;
        var p = fit.Coefficients.Length;
        var gradient = new double[p];
        var difference = 0.0;
        for (var arm = 0; arm < 2; arm++)
        {
            var rows = DesignRows.Under(replicate, arm);
            var sign = (arm == 0 ? -1 : 1) / rows.Counts.Sum();
            for (var i = 0; i < rows.Design.Rows; i++)
            {
                var eta = 0.0;
                for (var j = 0; j < p; j++)
                {
                    eta += rows.Design.Column(j)[i] * fit.Coefficients[j];
                }

                difference += sign * rows.Counts[i] * link.Mean(eta);
                for (var j = 0; j < p; j++)
                {
                    gradient[j] += sign * rows.Counts[i] * link.Derivative(eta) * rows.Design.Column(j)[i];
                }
            }
        }

        var error = Math.Sqrt(Dense.QuadraticForm(fit.Covariance(), gradient));
        return EffectEstimate.Of(
            difference, error, fit.DegreesOfFreedom(gradient), fit.Convergence.Converged, fit.Warnings.Count > 0);
    }

    private EffectEstimate OfMixedModel(Replicate replicate)
    {
        var fit = GlmmEstimator.Fit(replicate, Nodes);
        var p = fit.Coefficients.Length;
        var size = fit.Parameters.Length;
        var gradient = new double[size];
        var difference = 0.0;
        var mean = MarginalMean.For(fit.Link);
        var sigma = fit.Parameters[p];
        for (var arm = 0; arm < 2; arm++)
        {
            var rows = DesignRows.Under(replicate, arm);
            var sign = (arm == 0 ? -1 : 1) / rows.Counts.Sum();
            for (var i = 0; i < rows.Design.Rows; i++)
            {
                var eta = 0.0;
                for (var j = 0; j < p; j++)
                {
                    eta += rows.Design.Column(j)[i] * fit.Coefficients[j];
                }

                var point = mean.At(eta, sigma);
                difference += sign * rows.Counts[i] * point.Mean;
                gradient[p] += sign * rows.Counts[i] * point.MeanSpreadSlope;
                for (var j = 0; j < p; j++)
                {
                    gradient[j] += sign * rows.Counts[i] * point.MeanSlope * rows.Design.Column(j)[i];
                }
            }
        }

        var error = Math.Sqrt(Dense.QuadraticForm(fit.JointCovariance, gradient));
        return EffectEstimate.Of(difference, error, null, fit.Convergence.Converged, fit.Warnings.Count > 0);
    }
}
