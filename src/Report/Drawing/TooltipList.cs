using System.Globalization;

namespace MarginalConditional.Report.Drawing;

/// <summary>The full texts behind shortened ones and points, each by a number that is drawn with it and taken out at the end.</summary>
internal sealed class TooltipList
{
    private readonly List<string> texts = [];

    /// <summary>A text with the mark of its tooltip before it.</summary>
    /// <param name="shown">What is drawn; empty for a mark that belongs to the next shape.</param>
    /// <param name="full">The tooltip.</param>
    public string Marked(string shown, string full)
    {
        texts.Add(full);
        return $"{CleanText.Opening}{(texts.Count - 1).ToString(CultureInfo.InvariantCulture)}{CleanText.Closing}{shown}";
    }

    /// <summary>What is drawn, and its tooltip; null for none.</summary>
    public (string Shown, string? Full) Read(string drawn)
    {
        if (!drawn.StartsWith(CleanText.Opening))
        {
            return (drawn, null);
        }

        var end = drawn.IndexOf(CleanText.Closing, StringComparison.Ordinal);
        return (drawn[(end + 1)..], texts[int.Parse(drawn.AsSpan(1, end - 1), CultureInfo.InvariantCulture)]);
    }
}
