using System.Runtime.CompilerServices;
using System.Text;

namespace MarginalConditional.Data.Tables;

/// <summary>A column of categories: distinct levels in ordinal order, and a code a row.</summary>
public sealed class FactorColumn : Column
{
    private readonly int[] codes;
    private readonly string[] levels;

    /// <summary>Wraps arrays (not copied; the caller must not change them afterwards).</summary>
    /// <param name="name">The name in the header.</param>
    /// <param name="codes">One a row: index into <paramref name="levels"/>, or −1 where missing.</param>
    /// <param name="levels">The distinct levels; the first is the reference level.</param>
    public FactorColumn(string name, int[] codes, string[] levels)
        : base(name)
    {
        this.codes = codes;
        this.levels = levels;
    }

    /// <summary>Makes categories of texts in memory. Texts stay texts: 01 is no number, NA a level.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="texts">A text a row; null, or nothing but blanks, where missing.</param>
    /// <param name="levels">The levels in their order, the reference first; null for those that occur, in ordinal order.</param>
    /// <returns>The column.</returns>
    /// <exception cref="ArgumentException">A text is none of the levels, or a level stands twice.</exception>
    public static FactorColumn Of(string name, IEnumerable<string?> texts, IReadOnlyList<string>? levels = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(texts);
        string?[] rows = [.. texts.Select(text => string.IsNullOrWhiteSpace(text) ? null : text)];
        string[] order = levels is not null
            ? [.. levels]
            : [.. rows.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (place, level) in order.Index())
        {
            if (!places.TryAdd(level, place))
            {
                throw new ArgumentException($"The level \"{level}\" stands twice.", nameof(levels));
            }
        }

        int CodeOf(string? text) => text is null ? -1 : places.TryGetValue(text, out var code)
            ? code
            : throw new ArgumentException($"\"{text}\" is none of the levels of {name}.", nameof(texts));
        return new FactorColumn(name, Array.ConvertAll(rows, CodeOf), order) { IsText = true };
    }

    /// <inheritdoc/>
    public override int Length => codes.Length;

    /// <summary>Index into <see cref="Levels"/> for each row, −1 where missing.</summary>
    public ReadOnlySpan<int> Codes => codes;

    /// <summary>The distinct levels.</summary>
    public IReadOnlyList<string> Levels => levels;

    /// <summary>The first row (from 0) whose field is not a number, −1 when there is none or it was not looked for.</summary>
    internal int FirstText { get; init; } = -1;

    /// <summary>The number of rows whose field is not a number; 0 when it was not looked for.</summary>
    internal int TextCount { get; init; }

    /// <summary>The number of fields that were a lone point among numbers, which SAS writes for missing.</summary>
    internal int Dots { get; init; }

    /// <summary>The number behind each level: a code that has a name, or a date's days since 1970-01-01; empty for text.</summary>
    internal IReadOnlyList<double> Numbers { get; init; } = [];

    /// <summary>Whether <see cref="Numbers"/> are days.</summary>
    internal bool IsDate { get; init; }

    /// <summary>Whether the file itself says that the column is text, so that nobody meant numbers. Default: no.</summary>
    internal bool IsText { get; init; }

    /// <summary>The number of rows that are not missing.</summary>
    internal int Values => codes.Length - codes.AsSpan().Count(-1);

    /// <summary>The same fields with the levels in another order.</summary>
    /// <param name="order">The levels' present indices in the order wanted.</param>
    internal FactorColumn Reordered(IReadOnlyList<int> order)
    {
        var rank = new int[order.Count];
        for (var i = 0; i < rank.Length; i++)
        {
            rank[order[i]] = i;
        }

        var moved = new int[codes.Length];
        for (var i = 0; i < moved.Length; i++)
        {
            moved[i] = codes[i] < 0 ? -1 : rank[codes[i]];
        }

        return new FactorColumn(Name, moved, [.. order.Select(index => levels[index])])
        {
            FirstText = FirstText,
            TextCount = TextCount,
            Dots = Dots,
            Label = Label,
            ReadingNotes = ReadingNotes,
            Numbers = Numbers.Count == 0 ? [] : [.. order.Select(index => Numbers[index])],
            IsDate = IsDate,
            IsText = IsText,
        };
    }

    /// <summary>The numbers behind the levels as a column of their own, NaN where missing.</summary>
    internal NumericColumn AsNumbers() =>
        new(Name, Array.ConvertAll(codes, code => code < 0 ? double.NaN : Numbers[code])) { Label = Label, ReadingNotes = ReadingNotes };

    /// <summary>The codes' array itself; not to be changed.</summary>
    internal int[] CodesArray => codes;

    /// <inheritdoc/>
    public override bool IsMissing(int row) => codes[row] < 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override FactorColumn Take(ReadOnlySpan<int> rows)
    {
        var taken = new int[rows.Length];
        for (var i = 0; i < taken.Length; i++)
        {
            taken[i] = codes[rows[i]];
        }

        return new FactorColumn(Name, taken, levels) { Label = Label, Numbers = Numbers, IsDate = IsDate, IsText = IsText };
    }

    /// <summary>The fields of some rows as a column that was read by itself: which of them is text is found out again.</summary>
    internal FactorColumn Part(ReadOnlySpan<int> rows)
    {
        var part = Take(rows);
        if (FirstText < 0)
        {
            return part;
        }

        var isText = Array.ConvertAll(levels, level => !NumberParser.TryParse(Encoding.UTF8.GetBytes(level), (byte)'.', out _));
        var (first, count) = (-1, 0);
        for (var i = 0; i < part.codes.Length; i++)
        {
            if (part.codes[i] >= 0 && isText[part.codes[i]])
            {
                first = first < 0 ? i : first;
                count++;
            }
        }

        return new FactorColumn(Name, part.codes, levels) { FirstText = first, TextCount = count };
    }
}
