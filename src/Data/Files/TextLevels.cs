using System.Text;

namespace MarginalConditional.Data.Files;

/// <summary>Gathers the texts of a column whose file does not name their encoding: UTF-8 if all of them are, else Windows-1252.</summary>
internal sealed class TextLevels
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly LevelTable table = new();
    private readonly GrowingArray<int> codes = new();

    /// <summary>Takes the next row's text; text of blanks alone is missing.</summary>
    internal void Add(ReadOnlySpan<byte> text) =>
        codes.Add(text.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0 ? -1 : table.NumberOf(text));

    /// <summary>Takes the next row's text as a string.</summary>
    internal void Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    /// <summary>Takes the next row without a text.</summary>
    internal void AddMissing() => codes.Add(-1);

    /// <summary>The column.</summary>
    internal FileColumn.Texts Finish()
    {
        var bytes = table.Bytes;
        var encoding = bytes.All(IsUtf8) ? Strict : Windows();
        return new FileColumn.Texts(codes.ToArray(), [.. bytes.Select(encoding.GetString)]);
    }

    /// <summary>One text, such as a label, by the same rule.</summary>
    internal static string Decode(ReadOnlySpan<byte> text) => IsUtf8(text) ? Strict.GetString(text) : Windows().GetString(text);

    /// <summary>A text in a field of fixed length, which a zero byte ends.</summary>
    internal static string DecodeEnded(ReadOnlySpan<byte> field) => Decode(Ended(field));

    /// <summary>The bytes before the zero byte that ends a field.</summary>
    internal static ReadOnlySpan<byte> Ended(ReadOnlySpan<byte> field) => field.IndexOf((byte)0) is >= 0 and var end ? field[..end] : field;

    private static bool IsUtf8(byte[] text) => IsUtf8(text.AsSpan());

    private static bool IsUtf8(ReadOnlySpan<byte> text) => System.Text.Unicode.Utf8.IsValid(text);

    private static Encoding Windows() => CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
}
