namespace MarginalConditional.Data.Files.Sas;

/// <summary>A data set of a SAS transport file, version 5, 8 or 9.</summary>
/// <remarks>
/// The layout is that of TS-140 and TS-140-2. Rows of version 5 are not counted: they end at the next data set or at the end of the file,
/// where blanks fill the last record. Text has no encoding; UTF-8 is tried before Windows-1252.
/// </remarks>
internal sealed class XptFile : FileTable
{
    private readonly FileBytes file;
    private readonly XptMember member;

    private XptFile(FileBytes file, XptMember member)
    {
        this.file = file;
        this.member = member;
        Fields =
        [
            .. member.Variables.Select(variable => new FileField(variable.Name, variable.Label.Length > 0 ? variable.Label : null)),
        ];
        CheckNames(file, Fields);
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<FileField> Fields { get; }

    /// <inheritdoc/>
    internal override int Rows => member.Rows;

    /// <inheritdoc/>
    internal override IReadOnlyList<string> Notes => member.BlankRows switch
    {
        0 => [],
        1 => ["The last row is blank, which a transport file of text alone does not tell from its padding: it is left out."],
        var count =>
        [
            FormattableString.Invariant(
                $"The last {count} rows are blank, which a transport file of text alone does not tell from its padding: they are left ")
                + "out.",
        ],
    };

    /// <summary>Opens a data set.</summary>
    /// <param name="source">The file as the user named it.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="wanted">The data set's name in any case; null for the only one.</param>
    /// <exception cref="InputException">The file is damaged, or has several data sets and none or another was named.</exception>
    internal static XptFile Open(string source, ReadOnlyMemory<byte> content, string? wanted)
    {
        var file = new FileBytes(source, "SAS transport file", content);
        var members = new List<XptMember>();
        for (var place = 3 * XptHeader.Record; place < file.Length; place = members[^1].End)
        {
            members.Add(XptMember.Read(file, place));
        }

        string[] names = [.. members.Select(member => member.Name)];
        var chosen = wanted is not null ? members.Find(member => string.Equals(member.Name, wanted, StringComparison.OrdinalIgnoreCase))
            : members.Count == 1 ? members[0] : null;
        return chosen is not null
            ? new XptFile(file, chosen)
            : throw new InputException(members.Count == 0 ? "The SAS transport file holds no data set."
                : wanted is null ? FormattableString.Invariant($"The SAS transport file holds {members.Count} data sets.")
                : $"The SAS transport file holds no data set \"{Suggestion.Short(wanted)}\".{Suggestion.Sentence(wanted, names)}")
            {
                File = source,
                Hint = members.Count == 0 ? null : $"Say --member with one of these names: {Suggestion.List(names)}.",
            };
    }

    /// <inheritdoc/>
    private protected override FileColumn Read(int field)
    {
        var variable = member.Variables[field];
        return variable.IsText ? Texts(variable) : Numbers(variable);
    }

    private FileColumn.Texts Texts(XptVariable variable)
    {
        var texts = new TextLevels();
        for (var row = 0; row < Rows; row++)
        {
            texts.Add(Field(variable, row).TrimEnd(" \0"u8));
        }

        return texts.Finish();
    }

    private FileColumn Numbers(XptVariable variable)
    {
        var missing = new MissingCodes();
        var values = new double[Rows];
        for (var row = 0; row < Rows; row++)
        {
            values[row] = SasNumber.Read(Field(variable, row), missing);
        }

        return SasFormat.Shown(values, variable.Format, missing.Found('A'));
    }

    private ReadOnlySpan<byte> Field(XptVariable variable, int row) =>
        file.At(member.RowStart + ((long)row * member.RowLength) + variable.Position, variable.Length, "the rows");
}
