using System.Text;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Drawing;

/// <summary>Texts from data as they may stand in a drawing: every character is one of XML, and none turns the reading direction.</summary>
internal static class CleanText
{
    /// <summary>Begins the number of a tooltip in a text that is drawn.</summary>
    public const char Opening = '\uE000';

    /// <summary>Ends it.</summary>
    public const char Closing = '\uE001';

    /// <summary>The visible text in one line, what cannot stand in XML, and private characters, replaced.</summary>
    public static string Of(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in VisibleText.Of(text).EnumerateRunes())
        {
            clean.Append(rune.Value switch
            {
                '\n' => " ",
                (>= 0xE000 and < 0xF900) or 0xFFFE or 0xFFFF => "\uFFFD",
                _ => rune.ToString(),
            });
        }

        return clean.ToString();
    }
}
