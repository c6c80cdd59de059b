using MarginalConditional.Cli.Options;
using MarginalConditional.Meta.Regression;
using MarginalConditional.Mixed;

namespace MarginalConditional.Cli.Commands.Meta;

/// <summary>Everything that <c>meta</c> prints of a regression on moderators, or of several effects a study.</summary>
internal sealed record MetaRegressionResult
{
    /// <summary>The file as the user named it, and how to read it.</summary>
    public required DataArguments Data { get; init; }

    /// <summary>Moderators and random terms as typed.</summary>
    public required string Formula { get; init; }

    /// <summary>The fit.</summary>
    public required MetaRegressionFit Fit { get; init; }

    /// <summary>Whether effects are logarithms, whose means are shown as ratios.</summary>
    public required bool Ratios { get; init; }

    /// <summary>The profile intervals of the variances; empty when not asked for.</summary>
    public IReadOnlyList<Interval> ComponentIntervals { get; init; } = [];

    /// <summary>The means asked for.</summary>
    public IReadOnlyList<ModeratedPrediction> Predictions { get; init; } = [];
}
