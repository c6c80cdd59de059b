namespace MarginalConditional.Data.Files;

/// <summary>Counts the codes for missing values that SAS and Stata tell apart: a point, a letter after it, and SAS's underscore.</summary>
internal sealed class MissingCodes
{
    private const int Underscore = 27;

    private readonly int[] counts = new int[Underscore + 1];

    /// <summary>Counts a code.</summary>
    /// <param name="letter">0 for the point alone, 1 to 26 for a letter.</param>
    internal void Add(int letter) => counts[letter]++;

    /// <summary>Counts SAS's <c>._</c>.</summary>
    internal void AddUnderscore() => counts[Underscore]++;

    /// <summary>The codes that occur, in their order.</summary>
    /// <param name="first">The letter that comes first: <c>A</c> in SAS, <c>a</c> in Stata.</param>
    internal IReadOnlyList<MissingCount> Found(char first) =>
    [
        .. Enumerable.Range(0, counts.Length)
            .Where(code => counts[code] > 0)
            .Select(code => new MissingCount(Name(code, first), counts[code])),
    ];

    private static string Name(int code, char first) => code switch
    {
        0 => ".",
        Underscore => "._",
        _ => $".{(char)(first + code - 1)}",
    };
}
