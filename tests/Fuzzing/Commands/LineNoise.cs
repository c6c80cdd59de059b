namespace MarginalConditional.Fuzzing.Commands;

/// <summary>Spoils a command line: words lost, doubled, cut, exchanged, and options with wrong values.</summary>
internal static class LineNoise
{
    private static readonly string[] Strays =
    [
        "--", "-", "", "--se", "--df", "--nodes", "--family", "@file", "[suggest]", "[debug]", "-x", "--help=1", "--format", "--width",
        "--version=2", "\u001b[31m", "--=", "=", "--level=", "--verbose", "--threads", "-9999999999999999", "--seed", "\0", "--ascii",
    ];

    private static readonly string[] WrongValues =
    [
        "NaN", "1e400", "-1", "0", "99999999999999999999", "", " ", "\u001b[31mx", "x", "all", "1e-400", "../../etc", "/dev/null",
        "/proc/self/mem", "é", "{", "\0",
    ];

    private static readonly string[] TakenOptions = ["--na", "--separator", "--reference", "--factor", "--order", "--event", "--out"];

    private static readonly string[] TakenValues =
        ["x", "", ",", "tab", "g=b", "g=", "=", "g", "nope", "/nonexistent/x", "\t", "NaN", "/tmp", ".", "g=b=c", CommandLine.DataFile];

    /// <summary>Spoils it in up to four places; three in seven stay as they are.</summary>
    public static void AddTo(List<string> words, Draws draws)
    {
        for (var count = draws.Pick(0, 0, 0, 1, 1, 2, 4); count > 0; count--)
        {
            Spoil(words, draws);
        }
    }

    private static void Spoil(List<string> words, Draws draws)
    {
        var at = draws.Below(words.Count);
        switch (draws.Below(8))
        {
            case 0 when words.Count > 1:
                words.RemoveAt(draws.Between(1, words.Count));
                break;
            case 1:
                words.Insert(at, draws.Pick(Strays));
                break;
            case 2:
                words[at] = draws.Pick(WrongValues);
                break;
            case 3:
                words.Insert(at, words[draws.Below(words.Count)]);
                break;
            case 4:
                words.AddRange(["--width", draws.Pick("40", "39", "1", "2147483647", "-1", "x", "41")]);
                break;
            case 5:
                words[at] = words[at][..draws.Below(words[at].Length + 1)];
                break;
            case 6:
                words.AddRange([draws.Pick(TakenOptions), draws.Pick(TakenValues)]);
                break;
            default:
                break;
        }
    }
}
