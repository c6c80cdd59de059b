using System.Text;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Options;

/// <summary>What <c>--order "visit=Baseline,Week 2,Week 12"</c> says; a level that holds a comma stands between double quotes.</summary>
internal static class LevelOrder
{
    /// <summary>The levels in order, by column.</summary>
    /// <exception cref="InputException">A text is not of that form, or a column has two orders.</exception>
    public static Dictionary<string, IReadOnlyList<string>> Read(IEnumerable<string> texts)
    {
        var orders = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var levels = equals > 0 ? Levels(text[(equals + 1)..]) : [];
            if (levels.Count < 2 || levels.Contains(string.Empty))
            {
                throw new InputException($"--order cannot read \"{text}\".")
                {
                    Hint = "Write it as COLUMN=LEVEL,LEVEL,\u2026, such as \"visit=Baseline,Week 2,Week 12\".",
                };
            }

            if (!orders.TryAdd(text[..equals].Trim(), levels))
            {
                throw new InputException($"--order is given twice for {text[..equals].Trim()}.") { Hint = "Give each column one order." };
            }
        }

        return orders;
    }

    private static List<string> Levels(string text)
    {
        var levels = new List<string>();
        var level = new StringBuilder();
        var quoted = false;
        foreach (var character in text)
        {
            if (character == '"')
            {
                quoted = !quoted;
            }
            else if (character == ',' && !quoted)
            {
                levels.Add(level.ToString().Trim());
                level.Clear();
            }
            else
            {
                level.Append(character);
            }
        }

        levels.Add(level.ToString().Trim());
        return levels;
    }
}
