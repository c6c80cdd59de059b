namespace MarginalConditional.Data.Descriptions;

/// <summary>At which visits clusters were seen.</summary>
/// <param name="Pattern">A character a visit, in order: <c>x</c> seen, <c>.</c> not seen.</param>
/// <param name="Clusters">How many clusters have it, in each arm; one number without arms.</param>
public sealed record VisitPattern(string Pattern, IReadOnlyList<int> Clusters)
{
    /// <summary>Whether all visits before the last one seen were seen: such clusters dropped out, or stayed to the end.</summary>
    public bool IsMonotone => !Pattern.TrimEnd('.').Contains('.', StringComparison.Ordinal);
}
