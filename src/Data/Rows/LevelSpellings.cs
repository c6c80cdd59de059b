using System.Text.RegularExpressions;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Rows;

/// <summary>Notices levels that are one word spelled in two ways, and numbers that a sign made text.</summary>
internal static partial class LevelSpellings
{
    /// <summary>So many numbers with a sign are measured; fewer may be classes.</summary>
    private const int FewestNumbers = 7;

    /// <summary>The note on two levels that differ in capitals or blanks alone, or null.</summary>
    internal static string? Note(FactorColumn column)
    {
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var level in column.Levels)
        {
            var plain = WithoutBlanks(level);
            if (plain.Length > 0 && !seen.TryAdd(plain, level))
            {
                return $"{column.Name} has the levels \"{Suggestion.Short(seen[plain])}\" and \"{Suggestion.Short(level)}\", which differ "
                    + "in capitals or blanks alone and count as two.";
            }
        }

        return null;
    }

    /// <summary>Whether there are many levels, all numbers but for a per cent or a currency sign or commas at the thousands.</summary>
    internal static bool AreNumbers(FactorColumn column) =>
        column.Levels.Count >= FewestNumbers && column.Levels.All(level => HasSign(level) || HasThousands(level));

    /// <summary>Whether a text is a number with a per cent or a currency sign.</summary>
    internal static bool HasSign(string text) => Signed().IsMatch(text);

    /// <summary>Whether a text is a number whose commas may be at the thousands.</summary>
    internal static bool HasThousands(string text) => Thousands().IsMatch(text);

    /// <summary>By hand: every command with a factor comes here, and regular expressions take a while to load.</summary>
    private static string WithoutBlanks(string level)
    {
        var (kept, count) = (new char[level.Length], 0);
        foreach (var character in level)
        {
            if (!char.IsWhiteSpace(character))
            {
                kept[count++] = character;
            }
        }

        return new string(kept, 0, count);
    }

    [GeneratedRegex(
        @"^(?:[-+]?[0-9][0-9.,]*\s?[%\u20AC$\u00A3]|[\u20AC$\u00A3]\s?[-+]?[0-9][0-9.,]*)$",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Signed();

    [GeneratedRegex(@"^[-+]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]*)?$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Thousands();
}
