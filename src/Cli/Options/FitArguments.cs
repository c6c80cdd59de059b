using MarginalConditional.Data.Frames;

namespace MarginalConditional.Cli.Options;

/// <summary>Everything that fits have in common, as the user asked for it.</summary>
internal sealed record FitArguments
{
    /// <summary>The data file and how to read it.</summary>
    public required DataArguments Data { get; init; }

    /// <summary>Formula, weights, offset, trials, references, factors; the command adds cluster and wave.</summary>
    public required FrameRequest Request { get; init; }

    /// <summary>The family's name.</summary>
    public required string FamilyName { get; init; }

    /// <summary>The link's name; null for the family's default.</summary>
    public required string? LinkName { get; init; }

    /// <summary>Contrasts of coefficients, as typed.</summary>
    public IReadOnlyList<string> Contrasts { get; init; } = [];
}
