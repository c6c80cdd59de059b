using System.Globalization;

namespace MarginalConditional.Statistics.Inference;

/// <summary>
/// Reads the text of a contrast from left to right: [sign] [number [/ number] [*]] (name | "(" sum ")") [(* | /) number], and so on.
/// </summary>
internal sealed class ContrastReader(string text, IReadOnlyList<string> terms, string noun = "coefficient")
{
    private const int MostTerms = 50;
    private const int MostShown = 200;
    private const int MostNested = 50;
    private int position;
    private int depth;

    /// <summary>What is wrong, as a full sentence, after a failure; else empty.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>Reads the whole text into weights, one a term.</summary>
    public bool TryRead(out double[] weights)
    {
        weights = new double[terms.Count];
        SkipBlanks();
        if (position == text.Length)
        {
            return Fail("The contrast is empty. Write something like \"treatmentB - treatmentA\".");
        }

        if (!TryReadSum(weights))
        {
            return false;
        }

        if (!weights.All(double.IsFinite))
        {
            return Fail($"The contrast \"{Shown(text)}\" multiplies {Indefinite} by more than a number can hold.");
        }

        return weights.Any(weight => weight != 0) || Fail($"The contrast \"{Shown(text)}\" cancels to nothing.");
    }

    /// <summary>Reads terms to the end of the text, or inside parentheses to the closing one, which is left where it stands.</summary>
    private bool TryReadSum(double[] weights)
    {
        for (var first = true; position < text.Length && (depth == 0 || text[position] != ')'); first = false)
        {
            if (!TryReadSign(first, out var sign) || !TryReadProduct(out var product))
            {
                return false;
            }

            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] += sign * product[i];
            }

            SkipBlanks();
        }

        return true;
    }

    private bool TryReadSign(bool first, out int sign)
    {
        sign = 1;
        var signs = 0;
        while (position < text.Length && text[position] is '+' or '-' or '\u2212')
        {
            sign = text[position] == '+' ? sign : -sign;
            signs++;
            position++;
            SkipBlanks();
        }

        return first || signs > 0 || Fail($"The contrast \"{Shown(text)}\" needs + or - before \"{Shown(Rest())}\".");
    }

    private bool TryReadProduct(out double[] product)
    {
        product = new double[terms.Count];
        var factor = 1.0;
        if (position == text.Length)
        {
            return Fail($"The contrast \"{Shown(text)}\" ends where {Indefinite} should follow.");
        }

        var term = MatchTerm();
        if (term < 0 && TryReadNumber(out var number))
        {
            factor = number;
            if (!TryReadDivisors(ref factor))
            {
                return false;
            }

            if (position < text.Length && text[position] == '*')
            {
                position++;
                SkipBlanks();
            }

            term = position < text.Length ? MatchTerm() : -1;
            if (position == text.Length && term < 0)
            {
                return Fail($"The number at the end of the contrast \"{Shown(text)}\" has no {noun} to multiply.");
            }
        }

        if (term >= 0)
        {
            product[term] = 1;
        }
        else if (text[position] != '(')
        {
            return FailUnknown();
        }
        else if (!TryReadGroup(product))
        {
            return false;
        }

        if (!TryReadFactorBehind(ref factor))
        {
            return false;
        }

        for (var i = 0; i < product.Length; i++)
        {
            product[i] *= factor;
        }

        return true;
    }

    /// <summary>Reads what a number before a name is divided by, as in 1/3*a.</summary>
    private bool TryReadDivisors(ref double factor)
    {
        SkipBlanks();
        while (position < text.Length && text[position] == '/')
        {
            position++;
            SkipBlanks();
            if (!TryReadNumber(out var divisor) || divisor == 0)
            {
                return Fail($"The contrast \"{Shown(text)}\" needs a number, not zero, after /, at \"{Shown(Rest())}\".");
            }

            factor /= divisor;
            SkipBlanks();
        }

        return true;
    }

    /// <summary>Reads a sum in parentheses.</summary>
    private bool TryReadGroup(double[] product)
    {
        position++;
        if (++depth > MostNested)
        {
            return Fail($"The contrast \"{Shown(text)}\" has more than {MostNested} parentheses inside each other.");
        }

        SkipBlanks();
        if (position < text.Length && text[position] == ')')
        {
            return Fail($"The contrast \"{Shown(text)}\" has nothing between parentheses.");
        }

        if (!TryReadSum(product))
        {
            return false;
        }

        if (position == text.Length)
        {
            return Fail($"The contrast \"{Shown(text)}\" has a \"(\" without its \")\".");
        }

        position++;
        depth--;
        return true;
    }

    private bool TryReadFactorBehind(ref double factor)
    {
        SkipBlanks();
        while (position < text.Length && text[position] is '*' or '/')
        {
            var divide = text[position++] == '/';
            SkipBlanks();
            if (!TryReadNumber(out var number) || (divide && number == 0))
            {
                return Fail(
                    $"The contrast \"{Shown(text)}\" needs a number, not zero after /, at \"{Shown(Rest())}\": only numbers "
                    + $"multiply {noun}s.");
            }

            factor = divide ? factor / number : factor * number;
            SkipBlanks();
        }

        return true;
    }

    private int MatchTerm()
    {
        if (text[position] is '`' or '"' or '\'')
        {
            var end = text.IndexOf(text[position], position + 1);
            var quoted = end < 0 ? -1 : IndexOf(text[(position + 1)..end]);
            position = quoted < 0 ? position : end + 1;
            return quoted;
        }

        var best = -1;
        for (var i = 0; i < terms.Count; i++)
        {
            if (string.CompareOrdinal(text, position, terms[i], 0, terms[i].Length) == 0
                && EndsHere(position + terms[i].Length)
                && (best < 0 || terms[i].Length > terms[best].Length))
            {
                best = i;
            }
        }

        position += best < 0 ? 0 : terms[best].Length;
        return best;
    }

    private bool EndsHere(int index) =>
        index >= text.Length || char.IsWhiteSpace(text[index]) || text[index] is '+' or '-' or '\u2212' or '*' or '/'
        || (depth > 0 && text[index] == ')');

    private int IndexOf(string name)
    {
        for (var i = 0; i < terms.Count; i++)
        {
            if (terms[i] == name)
            {
                return i;
            }
        }

        return -1;
    }

    private bool TryReadNumber(out double number)
    {
        var end = position;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.'))
        {
            end++;
        }

        var ok = double.TryParse(
            text.AsSpan(position, end - position),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out number);
        position = ok ? end : position;
        return ok;
    }

    private void SkipBlanks()
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }
    }

    /// <summary>A text that somebody gave, cut where a message would drown in it.</summary>
    private static string Shown(string given) => given.Length <= MostShown ? given : given[..MostShown] + "\u2026";

    private string Indefinite => (noun[0] is 'a' or 'e' or 'i' or 'o' ? "an " : "a ") + noun;

    private string Rest() => text[Math.Min(position, text.Length)..];

    private bool FailUnknown()
    {
        var (mark, end) = (text[position], position + 1);
        var isQuoted = mark is '`' or '"' or '\'';
        while (end < text.Length && (isQuoted ? text[end - 1] != mark || end == position + 1 : !EndsHere(end)))
        {
            end++;
        }

        var name = text[position..end].Trim('`', '"', '\'', ' ');
        return Fail(
            $"The contrast \"{Shown(text)}\" names \"{Shown(name)}\", which is not {Indefinite}. The {noun}s are: "
                + $"{string.Join(", ", terms.Take(MostTerms))}{(terms.Count > MostTerms ? $" and {terms.Count - MostTerms} more" : "")}.");
    }

    private bool Fail(string problem)
    {
        Problem = problem;
        return false;
    }
}
