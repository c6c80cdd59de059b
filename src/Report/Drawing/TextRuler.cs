using OxyPlot;

namespace MarginalConditional.Report.Drawing;

/// <summary>How wide texts are, whichever sans-serif font the reader's system has.</summary>
internal sealed class TextRuler
{
    /// <summary>Texts are measured in Arial and in points, 72 of which are 96 pixels; DejaVu Sans is a quarter wider.</summary>
    private const double Widest = 96.0 / 72 * 1.26;

    private readonly PdfRenderContext measure = new(100, 100, OxyColors.White);

    /// <summary>The largest width that a text may take, in pixels.</summary>
    /// <param name="text">One line.</param>
    /// <param name="size">Its size in pixels.</param>
    /// <param name="bold">Whether it is bold.</param>
    public double Width(string text, double size, bool bold = false)
    {
        if (text.Length == 0)
        {
            return 0;
        }

        var wide = 0;
        var narrow = string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                span[i] = source[i] < 0x250 ? source[i] : 'n';
            }
        });
        foreach (var character in text)
        {
            wide += character >= 0x1100 ? 1 : 0;
        }

        return (Widest * measure.MeasureText(narrow, "Arial", size, bold ? 700 : 400).Width) + (0.5 * wide * size);
    }

    /// <summary>The text, or as much of its start as fits, with an ellipsis.</summary>
    public string Shortened(string text, double size, double width, bool bold = false)
    {
        if (Width(text, size, bold) <= width)
        {
            return text;
        }

        var (fits, over) = (0, text.Length);
        while (over - fits > 1)
        {
            var middle = (fits + over) / 2;
            (fits, over) = Width(string.Concat(text.AsSpan(0, middle), "\u2026"), size, bold) <= width ? (middle, over) : (fits, middle);
        }

        fits -= fits > 0 && char.IsHighSurrogate(text[fits - 1]) ? 1 : 0;
        return text[..fits].TrimEnd() + "\u2026";
    }

    /// <summary>The lines of a text broken at spaces; a word wider than a line is shortened.</summary>
    public IReadOnlyList<string> Lines(string text, double size, double width, bool bold = false)
    {
        var lines = new List<string>();
        var line = string.Empty;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && Width(longer, size, bold) > width)
            {
                lines.Add(line);
                longer = word;
            }

            line = Shortened(longer, size, width, bold);
        }

        if (line.Length > 0)
        {
            lines.Add(line);
        }

        return lines;
    }
}
