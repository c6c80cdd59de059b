namespace MarginalConditional.Glmm.Effects;

/// <summary>The log-likelihood of one node of the coarsest level at a time, with its derivatives. The scratch of one thread.</summary>
internal abstract class GroupIntegrator
{
    /// <summary>The log-likelihood of one group.</summary>
    /// <param name="top">The node of the coarsest level.</param>
    /// <param name="needs">What is to be computed besides.</param>
    public abstract double Integrate(int top, EvaluationNeeds needs);

    /// <summary>Adds the gradient of the group integrated last in (β, θ of each level, log φ), times a factor.</summary>
    public abstract void AddGradient(double multiplicity, Span<double> gradient);

    /// <summary>
    /// Writes the joint modes of the nodes below the group integrated last, with their standard errors from the joint curvature.
    /// </summary>
    /// <param name="posterior">One entry a level; the rows are nodes.</param>
    public abstract void Describe(IReadOnlyList<PosteriorModes> posterior);
}
