namespace MarginalConditional.Glmm.Ordinal;

/// <summary>Integrates one block of a cumulative model at a time, with its exact gradient. Scratch of one thread.</summary>
internal abstract class BlockIntegrator
{
    /// <summary>ℓ of a block; −∞ where the thresholds of a row are out of order.</summary>
    /// <param name="number">The block.</param>
    /// <param name="modes">The effects of all blocks, where the search starts; receives the block's mode.</param>
    /// <param name="needsGradient">Whether <see cref="AddGradient"/> follows.</param>
    /// <param name="shifts">A known shift that is added to zb, one a row of the block; empty for none.</param>
    public abstract double Integrate(int number, double[] modes, bool needsGradient, ReadOnlySpan<double> shifts = default);

    /// <summary>The derivatives of the block integrated last by the ends of its rows, once <see cref="Complete"/> was called.</summary>
    public abstract OrdinalSlopes Slopes { get; }

    /// <summary>Adds to the slopes what the movement of the nodes does.</summary>
    public abstract void Complete();

    /// <summary>Adds the completed derivatives by the parameters of the factors, level by level.</summary>
    /// <param name="target">As many numbers as the levels' factors have parameters.</param>
    public abstract void AddFactors(Span<double> target);

    /// <summary>Adds the gradient of the block integrated last.</summary>
    /// <param name="gradient">m numbers.</param>
    public void AddGradient(Span<double> gradient)
    {
        Complete();
        Slopes.AddFixed(gradient);
        AddFactors(gradient[Slopes.FixedCount..]);
    }

    /// <summary>The mode of a block and the diagonal of H⁻¹ there, in the units of the random effects b = Λv, level by level.</summary>
    /// <param name="number">The block.</param>
    /// <param name="modes">The effects of all blocks.</param>
    /// <param name="covariance">Receives H⁻¹, effects×effects.</param>
    /// <returns>The mode of the standardized effects.</returns>
    public abstract ReadOnlySpan<double> Posterior(int number, double[] modes, Span<double> covariance);
}
