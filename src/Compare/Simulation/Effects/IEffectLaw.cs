using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Effects;

/// <summary>The distribution of the clusters' random intercepts: mean 0, link scale. Implement it for a law of your own.</summary>
/// <remarks>One instance serves all threads at once and keeps nothing between calls.</remarks>
public interface IEffectLaw
{
    /// <summary>The law as a study file writes it, without its standard deviation.</summary>
    string Name { get; }

    /// <summary>σ ≥ 0 on the link scale.</summary>
    double StandardDeviation { get; }

    /// <summary>Whether E exp(b) exists, which a log link needs.</summary>
    bool HasExponentialMoments { get; }

    /// <summary>Whether the law is normal, so that sums with other normal effects are normal too. Default false.</summary>
    bool IsNormal => false;

    /// <summary>What no effect lies below. Default: −∞.</summary>
    double Least => double.NegativeInfinity;

    /// <summary>What no effect lies above. Default: ∞.</summary>
    double Most => double.PositiveInfinity;

    /// <summary>Draws one cluster's effect.</summary>
    double Draw(RandomStream stream);

    /// <summary>Points b and weights w with Σ w f(b) = E f(b) for means f of the links, by which truths are found.</summary>
    EffectNodes Nodes();
}
