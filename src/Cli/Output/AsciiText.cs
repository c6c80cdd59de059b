using System.Globalization;
using System.Text;

namespace MarginalConditional.Cli.Output;

/// <summary>Text in plain characters, for consoles that have no others.</summary>
internal static class AsciiText
{
    private static readonly Dictionary<char, string> Spellings = new()
    {
        ['\u2212'] = "-",
        ['\u2013'] = "-",
        ['\u2014'] = "-",
        ['\u2010'] = "-",
        ['\u2011'] = "-",
        ['\u2026'] = "...",
        ['\u00D7'] = "x",
        ['\u00B7'] = "|",
        ['\u2022'] = "*",
        ['\u2264'] = "<=",
        ['\u2265'] = ">=",
        ['\u2248'] = "~",
        ['\u2260'] = "!=",
        ['\u00B1'] = "+/-",
        ['\u221A'] = "sqrt",
        ['\u221E'] = "Inf",
        ['\u2192'] = "->",
        ['\u2190'] = "<-",
        ['\u2191'] = "^",
        ['\u2193'] = "v",
        ['\u00A0'] = " ",
        ['\u202F'] = " ",
        ['\u2009'] = " ",
        ['\u2018'] = "'",
        ['\u2019'] = "'",
        ['\u201C'] = "\"",
        ['\u201D'] = "\"",
        ['\u2032'] = "'",
        ['\u22A4'] = "'",
        ['\u1D40'] = "'",
        ['\u00B0'] = "deg",
        ['\u03B1'] = "alpha",
        ['\u03B2'] = "beta",
        ['\u03B3'] = "gamma",
        ['\u03B4'] = "delta",
        ['\u03B5'] = "epsilon",
        ['\u03B6'] = "zeta",
        ['\u03B7'] = "eta",
        ['\u03B8'] = "theta",
        ['\u03BA'] = "kappa",
        ['\u03BB'] = "lambda",
        ['\u03BC'] = "mu",
        ['\u00B5'] = "mu",
        ['\u03BD'] = "nu",
        ['\u03BE'] = "xi",
        ['\u03C0'] = "pi",
        ['\u03C1'] = "rho",
        ['\u03C3'] = "sigma",
        ['\u03C4'] = "tau",
        ['\u03C6'] = "phi",
        ['\u03D5'] = "phi",
        ['\u03C7'] = "chi",
        ['\u03C8'] = "psi",
        ['\u03C9'] = "omega",
        ['\u0393'] = "Gamma",
        ['\u0394'] = "Delta",
        ['\u03A3'] = "Sigma",
        ['\u03A6'] = "Phi",
        ['\u2211'] = "sum",
        ['\u222B'] = "int",
        ['\u2202'] = "d",
        ['\u00DF'] = "ss",
        ['\u00E6'] = "ae",
        ['\u00C6'] = "AE",
        ['\u00F8'] = "o",
        ['\u00D8'] = "O",
        ['\u0142'] = "l",
        ['\u0141'] = "L",
        ['\u2588'] = "#",
        ['\u2589'] = "#",
        ['\u258A'] = "#",
        ['\u258B'] = "#",
        ['\u258C'] = "#",
        ['\u25A0'] = "#",
        ['\u25AA'] = "#",
        ['\u2591'] = ".",
        ['\u2592'] = ":",
        ['\u2593'] = "#",
        ['\u25C6'] = "*",
        ['\u25C7'] = "o",
        ['\u25CF'] = "*",
        ['\u25CB'] = "o",
        ['\u25A1'] = "o",
        ['\u25B2'] = "^",
        ['\u25BC'] = "v",
        ['\u2713'] = "x",
        ['\u2717'] = "-",
    };

    /// <summary>Letters under accents, and digits that are raised or lowered: the invariant culture takes none apart.</summary>
    private static readonly (string Plain, string Characters)[] Families =
    [
        ("(", "\u207D"), (")", "\u207E"), ("+", "\u207A"), ("0", "\u2070\u2080"), ("1", "\u00B9\u2081"), ("2", "\u00B2\u2082"),
        ("3", "\u00B3\u2083"), ("4", "\u2074\u2084"), ("5", "\u2075\u2085"), ("6", "\u2076\u2086"), ("7", "\u2077\u2087"),
        ("8", "\u2078\u2088"), ("9", "\u2079\u2089"), ("=", "\u207C"), ("A", "\u00C0\u00C1\u00C2\u00C3\u00C4\u00C5\u0100\u0102\u0104"),
        ("C", "\u00C7\u0106\u0108\u010A\u010C"), ("D", "\u010E"), ("E", "\u00C8\u00C9\u00CA\u00CB\u0112\u0114\u0116\u0118\u011A"),
        ("G", "\u011C\u011E\u0120\u0122"), ("H", "\u0124"), ("I", "\u00CC\u00CD\u00CE\u00CF\u0128\u012A\u012C\u012E\u0130"),
        ("J", "\u0134"), ("K", "\u0136"), ("L", "\u0139\u013B\u013D\u013F"), ("N", "\u00D1\u0143\u0145\u0147"),
        ("O", "\u00D2\u00D3\u00D4\u00D5\u00D6\u014C\u014E\u0150"), ("R", "\u0154\u0156\u0158"), ("S", "\u015A\u015C\u015E\u0160"),
        ("T", "\u0162\u0164"), ("U", "\u00D9\u00DA\u00DB\u00DC\u0168\u016A\u016C\u016E\u0170\u0172"), ("W", "\u0174"),
        ("Y", "\u00DD\u0176\u0178"), ("Z", "\u0179\u017B\u017D"), ("a", "\u00E0\u00E1\u00E2\u00E3\u00E4\u00E5\u0101\u0103\u0105"),
        ("c", "\u00E7\u0107\u0109\u010B\u010D"), ("d", "\u010F"), ("e", "\u00E8\u00E9\u00EA\u00EB\u0113\u0115\u0117\u0119\u011B"),
        ("g", "\u011D\u011F\u0121\u0123"), ("h", "\u0125"), ("i", "\u00EC\u00ED\u00EE\u00EF\u0129\u012B\u012D\u012F\u2071"),
        ("j", "\u0135"), ("k", "\u0137"), ("l", "\u013A\u013C\u013E\u0140"), ("n", "\u00F1\u0144\u0146\u0148\u0149\u207F"),
        ("o", "\u00F2\u00F3\u00F4\u00F5\u00F6\u014D\u014F\u0151"), ("r", "\u0155\u0157\u0159"), ("s", "\u015B\u015D\u015F\u0161\u017F"),
        ("t", "\u0163\u0165"), ("u", "\u00F9\u00FA\u00FB\u00FC\u0169\u016B\u016D\u016F\u0171\u0173"), ("w", "\u0175"),
        ("y", "\u00FD\u00FF\u0177"), ("z", "\u017A\u017C\u017E"),
    ];

    private static readonly Dictionary<char, string> Letters = Families
        .SelectMany(family => family.Characters.Select(character => (character, family.Plain)))
        .ToDictionary(pair => pair.character, pair => pair.Plain);

    /// <summary>The text in ASCII. Where a spelling is longer than its character, blanks that follow give way.</summary>
    public static string Of(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length + 16);
        var owed = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (character == '\n')
            {
                owed = 0;
            }
            else if (owed > 0 && character == ' ' && i > 0 && text[i - 1] == ' ' && i + 1 < text.Length && text[i + 1] != '\n')
            {
                owed--;
                continue;
            }

            var spelling = Spelling(character);
            owed += spelling.Length - 1;
            plain.Append(spelling);
        }

        return plain.ToString();
    }

    /// <summary>A JSON document in ASCII: other characters stand as escapes, which mean the same.</summary>
    public static string OfJson(string json) => Ascii.IsValid(json)
        ? json
        : string.Concat(json.Select(character => char.IsAscii(character)
            ? character.ToString()
            : "\\u" + ((int)character).ToString("X4", CultureInfo.InvariantCulture)));

    private static string Spelling(char character) => char.IsAscii(character) ? character.ToString()
        : Spellings.TryGetValue(character, out var known) ? known
        : character is >= '\u2500' and <= '\u257F' ? Line(character)
        : character is >= '\u2580' and <= '\u259F' ? "#"
        : char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark || char.IsLowSurrogate(character) ? string.Empty
        : Letters.GetValueOrDefault(character, "?");

    /// <summary>Box drawing: what is horizontal, what is vertical, and where they meet.</summary>
    private static string Line(char character) => character switch
    {
        '\u2500' or '\u2501' or '\u2504' or '\u2505' or '\u2508' or '\u2509' or '\u254C' or '\u254D' or '\u2550' or '\u2574'
            or '\u2576' or '\u2578' or '\u257A' or '\u257C' or '\u257E' => "-",
        '\u2502' or '\u2503' or '\u2506' or '\u2507' or '\u250A' or '\u250B' or '\u254E' or '\u254F' or '\u2551' or '\u2575'
            or '\u2577' or '\u2579' or '\u257B' or '\u257D' or '\u257F' => "|",
        _ => "+",
    };
}
