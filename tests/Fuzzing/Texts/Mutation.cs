using System.Text;

namespace MarginalConditional.Fuzzing.Texts;

/// <summary>Spoils a text in one to five places.</summary>
internal static class Mutation
{
    /// <summary>The text with characters lost, added, exchanged or repeated, or with a hostile word in it.</summary>
    public static string Of(string text, Draws draws)
    {
        var result = new StringBuilder(text);
        for (var step = draws.Between(1, 6); step > 0 && result.Length > 0; step--)
        {
            Spoil(result, draws.Below(result.Length), draws);
        }

        return result.ToString();
    }

    private static void Spoil(StringBuilder text, int at, Draws draws)
    {
        switch (draws.Below(7))
        {
            case 0:
                text.Remove(at, Math.Min(text.Length - at, draws.Between(1, 5)));
                break;
            case 1:
                text.Insert(at, (char)draws.Below(128));
                break;
            case 2:
                text[at] = (char)draws.Below(256);
                break;
            case 3:
                text.Insert(at, draws.Pick(HostileWords.Tokens));
                break;
            case 4:
                var part = text.ToString(at, Math.Min(text.Length - at, draws.Between(1, 30)));
                text.Insert(draws.Below(text.Length), part);
                break;
            case 5:
                text.Insert(at, draws.Pick(HostileWords.Fields));
                break;
            default:
                text.Insert(at, new string(text[at], draws.Between(1, 40)));
                break;
        }
    }
}
