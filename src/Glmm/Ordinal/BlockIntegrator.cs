namespace MarginalConditional.Glmm.Ordinal;

/// <summary>Integrates one block of a cumulative model at a time, with its exact gradient. Scratch of one thread.</summary>
internal abstract class BlockIntegrator
{
    /// <summary>ℓ of a block; −∞ where the thresholds of a row are out of order.</summary>
    /// <param name="number">The block.</param>
    /// <param name="modes">The effects of all blocks, where the search starts; receives the block's mode.</param>
    /// <param name="needsGradient">Whether <see cref="AddGradient"/> follows.</param>
    public abstract double Integrate(int number, double[] modes, bool needsGradient);

    /// <summary>Adds the gradient of the block integrated last.</summary>
    /// <param name="gradient">m numbers.</param>
    public abstract void AddGradient(Span<double> gradient);

    /// <summary>The mode of a block and the diagonal of H⁻¹ there, in the units of the random effects b = Λv, level by level.</summary>
    /// <param name="number">The block.</param>
    /// <param name="modes">The effects of all blocks.</param>
    /// <param name="covariance">Receives H⁻¹, effects×effects.</param>
    /// <returns>The mode of the standardized effects.</returns>
    public abstract ReadOnlySpan<double> Posterior(int number, double[] modes, Span<double> covariance);
}
