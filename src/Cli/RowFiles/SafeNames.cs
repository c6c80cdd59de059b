namespace MarginalConditional.Cli.RowFiles;

/// <summary>Names of columns that another language takes without quotes, each of them once.</summary>
internal static class SafeNames
{
    private const int LongestOfSas = 32;

    private static readonly HashSet<string> ReservedInR = new(StringComparer.Ordinal)
    {
        "if", "else", "repeat", "while", "function", "for", "next", "break", "TRUE", "FALSE", "NULL", "Inf", "NaN", "NA", "NA_integer_",
        "NA_real_", "NA_character_", "NA_complex_", "in", "...",
    };

    /// <summary>
    /// As R's <c>make.names(unique = TRUE)</c>: what is no letter, digit, dot or underscore becomes a dot, an X stands before a name that
    /// begins otherwise than a name may, and names that are alike then are numbered.
    /// </summary>
    public static string[] ForR(IReadOnlyList<string> names)
    {
        var valid = names.Select(name =>
        {
            var word = string.Concat(name.Select(one => char.IsLetterOrDigit(one) || one is '.' or '_' ? one : '.'));
            var begins = word.Length > 0 && (char.IsLetter(name[0]) || (name[0] == '.' && !(word.Length > 1 && char.IsDigit(word[1]))));
            word = begins ? word : "X" + word;
            return ReservedInR.Contains(word) ? word + "." : word;
        }).ToArray();
        return Unique(valid, StringComparer.Ordinal, first: 1, (word, number) => FormattableString.Invariant($"{word}.{number}"));
    }

    /// <summary>
    /// As SAS takes them: letters of the alphabet, digits and underscores, 32 at the most, an underscore before a digit at the beginning;
    /// those that are alike but for capitals, or once they are cut, are numbered.
    /// </summary>
    public static string[] ForSas(IReadOnlyList<string> names)
    {
        var valid = names.Select(name =>
        {
            var word = string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
            word = word.Length > 0 && !char.IsAsciiDigit(word[0]) ? word : "_" + word;
            return word.Length > LongestOfSas ? word[..LongestOfSas] : word;
        }).ToArray();
        return Unique(valid, StringComparer.OrdinalIgnoreCase, first: 2, (word, number) =>
        {
            var ending = FormattableString.Invariant($"_{number}");
            return word[..Math.Min(word.Length, LongestOfSas - ending.Length)] + ending;
        });
    }

    /// <summary>The names as they are, those that are there twice numbered.</summary>
    public static string[] Distinct(IReadOnlyList<string> names) =>
        Unique([.. names], StringComparer.Ordinal, first: 2, (word, number) => FormattableString.Invariant($"{word} {number}"));

    /// <summary>The first of those alike keeps its name, and no number makes a name that is there already.</summary>
    private static string[] Unique(string[] names, StringComparer comparer, int first, Func<string, int, string> numbered)
    {
        var taken = new HashSet<string>(names, comparer);
        var seen = new HashSet<string>(comparer);
        var next = new Dictionary<string, int>(comparer);
        var unique = new string[names.Length];
        for (var j = 0; j < names.Length; j++)
        {
            unique[j] = names[j];
            if (!seen.Add(names[j]))
            {
                var number = next.GetValueOrDefault(names[j], first);
                while (!taken.Add(unique[j] = numbered(names[j], number)))
                {
                    number++;
                }

                next[names[j]] = number + 1;
            }
        }

        return unique;
    }
}
