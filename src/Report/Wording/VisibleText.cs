namespace MarginalConditional.Report.Wording;

/// <summary>Text from files and command lines as a terminal may show it: nothing in it moves the cursor or changes the terminal.</summary>
public static class VisibleText
{
    private const char Replacement = '\uFFFD';

    /// <summary>
    /// The text with control characters as their pictures (U+2400 and following), and those that turn the direction of writing as U+FFFD.
    /// Line feeds stay.
    /// </summary>
    public static string Of(string text) => text.AsSpan().ContainsAnyExceptInRange(' ', '~') && text.Any(IsHidden)
        ? string.Concat(text.Select(character => IsHidden(character) ? Picture(character) : character))
        : text;

    private static bool IsHidden(char character) => (char.IsControl(character) && character != '\n')
        || character is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\u2028' or '\u2029';

    private static char Picture(char character) => character switch
    {
        '\t' => ' ',
        < ' ' => (char)(character + '\u2400'),
        '\u007F' => '\u2421',
        _ => Replacement,
    };
}
