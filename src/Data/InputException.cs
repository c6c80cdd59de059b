namespace MarginalConditional.Data;

/// <summary>Something the user gave cannot be used: a file, a column, a formula, an option. The message is one plain sentence.</summary>
/// <remarks>The program prints message, place and hint without a stack trace and ends with exit code 2.</remarks>
public sealed class InputException : Exception
{
    /// <summary>Creates the exception from a full sentence that says what is wrong and what is required.</summary>
    public InputException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the failure that led to it.</summary>
    public InputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The file concerned, as the user named it; null when no file is.</summary>
    public string? File { get; init; }

    /// <summary>The line in <see cref="File"/>, counted from 1; null when the whole file is meant.</summary>
    public int? Line { get; init; }

    /// <summary>
    /// The row of a file that has no lines (a sheet's own number in Excel, else counted from 1 without the names); null when the whole file
    /// is meant.
    /// </summary>
    public int? Row { get; init; }

    /// <summary>The column of the table (its name); null when none is.</summary>
    public string? Column { get; init; }

    /// <summary>The position in the formula, counted from 1; null when the formula is not at fault.</summary>
    public int? Position { get; init; }

    /// <summary>
    /// Where it is: <c>toenail.csv, line 214, column time</c>, <c>trial.xpt, row 12</c> or <c>formula, position 7</c>; empty when the
    /// message says it all.
    /// </summary>
    public string Place => string.Join(", ", new[]
    {
        File,
        Line is { } line ? FormattableString.Invariant($"line {line}") : null,
        Row is { } row ? FormattableString.Invariant($"row {row}") : null,
        Column is null ? null : $"column {Column}",
        Position is { } position ? FormattableString.Invariant($"formula, position {position}") : null,
    }.OfType<string>());

    /// <summary>What the user can do, as one or more sentences; null when there is nothing to add.</summary>
    public string? Hint { get; init; }
}
