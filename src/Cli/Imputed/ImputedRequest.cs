namespace MarginalConditional.Cli.Imputed;

/// <summary>What the user asked for about imputed data.</summary>
internal sealed record ImputedRequest
{
    /// <summary>The column that numbers the imputed sets of one file; null where they are files.</summary>
    public required string? Column { get; init; }

    /// <summary>The files of the imputed sets, in order; empty where they stand in one file.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Whether sets that do not converge are left out, rather than stop the pool.</summary>
    public required bool DropsFailed { get; init; }

    /// <summary>Whether averaged responses are pooled by their log odds.</summary>
    public required bool ByLogOdds { get; init; }

    /// <summary>Whether complete-data degrees of freedom are mice's: rows less parameters, as if rows were independent.</summary>
    public required bool CountsRows { get; init; }
}
