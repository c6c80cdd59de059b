namespace MarginalConditional.Data.Files.Stata;

/// <summary>The types of variables in Stata files, by their codes.</summary>
internal static class StataType
{
    /// <summary>The most bytes of a text in a field of its own; smaller codes are texts of so many bytes.</summary>
    internal const int LongestText = 2045;

    /// <summary>A text that stands elsewhere.</summary>
    internal const int LongText = 32768;

    /// <summary>A number of eight bytes.</summary>
    internal const int Double = 65526;

    /// <summary>A number of four bytes.</summary>
    internal const int Float = 65527;

    /// <summary>A whole number of four bytes.</summary>
    internal const int Long = 65528;

    /// <summary>A whole number of two bytes.</summary>
    internal const int Int = 65529;

    /// <summary>A whole number of one byte.</summary>
    internal const int Byte = 65530;

    /// <summary>The bytes of a field; 0 for a type that there is not.</summary>
    internal static int Width(int type) => type switch
    {
        >= 1 and <= LongestText => type,
        LongText or Double => 8,
        Float or Long => 4,
        Int => 2,
        Byte => 1,
        _ => 0,
    };
}
