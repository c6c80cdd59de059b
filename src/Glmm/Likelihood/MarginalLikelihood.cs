using MarginalConditional.Glmm.Effects;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Likelihood;

/// <summary>
/// The log-likelihood of a mixed model as a function of (β, θ, log φ) in
/// scaled units, with its exact gradient. Keeps the modes between evaluations.
/// </summary>
internal abstract class MarginalLikelihood
{
    /// <summary>The number of parameters.</summary>
    public abstract int ParameterCount { get; }

    /// <summary>
    /// Whether <see cref="EvaluationNeeds.Information"/> gives a useful curvature: not with one node, and not for a free dispersion.
    /// </summary>
    public abstract bool HasInformation { get; }

    /// <summary>The number of top-level clusters.</summary>
    public abstract int Clusters { get; }

    /// <summary>ℓ, and as needed its gradient and information.</summary>
    /// <param name="parameters">m numbers.</param>
    /// <param name="needs">What to compute.</param>
    /// <param name="gradient">Receives m numbers, when needed.</param>
    /// <param name="information">Receives the m×m observed information, when needed.</param>
    public abstract double Evaluate(
        ReadOnlySpan<double> parameters,
        EvaluationNeeds needs,
        Span<double> gradient,
        Span<double> information);

    /// <summary>The gradient of every cluster's log-likelihood.</summary>
    /// <param name="parameters">m numbers.</param>
    /// <param name="scores">Receives clusters×m numbers by row.</param>
    public abstract void ClusterScores(ReadOnlySpan<double> parameters, Span<double> scores);

    /// <summary>The conditional modes of every level at a parameter vector, coarsest first.</summary>
    public abstract IReadOnlyList<PosteriorModes> Posterior(ReadOnlySpan<double> parameters);

    /// <summary>What a penalty adds to ℓ; 0 without one.</summary>
    public virtual double Penalty(ReadOnlySpan<double> parameters) => 0;

    /// <summary>A copy of the modes reached, one array a level: what another evaluation can start from.</summary>
    public abstract double[][] CopyModes();

    /// <summary>Starts the search of the modes at those of a likelihood of the same model.</summary>
    /// <param name="modes">As <see cref="CopyModes"/> gives them; only read.</param>
    public abstract void StartAt(IReadOnlyList<double[]> modes);

    /// <summary>Gives what was only worked with to the fit that comes next: this likelihood is not evaluated any more.</summary>
    public virtual void Release()
    {
    }

    /// <summary>The observed information by one-sided differences of the exact gradient, symmetrized.</summary>
    /// <remarks>
    /// The gradient is exact to rounding, so steps of 10⁻⁵ standard errors leave a relative error of that order and no noise.
    /// </remarks>
    /// <param name="parameters">m numbers.</param>
    /// <param name="gradient">The gradient there, m numbers.</param>
    /// <param name="steps">The step of each parameter, m numbers.</param>
    /// <param name="information">Receives m×m numbers.</param>
    public void DifferenceInformation(
        ReadOnlySpan<double> parameters,
        ReadOnlySpan<double> gradient,
        ReadOnlySpan<double> steps,
        Span<double> information)
    {
        var m = ParameterCount;
        Span<double> moved = stackalloc double[m];
        Span<double> there = stackalloc double[m];
        for (var j = 0; j < m; j++)
        {
            parameters.CopyTo(moved);
            moved[j] = parameters[j] + steps[j];
            Evaluate(moved, EvaluationNeeds.Gradient, there, []);
            var width = moved[j] - parameters[j];
            for (var l = 0; l < m; l++)
            {
                information[(j * m) + l] = -(there[l] - gradient[l]) / width;
            }
        }

        Dense.Symmetrize(information, m);
    }
}
