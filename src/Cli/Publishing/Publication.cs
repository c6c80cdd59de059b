using MarginalConditional.Cli.Options;

namespace MarginalConditional.Cli.Publishing;

/// <summary>What a result's pictures and its report are made of, beside its tables.</summary>
internal sealed record Publication
{
    /// <summary>The report's title: what was asked.</summary>
    public required string Title { get; init; }

    /// <summary>The answer in a sentence or two.</summary>
    public required string Answer { get; init; }

    /// <summary>The data file.</summary>
    public required DataArguments Data { get; init; }

    /// <summary>What is known of the data: rows, clusters, and so on.</summary>
    public required IReadOnlyList<(string Name, string Value)> DataFacts { get; init; }

    /// <summary>Whether the report names no time, whatever the output's options say. Default: no.</summary>
    public bool LeavesTimeOut { get; init; }

    /// <summary>The pictures of the result.</summary>
    public required IReadOnlyList<OfferedPicture> Pictures { get; init; }

    /// <summary>The parts of its report, top down; empty for results, pictures, warnings and data.</summary>
    public IReadOnlyList<ReportPart> Parts { get; init; } = [];
}
