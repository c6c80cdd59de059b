namespace MarginalConditional.Data.Files.Stata;

/// <summary>The long texts of a Stata file, each of which stands once and is referred to by variable and row.</summary>
internal sealed class StataLongTexts
{
    private const byte TextType = 130;
    private const byte BytesType = 129;

    private readonly FileBytes file;
    private readonly Dictionary<(ulong Variable, ulong Row), (long Start, int Length)> texts = [];

    /// <summary>Finds all of them.</summary>
    /// <exception cref="InputException">The section is damaged.</exception>
    internal StataLongTexts(StataSections sections)
    {
        const string What = "its long texts";
        file = sections.File;
        var place = sections.Start(10, "strls");
        while (file.At(place, 3, What).SequenceEqual("GSO"u8))
        {
            var row = sections.Layout.LongTextBytes;
            var key = (file.Unsigned(place + 3, 4, What), file.Unsigned(place + 7, row, What));
            place += 7 + row;
            var type = file.At(place, 1, What)[0];
            var length = file.Int32(place + 1, What);
            place += 5;
            file.At(place, length, What);
            if (type is not (TextType or BytesType))
            {
                throw file.Broken("a long text is neither text nor bytes");
            }

            texts[key] = (place, length);
            place += length;
        }

        if (!file.At(place, "</strls>"u8.Length, What).SequenceEqual("</strls>"u8))
        {
            throw file.Broken("its long texts do not end where they have to");
        }
    }

    /// <summary>The text of a reference; empty for none.</summary>
    internal ReadOnlySpan<byte> Find(ulong variable, ulong row) =>
        (variable, row) is (0, 0) ? []
        : texts.TryGetValue((variable, row), out var text) ? TextLevels.Ended(file.At(text.Start, text.Length, "its long texts"))
        : throw file.Broken("a row refers to a long text that is not there");
}
