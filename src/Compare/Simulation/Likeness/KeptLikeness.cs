namespace MarginalConditional.Compare.Simulation.Likeness;

/// <summary>A kept fit as a mechanism, with what names it whatever its file is called: both names enter random numbers.</summary>
/// <param name="Likeness">The fit.</param>
/// <param name="Model">The command with its formula and options.</param>
/// <param name="DataHash">SHA-256 of the data, in hexadecimal digits.</param>
public sealed record KeptLikeness(TrialLikeness Likeness, string Model, string DataHash);
