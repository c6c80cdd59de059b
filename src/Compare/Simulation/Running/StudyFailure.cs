namespace MarginalConditional.Compare.Simulation.Running;

/// <summary>What an exception of a method said.</summary>
/// <param name="Message">The method's name and the message.</param>
/// <param name="Count">How often it occurred.</param>
public sealed record StudyFailure(string Message, int Count);
