namespace MarginalConditional.Compare.Simulation.Marginal;

/// <summary>That outcomes are made from means and correlations, without random effects. Immutable.</summary>
/// <param name="Method">How they are made.</param>
/// <param name="Correlation">The correlations of the outcomes of one cluster.</param>
public sealed record MarginalGeneration(MarginalMethod Method, CorrelationStructure Correlation);
