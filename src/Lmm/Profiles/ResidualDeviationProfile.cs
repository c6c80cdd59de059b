using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Optimization;

namespace MarginalConditional.Lmm.Profiles;

/// <summary>The profile of a residual standard deviation: σ² follows from it and θ.</summary>
internal sealed class ResidualDeviationProfile : ProfileCurve, IObjective
{
    private readonly LmmFit full;
    private readonly LinearMixedLikelihood likelihood;
    private readonly WaveVariance variance;
    private readonly double[] slopes;
    private readonly WarmSearch search;
    private double held;

    /// <summary>Prepares the profile.</summary>
    /// <param name="full">A fit by full likelihood with σ² estimated.</param>
    /// <param name="variance">The variance over σ².</param>
    /// <param name="budget">What the searches may take.</param>
    public ResidualDeviationProfile(LmmFit full, WaveVariance variance, ProfileBudget budget)
    {
        this.full = full;
        this.variance = variance;
        likelihood = full.Open();
        likelihood.Budget = budget;
        Budget = budget;
        search = new WarmSearch(this, full.Options.Tolerances.ProfileSearch, full.Theta.ToArray());
        slopes = new double[likelihood.Parameters];
        Precision = full.Options.Tolerances.ProfilePrecision;
        Rise = full.Options.Tolerances.ProfileRise;
        Estimate = Math.Sqrt(full.ResidualVariance * variance.Evaluate(full.Theta, []));
    }

    /// <inheritdoc/>
    public override double Estimate { get; }

    /// <inheritdoc/>
    public int Parameters => likelihood.Parameters;

    /// <inheritdoc/>
    public override double Deviance(double value)
    {
        held = value;
        return search.Minimize().Value + (2 * full.LogLikelihood);
    }

    /// <inheritdoc/>
    protected override void Restart() => search.Restart();

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient)
    {
        var relative = variance.Evaluate(theta, gradient.Length > 0 ? slopes : []);
        if (!(relative > 0))
        {
            return double.PositiveInfinity;
        }

        var scale = held * held / relative;
        var value = likelihood.Evaluate(theta, scale, gradient);
        var slope = likelihood.EffectiveRows - (likelihood.Root.ResidualQuadratic / scale);
        Dense.AddScaled(-slope / relative, gradient.Length > 0 ? slopes : [], gradient);
        return value;
    }
}
