namespace MarginalConditional.Meta.Effects;

/// <summary>What a study reports of events over time in one arm.</summary>
/// <param name="Events">The number of events, not below 0; fractions arise from continuity corrections.</param>
/// <param name="Time">The person-time observed, above 0, in one unit for all studies.</param>
public readonly record struct ArmRate(double Events, double Time);
