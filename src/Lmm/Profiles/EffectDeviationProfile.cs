using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Optimization;

namespace MarginalConditional.Lmm.Profiles;

/// <summary>The profile of a random effect's standard deviation.</summary>
/// <remarks>
/// In a basis in which the effect comes first its standard deviation is στλ,
/// λ one entry of Λ: with log σ² free, λ follows from it, also at zero.
/// </remarks>
internal sealed class EffectDeviationProfile : ProfileCurve, IObjective
{
    private readonly LinearMixedLikelihood likelihood;
    private readonly int own;
    private readonly double factor;
    private readonly double[] theta;
    private readonly double minimum;
    private readonly WarmSearch search;
    private double held;

    /// <summary>Prepares the profile.</summary>
    /// <param name="full">A fit by full likelihood with σ² estimated.</param>
    /// <param name="term">The effect's term.</param>
    /// <param name="effect">The effect.</param>
    /// <param name="estimate">The estimate.</param>
    /// <param name="budget">What the searches may take.</param>
    public EffectDeviationProfile(LmmFit full, RandomTermDesign term, int effect, double estimate, ProfileBudget budget)
    {
        var turned = TurnedTerm.Of(full, term, [effect]);
        likelihood = turned.Fit.Open();
        likelihood.Budget = budget;
        own = turned.Start;
        factor = turned.Basis(0, 0);
        theta = new double[likelihood.Parameters];
        var start = turned.Fit.Theta.ToArray();
        start[own] = Math.Log(turned.Fit.ResidualVariance);
        minimum = -2 * turned.Fit.LogLikelihood;
        search = new WarmSearch(this, full.Options.Tolerances.ProfileSearch, start);
        Budget = budget;
        Estimate = estimate;
        Precision = full.Options.Tolerances.ProfilePrecision;
        Rise = full.Options.Tolerances.ProfileRise;
    }

    /// <inheritdoc/>
    public override double Estimate { get; }

    /// <inheritdoc/>
    public int Parameters => theta.Length;

    /// <inheritdoc/>
    public override double Deviance(double value)
    {
        held = value;
        return search.Minimize().Value - minimum;
    }

    /// <inheritdoc/>
    protected override void Restart() => search.Restart();

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> free, Span<double> gradient)
    {
        var scale = Math.Exp(free[own]);
        free.CopyTo(theta);
        theta[own] = held / (factor * Math.Sqrt(scale));
        var value = likelihood.Evaluate(theta, scale, gradient);
        if (gradient.Length > 0)
        {
            gradient[own] = likelihood.EffectiveRows - (likelihood.Root.ResidualQuadratic / scale) - (theta[own] * gradient[own] / 2);
        }

        return value;
    }
}
