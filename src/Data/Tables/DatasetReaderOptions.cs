namespace MarginalConditional.Data.Tables;

/// <summary>How a file is read.</summary>
public sealed record DatasetReaderOptions
{
    /// <summary>The separator when none is said.</summary>
    internal const char UsualSeparator = ',';

    /// <summary>
    /// The separator of the fields, an ASCII character; null to detect comma, semicolon, tab or bar from the first lines. Default: comma.
    /// </summary>
    public char? Separator { get; init; } = UsualSeparator;

    /// <summary>Whether numbers have a decimal comma (then the separator must be another character). Default: no.</summary>
    public bool DecimalComma { get; init; }

    /// <summary>Tokens that mean missing, beside the empty field and <c>NA</c>. Default: none.</summary>
    public IReadOnlyList<string> MissingTokens { get; init; } = [];

    /// <summary>
    /// The columns to keep; the others are only listed in <see cref="Dataset.Header"/>.
    /// Null, the default, keeps all. Names not in the file are ignored here.
    /// </summary>
    public IReadOnlyCollection<string>? Columns { get; init; }

    /// <summary>
    /// Threads that split a text file; 0 means all processors. The table has the same bits for any number. Default: one.
    /// </summary>
    public int Threads { get; init; } = 1;

    /// <summary>Whether CsvHelper reads all rows, one after the other, whatever the file is. Default: no.</summary>
    internal bool RowByRow { get; init; }

    /// <summary>The bytes of a text file that a thread splits at a time; a smaller file is split by one. Default: 512 kilobytes.</summary>
    internal int PieceLength { get; init; } = 1 << 19;

    /// <summary>The data set of a SAS transport file, in any case; null for the only one.</summary>
    public string? Member { get; init; }

    /// <summary>The sheet of an Excel workbook, in any case; null for the only one.</summary>
    public string? Sheet { get; init; }

    /// <summary>Columns read as categories whatever they hold, so that text among numbers is no error. Default: none.</summary>
    public IReadOnlyCollection<string> Factors { get; init; } = [];
}
