using System.Globalization;
using System.Text.RegularExpressions;

namespace MarginalConditional.Cli.Tests.Documents;

/// <summary>A line of a table that sets another program's line beside one of this program, with the number that both show.</summary>
/// <param name="Question">What is asked.</param>
/// <param name="Theirs">The other program's line.</param>
/// <param name="Ours">This program's line, without its name.</param>
/// <param name="Shown">The number as printed here.</param>
/// <param name="Printed">The number as the other program's manual prints it, where a table has that column.</param>
internal sealed record EqualNumber(string Question, string Theirs, string Ours, string Shown, string? Printed = null)
{
    /// <summary>The number itself.</summary>
    public double Value => Number(Shown);

    /// <summary>Half a unit of its last digit, and what rounding may add.</summary>
    public double HalfUnit => HalfUnitOf(Shown);

    /// <summary>Whether the manual's number is this one to the last digit that both show.</summary>
    public bool AgreesWithPrinted =>
        Printed is { } printed && Math.Abs(Number(printed) - Value) <= Math.Max(HalfUnit, HalfUnitOf(printed));

    /// <summary>
    /// The lines of all tables of four or five columns, the last of which is shown here; "the same line" is the one above.
    /// </summary>
    public static IReadOnlyList<EqualNumber> In(string markdown)
    {
        var numbers = new List<EqualNumber>();
        foreach (var line in markdown.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)))
        {
            var cells = Regex.Split(line, @"(?<!\\)\|", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))[1..^1]
                .Select(cell => cell.Trim().Replace("\\|", "|", StringComparison.Ordinal))
                .ToArray();
            if (cells.Length is 4 or 5 && (cells[2].StartsWith('`') || cells[2] == "the same line"))
            {
                var ours = cells[2].StartsWith('`') ? cells[2].Trim('`') : numbers[^1].Ours;
                numbers.Add(new EqualNumber(cells[0], cells[1].Trim('`'), ours, cells[^1], cells.Length == 5 ? cells[3] : null));
            }
        }

        return numbers;
    }

    public override string ToString() => $"{Question}: {Shown}";

    private static double Number(string text) => double.Parse(text.Replace('\u2212', '-'), CultureInfo.InvariantCulture);

    private static double HalfUnitOf(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return 0.5 * Math.Pow(10, point < 0 ? 0 : point + 1 - text.Length) * (1 + 1e-9);
    }
}
