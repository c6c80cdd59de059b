namespace MarginalConditional.Means.Estimates;

/// <summary>What a table of means is made of before its comparisons are adjusted for their number. Immutable.</summary>
internal sealed record MeanParts
{
    /// <summary>The means.</summary>
    public IReadOnlyList<MeanEstimate> Means { get; init; } = [];

    /// <summary>The slopes.</summary>
    public IReadOnlyList<MeanEstimate> Slopes { get; init; } = [];

    /// <summary>Families of pairs of means.</summary>
    public IReadOnlyList<ComparisonFamily> Pairs { get; init; } = [];

    /// <summary>Families of free contrasts of means.</summary>
    public IReadOnlyList<ComparisonFamily> Contrasts { get; init; } = [];

    /// <summary>Families of pairs of slopes.</summary>
    public IReadOnlyList<ComparisonFamily> SlopePairs { get; init; } = [];

    /// <summary>Families of free contrasts of slopes.</summary>
    public IReadOnlyList<ComparisonFamily> SlopeContrasts { get; init; } = [];

    /// <summary>The hypotheses of joint tests.</summary>
    public IReadOnlyList<JointHypothesis> Joint { get; init; } = [];
}
