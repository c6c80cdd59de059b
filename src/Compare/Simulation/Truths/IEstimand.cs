using MarginalConditional.Compare.Simulation.Designs;

namespace MarginalConditional.Compare.Simulation.Truths;

/// <summary>What a method is meant to estimate, with the way its true value is found. Implement it for an estimand of your own.</summary>
/// <remarks>One instance serves all threads at once and keeps nothing between calls.</remarks>
public interface IEstimand
{
    /// <summary>As a study file writes it, without commas.</summary>
    string Name { get; }

    /// <summary>What it is, for reports.</summary>
    string Description { get; }

    /// <summary>The kind of truth for a mechanism: <c>T1</c>, <c>T2</c>, <c>T3</c>, or a rung of the ladder.</summary>
    string TruthLabel(Mechanism mechanism);

    /// <summary>The true value for a mechanism; null where nobody knows it.</summary>
    double? Truth(Mechanism mechanism);
}
