namespace MarginalConditional.Data.Tables;

/// <summary>The formats of files that are read as tables, told by their content.</summary>
internal enum FileFormat
{
    /// <summary>Text with separators: whatever is none of the others.</summary>
    Text,

    /// <summary>SAS transport, version 5, 8 or 9.</summary>
    SasTransport,

    /// <summary>Stata, release 117 and later.</summary>
    Stata,

    /// <summary>JSON, of which CDISC's Dataset-JSON is read.</summary>
    Json,

    /// <summary>Excel's workbooks of XML.</summary>
    Excel,

    /// <summary>Parquet.</summary>
    Parquet,
}
