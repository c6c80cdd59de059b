using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Optimization;

namespace MarginalConditional.Lmm.Profiles;

/// <summary>
/// Minus twice the log-likelihood with one correlation held: one parameter follows from the value and the other parameters.
/// </summary>
/// <remarks>On the scale z of ρ = middle + half · tanh z, on which the signed root is nearly linear (Fisher 1921).</remarks>
internal abstract class CorrelationProfile : ProfileCurve, IObjective
{
    private readonly double[] theta;
    private readonly double[] slope;
    private readonly double minimum;
    private readonly double middle;
    private readonly double half;
    private readonly WarmSearch search;
    private double held;

    /// <summary>Prepares the profile.</summary>
    /// <param name="likelihood">The full likelihood, in parameters that suit the correlation.</param>
    /// <param name="start">The free parameters at the estimate.</param>
    /// <param name="estimate">The estimate, a correlation.</param>
    /// <param name="range">Between which values it may lie.</param>
    /// <param name="fit">The fit by full likelihood.</param>
    /// <param name="budget">What the searches may take.</param>
    /// <param name="keepsCurvature">Whether a search takes over the curvature of the one before.</param>
    protected CorrelationProfile(
        LinearMixedLikelihood likelihood,
        double[] start,
        double estimate,
        (double Lowest, double Highest) range,
        LmmFit fit,
        ProfileBudget budget,
        bool keepsCurvature)
    {
        Likelihood = likelihood;
        likelihood.Budget = budget;
        Budget = budget;
        search = new WarmSearch(this, fit.Options.Tolerances.ProfileSearch, start, keepsCurvature);
        minimum = -2 * fit.LogLikelihood;
        theta = new double[likelihood.Parameters];
        slope = new double[theta.Length];
        (middle, half) = ((range.Highest + range.Lowest) / 2, (range.Highest - range.Lowest) / 2);
        Precision = fit.Options.Tolerances.ProfilePrecision;
        Rise = fit.Options.Tolerances.ProfileRise;
        Edge = Math.Atanh(1 - fit.Options.Tolerances.FurthestCorrelation);
        Estimate = Math.Clamp(Math.Atanh(Math.Clamp((estimate - middle) / half, -1, 1)), -Edge, Edge);
    }

    /// <inheritdoc/>
    public override double Estimate { get; }

    /// <summary>The z that stands for the ends of the range, on either side.</summary>
    public double Edge { get; }

    /// <inheritdoc/>
    public int Parameters => theta.Length - 1;

    /// <summary>The likelihood.</summary>
    protected LinearMixedLikelihood Likelihood { get; }

    /// <summary>The index in θ of the parameter that is not free.</summary>
    protected abstract int Dependent { get; }

    /// <summary>ρ at a z.</summary>
    public double Correlation(double z) => middle + (half * Math.Tanh(z));

    /// <inheritdoc/>
    public override double Deviance(double value)
    {
        held = Correlation(value);
        var result = search.Minimize();
        for (var attempt = 1; attempt <= 4 && !double.IsFinite(result.Value); attempt++)
        {
            result = search.From(Retreat(search.Last, 1 - (0.25 * attempt)));
        }

        return double.IsFinite(result.Value) ? result.Value - minimum : double.PositiveInfinity;
    }

    /// <inheritdoc/>
    protected override void Restart() => search.Restart();

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> free, Span<double> gradient)
    {
        free[..Dependent].CopyTo(theta);
        free[Dependent..].CopyTo(theta.AsSpan(Dependent + 1));
        if (!TryComplete(theta, held))
        {
            return double.PositiveInfinity;
        }

        var value = Likelihood.Evaluate(theta, gradient.Length > 0 ? slope : []);
        if (gradient.Length > 0 && double.IsFinite(value))
        {
            Chain(slope);
            slope.AsSpan(0, Dependent).CopyTo(gradient);
            slope.AsSpan(Dependent + 1).CopyTo(gradient[Dependent..]);
        }

        return value;
    }

    /// <summary>Turns free parameters into those of the likelihood; the dependent one has no value yet.</summary>
    /// <returns>False when no parameters have the correlation.</returns>
    protected abstract bool TryComplete(Span<double> theta, double value);

    /// <summary>Turns the gradient by the likelihood's parameters into that by the free ones.</summary>
    protected abstract void Chain(Span<double> gradient);

    /// <summary>A start nearer to independence, for values that the last parameters do not allow.</summary>
    protected abstract double[] Retreat(double[] free, double share);
}
