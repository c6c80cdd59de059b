using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MarginalConditional.Cli.Commands.Simulate;

/// <summary>The option <c>--max-time</c>: after so long a run stops as if interrupted, with all that is finished kept.</summary>
internal sealed partial class TimeLimit
{
    /// <summary>The longest that timers wait.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    private readonly Option<string?> option = new("--max-time")
    {
        Description = "Stop after this long, such as 30m, 2h, 1h30m or 0-01:30:00, with every finished replicate kept.",
        HelpName = "TIME",
    };

    /// <summary>Makes the option, with its rule.</summary>
    public TimeLimit() => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<string?>() is { } text && Parse(text) is null)
        {
            result.AddError($"--max-time is \"{text}\"; it has to be a time such as 30m, 2h, 1h30m or 0-01:30:00, from 1 s to 40 days.");
        }
    });

    /// <summary>The option itself, for the command's list.</summary>
    public Option Option => option;

    /// <summary>What was asked for; null for no limit.</summary>
    public TimeSpan? Read(ParseResult parse) => parse.GetValue(option) is { } text ? Parse(text) : null;

    /// <summary>A time as people and Slurm write it: 1d, 2h, 30m, 45s, one after the other, or [days-]hours:minutes[:seconds].</summary>
    /// <returns>Null for what is none, and beyond the limits.</returns>
    internal static TimeSpan? Parse(string text)
    {
        var match = Units().Match(text) is { Success: true } units && text.Length > 0 ? units : Clock().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var seconds = (86400 * Part("d")) + (3600 * Part("h")) + (60 * Part("m")) + Part("s");
        return seconds >= 1 && seconds <= Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;

        double Part(string name) => match.Groups[name] is { Success: true } group
            ? double.Parse(group.Value, CultureInfo.InvariantCulture)
            : 0;
    }

    [GeneratedRegex(
        "^(?:(?<d>[0-9]{1,9})d)?(?:(?<h>[0-9]{1,9})h)?(?:(?<m>[0-9]{1,9})m)?(?:(?<s>[0-9]{1,9})s)?$",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Units();

    [GeneratedRegex(
        "^(?:(?<d>[0-9]{1,9})-)?(?<h>[0-9]{1,9}):(?<m>[0-5][0-9])(?::(?<s>[0-5][0-9]))?$",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Clock();
}
