using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Likelihood;

namespace MarginalConditional.Glmm.Fitting;

/// <summary>A log-likelihood with a weakly informative normal penalty on the slopes: −½Σ(β_j/τ_j)².</summary>
internal sealed class PenalizedLikelihood : MarginalLikelihood
{
    private readonly MarginalLikelihood inner;
    private readonly double[] precisions;

    /// <summary>Adds a penalty.</summary>
    /// <param name="inner">The log-likelihood.</param>
    /// <param name="precisions">1/τ_j² of the scaled coefficients; 0 for those left free.</param>
    public PenalizedLikelihood(MarginalLikelihood inner, double[] precisions)
    {
        this.inner = inner;
        this.precisions = precisions;
    }

    /// <inheritdoc/>
    public override int ParameterCount => inner.ParameterCount;

    /// <inheritdoc/>
    public override bool HasInformation => inner.HasInformation;

    /// <inheritdoc/>
    public override int Clusters => inner.Clusters;

    /// <inheritdoc/>
    public override void Release() => inner.Release();

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> parameters, EvaluationNeeds needs, Span<double> gradient, Span<double> information)
    {
        var value = inner.Evaluate(parameters, needs, gradient, information);
        for (var j = 0; j < precisions.Length; j++)
        {
            if (needs >= EvaluationNeeds.Gradient)
            {
                gradient[j] -= precisions[j] * parameters[j];
            }

            if (needs >= EvaluationNeeds.Information)
            {
                information[(j * ParameterCount) + j] += precisions[j];
            }
        }

        return value + Penalty(parameters);
    }

    /// <summary>−½Σ(β_j/τ_j)².</summary>
    public override double Penalty(ReadOnlySpan<double> parameters)
    {
        var sum = 0.0;
        for (var j = 0; j < precisions.Length; j++)
        {
            sum -= 0.5 * precisions[j] * parameters[j] * parameters[j];
        }

        return sum;
    }

    /// <inheritdoc/>
    public override void ClusterScores(ReadOnlySpan<double> parameters, Span<double> scores) => inner.ClusterScores(parameters, scores);

    /// <inheritdoc/>
    public override IReadOnlyList<PosteriorModes> Posterior(ReadOnlySpan<double> parameters) => inner.Posterior(parameters);

    /// <inheritdoc/>
    public override double[][] CopyModes() => inner.CopyModes();

    /// <inheritdoc/>
    public override void StartAt(IReadOnlyList<double[]> modes) => inner.StartAt(modes);
}
