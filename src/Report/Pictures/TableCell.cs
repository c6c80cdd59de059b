namespace MarginalConditional.Report.Pictures;

/// <summary>A cell of a table of numbers: a text, a number, or nothing.</summary>
/// <param name="Text">The text; null for a number or nothing.</param>
/// <param name="Number">The number; null for a text or nothing.</param>
public readonly record struct TableCell(string? Text, double? Number)
{
    /// <summary>A text.</summary>
    public static implicit operator TableCell(string text) => new(text, null);

    /// <summary>A number; one that is not a number is nothing.</summary>
    public static implicit operator TableCell(double number) => new(null, double.IsNaN(number) ? null : number);

    /// <summary>A number, or nothing.</summary>
    public static implicit operator TableCell(double? number) => number is { } value ? value : default(TableCell);

    /// <summary>A text.</summary>
    public static TableCell FromString(string text) => text;

    /// <summary>A number.</summary>
    public static TableCell FromDouble(double number) => number;

    /// <summary>A number, or nothing.</summary>
    public static TableCell FromNullable(double? number) => number;
}
