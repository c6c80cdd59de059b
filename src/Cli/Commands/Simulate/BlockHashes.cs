using System.Security.Cryptography;
using System.Text;

namespace MarginalConditional.Cli.Commands.Simulate;

/// <summary>The hashes of a file's lines, a thousand at a time, which tell where it was changed.</summary>
internal static class BlockHashes
{
    /// <summary>Lines that share a hash.</summary>
    public const int Lines = 1000;

    /// <summary>Hexadecimal digits of a hash that are kept.</summary>
    private const int Digits = 16;

    /// <summary>The hash of each block of lines, in order; the last block may be shorter.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var hashes = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = EndOf(text, start);
            hashes.Add(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text[start..end])))[..Digits]);
            start = end;
        }

        return hashes;
    }

    /// <summary>
    /// The first and the last line, counted from 1, of the first block that is not what it was; null where the blocks do not tell.
    /// </summary>
    public static (int First, int Last)? FirstChange(string text, IReadOnlyList<string> expected)
    {
        var found = Of(text);
        var block = Enumerable.Range(0, Math.Max(found.Count, expected.Count))
            .FirstOrDefault(index => found.ElementAtOrDefault(index) != expected.ElementAtOrDefault(index), -1);
        return block < 0 || expected.Count == 0 ? null : ((block * Lines) + 1, (block + 1) * Lines);
    }

    /// <summary>Where the block ends that begins at a place in the text.</summary>
    private static int EndOf(string text, int start)
    {
        var end = start;
        for (var line = 0; line < Lines && end < text.Length; line++)
        {
            end = text.IndexOf('\n', end) is >= 0 and var feed ? feed + 1 : text.Length;
        }

        return end;
    }
}
