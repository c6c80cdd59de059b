using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Effects;

/// <summary>The distribution of the clusters' random intercepts: mean 0, standard deviation σ (link scale), and a shape.</summary>
public abstract partial class EffectLaw : IEffectLaw
{
    private EffectLaw(string name, double standardDeviation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(standardDeviation, 0.0);
        Name = name;
        StandardDeviation = standardDeviation;
    }

    /// <summary>
    /// The law as a study file writes it: <c>normal</c>, <c>bridge</c>, <c>t(5)</c>, <c>gamma(1)</c>, <c>two-point(0.3)</c>.
    /// </summary>
    public string Name { get; }

    /// <summary>σ ≥ 0 on the link scale.</summary>
    public double StandardDeviation { get; }

    /// <summary>Whether E exp(b) exists, which a log link needs.</summary>
    public abstract bool HasExponentialMoments { get; }

    /// <inheritdoc/>
    public virtual bool IsNormal => false;

    /// <inheritdoc/>
    public double Least => StandardDeviation == 0 ? 0 : ScaledLeast;

    /// <inheritdoc/>
    public double Most => StandardDeviation == 0 ? 0 : ScaledMost;

    /// <summary>What no effect lies below, for σ &gt; 0.</summary>
    protected virtual double ScaledLeast => double.NegativeInfinity;

    /// <summary>What no effect lies above, for σ &gt; 0.</summary>
    protected virtual double ScaledMost => double.PositiveInfinity;

    /// <summary>Draws one cluster's effect.</summary>
    public double Draw(RandomStream stream) => StandardDeviation == 0 ? 0 : DrawScaled(stream);

    /// <summary>Points b and weights w with Σ w f(b) = E f(b) to about 1e-13 for the means of this project's links.</summary>
    public EffectNodes Nodes() => StandardDeviation == 0 ? EffectNodes.Zero : ScaledNodes();

    /// <summary>The least b with P(B ≤ b) ≥ u.</summary>
    /// <param name="probability">u, in (0, 1).</param>
    public double Quantile(double probability)
    {
        if (probability is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies between 0 and 1.");
        }

        return StandardDeviation == 0 ? 0 : ScaledQuantile(probability);
    }

    /// <summary>The quantile for σ &gt; 0.</summary>
    protected abstract double ScaledQuantile(double probability);

    /// <summary>One draw for σ &gt; 0.</summary>
    protected abstract double DrawScaled(RandomStream stream);

    /// <summary>The nodes for σ &gt; 0.</summary>
    protected abstract EffectNodes ScaledNodes();

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name}, sd {StandardDeviation:R}");
}
