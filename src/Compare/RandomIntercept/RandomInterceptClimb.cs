using MarginalConditional.Glmm.Intercept;
using MarginalConditional.Statistics.Optimization;

namespace MarginalConditional.Compare.RandomIntercept;

/// <summary>Newton's method up the likelihood of a model with one random intercept; its information comes with every value.</summary>
internal sealed class RandomInterceptClimb : NewtonClimb
{
    private readonly InterceptLikelihood likelihood;

    public RandomInterceptClimb(InterceptLikelihood likelihood, int parameters, RandomInterceptTolerances tolerances)
        : base(parameters, new ClimbRules { LongestStep = tolerances.LongestStep, Loss = tolerances.Loss })
    {
        this.likelihood = likelihood;
    }

    /// <summary>The likelihood climbed.</summary>
    public InterceptLikelihood Likelihood => likelihood;

    /// <summary>The information where the climb ended, m×m.</summary>
    public ReadOnlySpan<double> FinalInformation => Information;

    /// <inheritdoc/>
    protected override double Evaluate(ReadOnlySpan<double> point, Span<double> gradient, Span<double> information) =>
        likelihood.Evaluate(point, gradient, information);
}
