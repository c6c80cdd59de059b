using MarginalConditional.Compare.Simulation.Designs;

namespace MarginalConditional.Compare.Simulation.Truths;

/// <summary>An estimand of which the library knows the name only: its truth, if anybody knows it, comes with the data.</summary>
/// <param name="Name">As the study file writes it.</param>
public sealed record NamedEstimand(string Name) : IEstimand
{
    /// <inheritdoc/>
    public string Description => Name;

    /// <inheritdoc/>
    public string TruthLabel(Mechanism mechanism) => string.Empty;

    /// <inheritdoc/>
    public double? Truth(Mechanism mechanism) => null;
}
