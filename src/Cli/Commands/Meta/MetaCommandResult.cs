using MarginalConditional.Cli.Options;
using MarginalConditional.Meta;
using MarginalConditional.Meta.Diagnostics;
using MarginalConditional.Meta.Effects;

namespace MarginalConditional.Cli.Commands.Meta;

/// <summary>Everything that <c>meta</c> prints.</summary>
internal sealed record MetaCommandResult
{
    /// <summary>The file as the user named it, and how to read it.</summary>
    public required DataArguments Data { get; init; }

    /// <summary>The arms' counts; null when the effects come from elsewhere.</summary>
    public StudyCounts? Counts { get; init; }

    /// <summary>The analysis.</summary>
    public required MetaAnalysisFit Fit { get; init; }

    /// <summary>Whether people are shown ratios: effects are logarithms.</summary>
    public required bool Ratios { get; init; }

    /// <summary>The analyses without each study in turn; empty when not asked for.</summary>
    public IReadOnlyList<MetaAnalysisFit> LeftOut { get; init; } = [];

    /// <summary>Whether a funnel plot is drawn.</summary>
    public bool ShowsFunnel { get; init; }

    /// <summary>The test of the funnel's symmetry; null when not asked for or not possible.</summary>
    public FunnelAsymmetry? Asymmetry { get; init; }
}
