using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>The model that the methods of a study fit to a replicate. Immutable.</summary>
/// <param name="Family">The outcome's distribution.</param>
/// <param name="Link">The link.</param>
/// <param name="EffectColumn">The column of the design whose coefficient is the effect of interest, from 0.</param>
public sealed record AnalysisModel(Family Family, Link Link, int EffectColumn)
{
    /// <summary>F of an ordered outcome, P(Y ≤ k) = F(θ_k − xβ); null (the default) for every other.</summary>
    public CumulativeLink? Cumulative { get; init; }
}
