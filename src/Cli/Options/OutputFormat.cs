namespace MarginalConditional.Cli.Options;

/// <summary>What a result is written as.</summary>
internal enum OutputFormat
{
    /// <summary>Tables for people.</summary>
    Table,

    /// <summary>One JSON object for programs.</summary>
    Json,

    /// <summary>The coefficients as CSV.</summary>
    Csv,
}
