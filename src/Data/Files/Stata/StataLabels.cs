namespace MarginalConditional.Data.Files.Stata;

/// <summary>The sets of value labels of a Stata file, by name.</summary>
internal static class StataLabels
{
    private const string What = "its value labels";
    private const int Padding = 3;

    /// <summary>Reads all sets.</summary>
    /// <exception cref="InputException">The section is damaged.</exception>
    internal static Dictionary<string, Dictionary<double, string>> Read(StataSections sections)
    {
        var file = sections.File;
        var sets = new Dictionary<string, Dictionary<double, string>>(StringComparer.Ordinal);
        var place = sections.Start(11, "value_labels");
        while (file.At(place, 5, What).SequenceEqual("<lbl>"u8))
        {
            var length = file.Int32(place + 5, What);
            place += 9;
            var name = TextLevels.DecodeEnded(file.At(place, sections.Layout.NameBytes, What));
            place += sections.Layout.NameBytes + Padding;
            file.At(place, length, What);
            sets[name] = ReadSet(file, place, length);
            place += length;
            if (!file.At(place, 6, What).SequenceEqual("</lbl>"u8))
            {
                throw file.Broken("a set of value labels does not end where it has to");
            }

            place += 6;
        }

        return sets;
    }

    /// <summary>A set: the number of labels, the bytes of their texts, where each text starts, the codes, the texts.</summary>
    private static Dictionary<double, string> ReadSet(FileBytes file, long place, long length)
    {
        long count = file.Int32(place, What);
        long textLength = file.Int32(place + 4, What);
        if (count < 0 || textLength < 0 || 8 + (8 * count) + textLength > length)
        {
            throw file.Broken("a set of value labels has more labels than bytes");
        }

        var missing = new MissingCodes();
        var labels = new Dictionary<double, string>();
        var codes = place + 8 + (4 * count);
        var texts = file.At(codes + (4 * count), textLength, What);
        for (var i = 0L; i < count; i++)
        {
            var start = file.Int32(place + 8 + (4 * i), What);
            if (start < 0 || start > textLength)
            {
                throw file.Broken("a value label starts outside of its set");
            }

            // Codes of missing values can have labels too; their fields are missing all the same.
            var code = StataNumber.Read(StataType.Long, (uint)file.Int32(codes + (4 * i), What), missing);
            if (!double.IsNaN(code))
            {
                labels[code] = TextLevels.DecodeEnded(texts[start..]);
            }
        }

        return labels;
    }
}
