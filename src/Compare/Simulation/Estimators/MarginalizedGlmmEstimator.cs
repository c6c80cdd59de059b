using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Glmm;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>The marginal coefficient that a mixed model implies, by exact integration, with its delta-method standard error.</summary>
public sealed class MarginalizedGlmmEstimator : IEstimator
{
    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public Estimand Estimand => Estimand.Marginal;

    /// <summary>Quadrature nodes of the fit; 0 means the fitter's default.</summary>
    public int Nodes { get; init; }

    /// <inheritdoc/>
    public EffectEstimate Estimate(Replicate replicate)
    {
        ArgumentNullException.ThrowIfNull(replicate);
        var target = replicate.Mechanism.Design.Target;
        var fit = GlmmEstimator.Fit(replicate, Nodes);
        var marginal = Marginalizer.Marginalize(Model(fit, DesignRows.Observed(replicate)));
        var variance = marginal.Covariance(fit.JointCovariance)[(target * marginal.Estimates.Length) + target];
        return EffectEstimate.Of(
            marginal.Estimates[target], Math.Sqrt(variance), null, fit.Convergence.Converged, fit.Warnings.Count > 0);
    }

    internal static ConditionalModel Model(GlmmFit fit, DesignRows rows)
    {
        var ones = new double[rows.Design.Rows];
        Array.Fill(ones, 1);
        var sigma = fit.Parameters[fit.Coefficients.Length];
        return new ConditionalModel(
            rows.Design, fit.Link, fit.Coefficients.ToArray(), [new RandomEffectBlock(ones, [sigma], 1, correlated: true)], rowWeights: rows.Counts);
    }
}
