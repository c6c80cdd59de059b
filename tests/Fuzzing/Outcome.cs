namespace MarginalConditional.Fuzzing;

/// <summary>What an input came to, and whether that must not happen.</summary>
/// <param name="Kind">The kind, under which outcomes are counted.</param>
/// <param name="IsFault">Whether it is neither a result nor a refusal of the input.</param>
/// <param name="Refusal">The sentence of a refusal; null for other outcomes.</param>
internal sealed record Outcome(string Kind, bool IsFault, string? Refusal = null)
{
    /// <summary>The input gave a result of a kind.</summary>
    public static Outcome Result(string kind) => new(kind, IsFault: false);

    /// <summary>The input was refused with a sentence.</summary>
    public static Outcome Refused(string sentence) => new("input error", IsFault: false, sentence);

    /// <summary>What must not happen.</summary>
    public static Outcome Fault(string kind) => new(kind, IsFault: true);
}
