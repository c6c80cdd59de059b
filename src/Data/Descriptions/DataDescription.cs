namespace MarginalConditional.Data.Descriptions;

/// <summary>What a table holds, before anything is fitted to it.</summary>
public sealed record DataDescription
{
    /// <summary>The file as the user named it.</summary>
    public required string Source { get; init; }

    /// <summary>The number of rows.</summary>
    public required int Rows { get; init; }

    /// <summary>The columns in file order.</summary>
    public required IReadOnlyList<ColumnDescription> Columns { get; init; }

    /// <summary>The clusters; null when no column of them is known.</summary>
    public ClusterDescription? Clusters { get; init; }

    /// <summary>The arms in their order; empty when no column of them is known.</summary>
    public IReadOnlyList<string> Arms { get; init; } = [];

    /// <summary>The visits in their order; empty when no column of them is known.</summary>
    public IReadOnlyList<string> Waves { get; init; } = [];

    /// <summary>Rows at each visit (rows) in each arm (columns; one without arms), row-major.</summary>
    public IReadOnlyList<int> RowsOfWaves { get; init; } = [];

    /// <summary>Where columns are missing; only columns that are missing somewhere.</summary>
    public IReadOnlyList<MissingCell> Missing { get; init; } = [];

    /// <summary>At which visits clusters were seen, the most frequent first; empty without clusters or visits.</summary>
    public IReadOnlyList<VisitPattern> Patterns { get; init; } = [];

    /// <summary>What was read otherwise than it stands in the file, or may have been meant otherwise, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>In one line: the file and its size.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Source}: {Rows} rows, {Columns.Count} columns, {Notes.Count} notes");
}
