using System.Globalization;
using System.Text.RegularExpressions;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Accuracy;

/// <summary>The tables of docs/accuracy.md, each between a line that names it and one that ends it.</summary>
internal static class AccuracyPage
{
    private const string Head = "| peer | cases | numbers | to all printed digits | worst | median | printed |";

    private const string Rule = "|---|---:|---:|---:|---:|---:|---:|";

    /// <summary>The page's file.</summary>
    public static string File => Repository.File("docs", "accuracy.md");

    /// <summary>The text with its tables as measured.</summary>
    public static string Renewed(string text, AccuracyReport report, AccuracyLosses losses)
    {
        text = With(text, "peers", $"{Head} where they stand |\n{Rule}---|\n" + Rows(report.Suites.Where(suite => !suite.IsCertified)));
        text = With(text, "computed", $"{Head}\n{Rule}\n" + Rows(report.Cases));
        text = With(text, "certified", Certified(report.Suites.Where(suite => suite.IsCertified)));
        return With(text, "losses", Losses(report, losses));
    }

    /// <summary>Whether two texts say the same, digits that differ by one allowed: the last one is rounding's.</summary>
    public static bool Agree(string shown, string measured)
    {
        var (left, right) = (shown.Split(' ', '\n'), measured.Split(' ', '\n'));
        return left.Length == right.Length && left.Zip(right).All(pair => pair.First == pair.Second
            || (IsWhole(pair.First, out var a) && IsWhole(pair.Second, out var b) && Math.Abs(a - b) <= 1));
    }

    private static bool IsWhole(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static string With(string text, string name, string table)
    {
        var pattern = new Regex(
            $@"(?<=<!-- {name}: made by a test -->\n)(.*?)(?=<!-- end of {name} -->)",
            RegexOptions.Singleline,
            TimeSpan.FromSeconds(5));
        Assert.True(pattern.IsMatch(text), $"docs/accuracy.md has no place for the table of {name}.");
        return pattern.Replace(text, "\n" + table.Replace("$", "$$", StringComparison.Ordinal) + "\n", 1);
    }

    private static string Counted(int count) => count == 1 ? "1 case" : count.ToString(CultureInfo.InvariantCulture) + " cases";

    private static string Rows(IEnumerable<MeasuredSuite> suites) => string.Concat(suites.Select(suite => suite.Row + "\n"));

    private static string Certified(IEnumerable<MeasuredSuite> suites) =>
        "| case | numbers | worst digits |\n|---|---:|---:|\n" + string.Concat(suites
            .SelectMany(suite => suite.Numbers)
            .GroupBy(number => number.Case[(number.Case.IndexOf('/', StringComparison.Ordinal) + 1)..])
            .Select(group => $"| {group.Key} | {group.Count()} | {MeasuredSuite.Whole(group.Min(number => number.Digits))} |\n"));

    private static string Losses(AccuracyReport report, AccuracyLosses losses)
    {
        var worst = report.All.SelectMany(suite => suite.Numbers).GroupBy(number => number.Case)
            .ToDictionary(
                group => group.Key,
                group => group.Where(number => number.Digits < number.Printed).Append(group.First()).MinBy(number => number.Digits)!);
        return string.Concat(losses.All.Select(loss =>
        {
            var number = loss.Cases.Keys.Select(name => worst[name]).MinBy(item => item.Digits)!;
            return $"- **{loss.Name}** ({Counted(loss.Cases.Count)}). {loss.Why} The farthest: "
                + $"`{number.Case}`, {number.What}, {number.Expected.Text} there and "
                + $"{number.Actual.ToString("g8", CultureInfo.InvariantCulture)} here.\n";
        }));
    }
}
