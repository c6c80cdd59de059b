namespace MarginalConditional.Data.Files.Stata;

/// <summary>A Stata data set, releases 117 to 119 (Stata 13 and later).</summary>
internal sealed class StataFile : FileTable
{
    private readonly StataSections sections;
    private readonly int[] types;
    private readonly int[] positions;
    private readonly int rowLength;
    private readonly long dataStart;

    private StataFile(StataSections sections)
    {
        this.sections = sections;
        var (file, count) = (sections.File, sections.Variables);
        var typeStart = sections.Start(2, "variable_types");
        (types, positions) = (new int[count], new int[count]);
        long width = 0;
        for (var i = 0; i < count; i++)
        {
            types[i] = (int)file.Unsigned(typeStart + (2L * i), 2, "the types of its variables");
            positions[i] = (int)Math.Min(width, int.MaxValue);
            width += StataType.Width(types[i]) is > 0 and var bytes
                ? bytes
                : throw file.Broken(FormattableString.Invariant($"there is no type {types[i]} of variables"));
        }

        dataStart = sections.Start(9, "data");
        if (sections.RowCount > (file.Length - dataStart) / width)
        {
            throw file.Broken(FormattableString.Invariant(
                $"it says that it has {sections.RowCount} rows, and has {(file.Length - dataStart) / width}"));
        }

        (rowLength, Rows) = ((int)width, (int)sections.RowCount);
        Fields = [.. Enumerable.Range(0, count).Select(Field)];
        CheckNames(file, Fields);
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<FileField> Fields { get; }

    /// <inheritdoc/>
    internal override int Rows { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="InputException">The file is damaged or of another release.</exception>
    internal static StataFile Open(string source, ReadOnlyMemory<byte> content) => new(StataSections.Read(source, content));

    /// <inheritdoc/>
    private protected override FileColumn Read(int field) => types[field] switch
    {
        StataType.LongText => LongTexts(field),
        <= StataType.LongestText => Texts(field),
        _ => Numbers(field),
    };

    private FileField Field(int i)
    {
        var label = Text(7, "variable_labels", sections.Layout.VariableLabelBytes, i);
        return new FileField(Text(3, "varnames", sections.Layout.NameBytes, i), label.Length > 0 ? label : null);
    }

    private string Text(int entry, string tag, int bytes, int i) =>
        TextLevels.DecodeEnded(sections.File.At(sections.Start(entry, tag) + ((long)i * bytes), bytes, "the names of its variables"));

    private FileColumn.Texts Texts(int field)
    {
        var texts = new TextLevels();
        for (var row = 0; row < Rows; row++)
        {
            texts.Add(TextLevels.Ended(sections.File.At(Place(field, row), types[field], "the rows")));
        }

        return texts.Finish();
    }

    private FileColumn.Texts LongTexts(int field)
    {
        var first = sections.Layout.ReferenceBytes;
        var all = new StataLongTexts(sections);
        var texts = new TextLevels();
        for (var row = 0; row < Rows; row++)
        {
            var place = Place(field, row);
            var variable = sections.File.Unsigned(place, first, "the rows");
            texts.Add(all.Find(variable, sections.File.Unsigned(place + first, 8 - first, "the rows")));
        }

        return texts.Finish();
    }

    private FileColumn Numbers(int field)
    {
        var missing = new MissingCodes();
        var (type, width) = (types[field], StataType.Width(types[field]));
        var values = new double[Rows];
        for (var row = 0; row < Rows; row++)
        {
            values[row] = StataNumber.Read(type, sections.File.Unsigned(Place(field, row), width, "the rows"), missing);
        }

        var set = Text(6, "value_label_names", sections.Layout.NameBytes, field);
        var labels = set.Length > 0 && StataLabels.Read(sections).TryGetValue(set, out var named) ? named : [];
        return StataFormat.Shown(values, Text(5, "formats", sections.Layout.FormatBytes, field), labels, missing.Found('a'));
    }

    private long Place(int field, int row) => dataStart + ((long)row * rowLength) + positions[field];
}
