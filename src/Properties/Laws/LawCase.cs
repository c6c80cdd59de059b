using MarginalConditional.Properties.Trials;

namespace MarginalConditional.Properties.Laws;

/// <summary>What a law is tried on: a trial, and a number that chooses what is done to it.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Key">Chooses the permutation, the labels, the factor: 0 or more, and 0 the plainest.</param>
public sealed record LawCase(TrialData Trial, int Key);
