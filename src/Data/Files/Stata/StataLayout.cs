namespace MarginalConditional.Data.Files.Stata;

/// <summary>How wide the fields of a Stata file are, which depends on its release.</summary>
/// <remarks>Source: StataCorp, Stata programming reference manual, description of the .dta file format 117, 118 and 119.</remarks>
internal sealed record StataLayout
{
    /// <summary>The release: 117 (Stata 13), 118 (Stata 14 and later), 119 (as 118, more than 32,767 variables).</summary>
    internal required int Release { get; init; }

    /// <summary>Bytes of the number of variables.</summary>
    internal int CountBytes => Release == 119 ? 4 : 2;

    /// <summary>Bytes of the number of rows.</summary>
    internal int RowCountBytes => Release == 117 ? 4 : 8;

    /// <summary>Bytes of the length of the data set's label.</summary>
    internal int LabelLengthBytes => Release == 117 ? 1 : 2;

    /// <summary>Bytes of a name of a variable or of a set of labels.</summary>
    internal int NameBytes => Release == 117 ? 33 : 129;

    /// <summary>Bytes of a format.</summary>
    internal int FormatBytes => Release == 117 ? 49 : 57;

    /// <summary>Bytes of a variable's label.</summary>
    internal int VariableLabelBytes => Release == 117 ? 81 : 321;

    /// <summary>Bytes of the first half of a reference to a long text; the halves have eight together.</summary>
    internal int ReferenceBytes => Release switch { 117 => 4, 118 => 2, _ => 3 };

    /// <summary>Bytes of the second half of the name of a long text.</summary>
    internal int LongTextBytes => Release == 117 ? 4 : 8;
}
