using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Effects;

/// <summary>Another law brought to a standard deviation. Immutable.</summary>
internal sealed class ScaledLaw : IEffectLaw
{
    private readonly IEffectLaw law;
    private readonly double factor;

    /// <summary>Scales a law.</summary>
    /// <param name="name">Its name in the study file.</param>
    /// <param name="law">Of a positive standard deviation.</param>
    /// <param name="standardDeviation">σ ≥ 0.</param>
    public ScaledLaw(string name, IEffectLaw law, double standardDeviation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(law.StandardDeviation, nameof(law));
        Name = name;
        this.law = law;
        StandardDeviation = standardDeviation;
        factor = standardDeviation / law.StandardDeviation;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public double StandardDeviation { get; }

    /// <inheritdoc/>
    public bool HasExponentialMoments => factor == 0 || law.HasExponentialMoments;

    /// <inheritdoc/>
    public bool IsNormal => law.IsNormal;

    /// <inheritdoc/>
    public double Least => factor == 0 ? 0 : factor * law.Least;

    /// <inheritdoc/>
    public double Most => factor == 0 ? 0 : factor * law.Most;

    /// <inheritdoc/>
    public double Draw(RandomStream stream) => factor == 0 ? 0 : factor * law.Draw(stream);

    /// <inheritdoc/>
    public EffectNodes Nodes()
    {
        if (factor == 0)
        {
            return EffectNodes.Zero;
        }

        var own = law.Nodes();
        return new EffectNodes([.. own.Points.ToArray().Select(point => factor * point)], own.Weights.ToArray());
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name}, sd {StandardDeviation:R}");
}
