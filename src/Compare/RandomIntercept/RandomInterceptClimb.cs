using MarginalConditional.Glmm.Intercept;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Optimization;

namespace MarginalConditional.Compare.RandomIntercept;

/// <summary>Newton's method up the likelihood of a model with one random intercept; its information comes with every value.</summary>
internal sealed class RandomInterceptClimb : NewtonClimb
{
    /// <summary>Where a thousandth of a step gains nothing, the likelihood is as rough as its quadrature, and no step does.</summary>
    private const int MostHalvings = 10;

    private readonly InterceptLikelihood likelihood;
    private readonly int deviations;
    private readonly RandomInterceptTolerances tolerances;

    /// <summary>Prepares a climb.</summary>
    /// <param name="likelihood">What is climbed.</param>
    /// <param name="parameters">The number of parameters.</param>
    /// <param name="deviations">How many of them, the last ones, are standard deviations.</param>
    /// <param name="tolerances">When it ends.</param>
    public RandomInterceptClimb(InterceptLikelihood likelihood, int parameters, int deviations, RandomInterceptTolerances tolerances)
        : base(parameters, new ClimbRules
        {
            LongestStep = tolerances.LongestStep,
            Loss = tolerances.Loss,
            MaximumHalvings = MostHalvings,
        })
    {
        this.likelihood = likelihood;
        this.deviations = deviations;
        this.tolerances = tolerances;
    }

    /// <summary>The likelihood climbed.</summary>
    public InterceptLikelihood Likelihood => likelihood;

    /// <summary>The information where the climb ended, m×m.</summary>
    public ReadOnlySpan<double> FinalInformation => Information;

    /// <summary>Whether the climb ended because a standard deviation grew without bound.</summary>
    public bool RanAway { get; private set; }

    /// <inheritdoc/>
    protected override void Begin() => RanAway = false;

    /// <inheritdoc/>
    protected override string? RunsAway(int iteration)
    {
        RanAway = iteration >= tolerances.RunawaySteps
            && SpanMath.MaxMagnitude(Parameters.AsSpan(Count - deviations)) > tolerances.UnboundedDeviation;
        return RanAway ? "The standard deviation of the random intercept grows without bound." : null;
    }

    /// <inheritdoc/>
    protected override double Evaluate(ReadOnlySpan<double> point, Span<double> gradient, Span<double> information) =>
        likelihood.Evaluate(point, gradient, information);
}
