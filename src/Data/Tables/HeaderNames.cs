using System.Globalization;
using System.Text;

namespace MarginalConditional.Data.Tables;

/// <summary>The names in the header of a text file.</summary>
internal static class HeaderNames
{
    /// <summary>Refuses names that are none, and gives those that are missing theirs.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <param name="names">The names, in place.</param>
    /// <exception cref="InputException">The file is empty or no text, or two columns have one name.</exception>
    internal static void Check(string path, string[] names)
    {
        if (names.Length == 0 || (names.Length == 1 && names[0].Length == 0))
        {
            throw new InputException("The file is empty.")
            {
                File = path,
                Hint = "A table has a header with the names of its columns, and a line for each row.",
            };
        }

        if (names.Any(name => name.Any(IsNoText)))
        {
            throw new InputException("This is not a text file in UTF-8.")
            {
                File = path,
                Line = 1,
                Hint = "Export the table as CSV, in the encoding UTF-8.",
            };
        }

        if (names.Any(name => name.Contains('\t')))
        {
            throw new InputException("A name in the header holds a tab.")
            {
                File = path,
                Line = 1,
                Hint = "If tabs stand between the columns, read the file with a tab as its separator.",
            };
        }

        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i].Length > 0 && !seen.TryAdd(names[i], i))
            {
                throw new InputException($"Two columns are called \"{names[i]}\": the {Ordinal(seen[names[i]])} and the {Ordinal(i)}.")
                {
                    File = path,
                    Line = 1,
                    Hint = names.All(name => NumberParser.TryParse(Encoding.UTF8.GetBytes(name), (byte)'.', out _))
                        ? "A table begins with a line of its columns' names; here stand numbers."
                        : "Give each column a name of its own.",
                };
            }
        }

        // R writes row names under an empty heading; such a column cannot be asked for by name.
        for (var i = 0; i < names.Length; i++)
        {
            for (var number = i + 1; names[i].Length == 0 || (seen.TryGetValue(names[i], out var at) && at != i); number++)
            {
                names[i] = string.Create(CultureInfo.InvariantCulture, $"column{number}");
            }

            seen[names[i]] = i;
        }
    }

    private static bool IsNoText(char character) =>
        (char.IsControl(character) && character != '\t') || character == Rune.ReplacementChar.Value;

    private static string Ordinal(int index)
    {
        var number = index + 1;
        var ending = (number % 100) is >= 11 and <= 13 ? "th" : (number % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" };
        return string.Create(CultureInfo.InvariantCulture, $"{number}{ending}");
    }
}
