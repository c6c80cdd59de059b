namespace MarginalConditional.Load.Gaps;

/// <summary>A piece of work between two looks at the token.</summary>
/// <param name="Seconds">Processor time of the thread.</param>
/// <param name="Count">How many ended there that were kept.</param>
/// <param name="Place">The methods that were running when it ended, the innermost first.</param>
/// <param name="Look">The number of the look before it.</param>
internal sealed record Gap(double Seconds, int Count, string Place, long Look)
{
    /// <summary>The methods that were running when it began.</summary>
    public string From { get; init; } = string.Empty;
}
