namespace MarginalConditional.Fuzzing;

/// <summary>One input: what a person would have to type or save to see it again, and what becomes of it.</summary>
/// <param name="Text">The input as text.</param>
/// <param name="Run">Gives it to the program. Exceptions other than refusals of input are faults.</param>
internal sealed record FuzzInput(string Text, Func<Outcome> Run);
