namespace MarginalConditional.Report.Documents;

/// <summary>Where a report comes from, so that it can be made again.</summary>
public sealed record ReportOrigin
{
    /// <summary>The command line as typed, quoted for a shell.</summary>
    public required string Command { get; init; }

    /// <summary>The program and its version.</summary>
    public required string Program { get; init; }

    /// <summary>The data file as named.</summary>
    public required string Data { get; init; }

    /// <summary>The SHA-256 of its bytes, in hexadecimal digits; empty when it cannot be read again.</summary>
    public required string DataHash { get; init; }

    /// <summary>When it was made; null to leave it out.</summary>
    public DateTimeOffset? Time { get; init; }
}
