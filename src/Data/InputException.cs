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

    /// <summary>The column of the table (its name) or of the text (its position); null when none is.</summary>
    public string? Column { get; init; }

    /// <summary>What the user can do, as one or more sentences; null when there is nothing to add.</summary>
    public string? Hint { get; init; }
}
