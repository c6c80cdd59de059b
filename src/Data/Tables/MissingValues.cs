using System.Globalization;

namespace MarginalConditional.Data.Tables;

/// <summary>What the user reads as missing in a file that has types: texts, and the numbers among them.</summary>
internal sealed class MissingValues
{
    private readonly HashSet<string> texts;
    private readonly HashSet<double> numbers = [];

    internal MissingValues(IEnumerable<string> tokens)
    {
        texts = tokens.Select(token => token.Trim()).ToHashSet(StringComparer.Ordinal);
        foreach (var token in texts)
        {
            if (double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                numbers.Add(number);
            }
        }
    }

    /// <summary>Whether a text means missing.</summary>
    internal bool Contains(string text) => texts.Count > 0 && texts.Contains(text.Trim());

    /// <summary>Whether a number means missing.</summary>
    internal bool Contains(double number) => numbers.Count > 0 && numbers.Contains(number);
}
