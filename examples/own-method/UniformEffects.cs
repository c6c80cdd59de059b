using MarginalConditional.Compare.Simulation.Effects;
using MarginalConditional.Statistics.Random;

namespace OwnMethod;

/// <summary>Effects between −1 and 1, none likelier than another; the study's sigma scales them.</summary>
public sealed class UniformEffects : IEffectLaw
{
    private const int Points = 400;

    /// <inheritdoc/>
    public string Name => "uniform";

    /// <inheritdoc/>
    public double StandardDeviation => 1 / Math.Sqrt(3);

    /// <inheritdoc/>
    public bool HasExponentialMoments => true;

    /// <inheritdoc/>
    public double Least => -1;

    /// <inheritdoc/>
    public double Most => 1;

    /// <inheritdoc/>
    public double Draw(RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return (2 * stream.NextUniform()) - 1;
    }

    /// <summary>Simpson's rule.</summary>
    public EffectNodes Nodes() => new(
        [.. Enumerable.Range(0, Points + 1).Select(k => (2.0 * k / Points) - 1)],
        [.. Enumerable.Range(0, Points + 1).Select(k => k is 0 or Points ? 1.0 : k % 2 == 1 ? 4 : 2)]);
}
