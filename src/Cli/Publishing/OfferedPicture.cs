using MarginalConditional.Report.Pictures;

namespace MarginalConditional.Cli.Publishing;

/// <summary>A picture that a result can be drawn as, made when it is asked for.</summary>
/// <param name="Kind">The word that asks for it.</param>
/// <param name="Make">Makes it.</param>
internal sealed record OfferedPicture(string Kind, Func<Picture> Make)
{
    /// <summary>Why this result has none, to go on after "because"; null when it has one.</summary>
    public string? Missing { get; init; }

    /// <summary>Whether it takes long and belongs to a report only when it is asked for. Default: no.</summary>
    public bool IsCostly { get; init; }

    /// <summary>A picture that this result does not have.</summary>
    /// <param name="kind">The word that asks for it.</param>
    /// <param name="reason">Why, to go on after "because".</param>
    public static OfferedPicture Without(string kind, string reason) =>
        new(kind, () => throw new InvalidOperationException(reason)) { Missing = reason };
}
