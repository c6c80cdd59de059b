namespace MarginalConditional.Fuzzing.Running;

/// <summary>An input whose outcome must not happen.</summary>
/// <param name="Input">The input's number.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Text">The input.</param>
internal sealed record FuzzFault(ulong Input, string Kind, string Text);
