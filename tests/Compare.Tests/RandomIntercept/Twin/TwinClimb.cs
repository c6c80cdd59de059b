using MarginalConditional.Statistics.Optimization;

namespace MarginalConditional.Compare.Tests.RandomIntercept.Twin;

/// <summary>
/// Newton's method up the likelihood of a model with one random intercept, its information differenced anew at every step.
/// </summary>
internal sealed class TwinClimb : NewtonClimb
{
    private readonly TwinLikelihood likelihood;
    private readonly double differenceStep;

    public TwinClimb(TwinLikelihood likelihood, TwinTolerances tolerances)
        : base(likelihood.Parameters, new ClimbRules { LongestStep = tolerances.LongestStep, Loss = tolerances.Loss })
    {
        this.likelihood = likelihood;
        differenceStep = tolerances.DifferenceStep;
    }

    /// <summary>The information of the last step, (p + 1)×(p + 1).</summary>
    public ReadOnlySpan<double> FinalInformation => Information;

    /// <inheritdoc/>
    protected override double Evaluate(ReadOnlySpan<double> point, Span<double> gradient, Span<double> information) =>
        likelihood.Evaluate(point, gradient);

    /// <inheritdoc/>
    protected override void RefreshInformation() => likelihood.DifferenceInformation(Parameters, differenceStep, Information);

    /// <inheritdoc/>
    protected override void Accept(double length)
    {
    }
}
