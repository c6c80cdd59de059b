using MarginalConditional.Compare.Estimands;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>What a ladder on the console is about.</summary>
internal sealed record LadderSubject
{
    /// <summary>The treatment's column.</summary>
    public required string Treatment { get; init; }

    /// <summary>The outcome's name.</summary>
    public required string Response { get; init; }

    /// <summary>The scale shown first, and alone unless more is asked for.</summary>
    public required string Scale { get; init; }

    /// <summary>The weightings shown, the first alone unless more is asked for.</summary>
    public required IReadOnlyList<ClusterWeighting> Weightings { get; init; }
}
