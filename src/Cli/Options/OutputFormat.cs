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

    /// <summary>Tables for a paper, in Markdown.</summary>
    Markdown,

    /// <summary>Tables for a paper, as a fragment of HTML.</summary>
    Html,

    /// <summary>Tables for a paper, in LaTeX.</summary>
    Latex,

    /// <summary>Tables for a paper, as a file for Word.</summary>
    Docx,

    /// <summary>The coefficients as a Parquet file.</summary>
    Parquet,

    /// <summary>The coefficients as an Excel workbook.</summary>
    Xlsx,
}
