namespace MarginalConditional.Cli.Publishing;

/// <summary>A command line as it can be pasted into a shell.</summary>
internal static class ShellText
{
    /// <summary>The arguments with spaces between them, quoted where a shell would read them otherwise.</summary>
    public static string Of(IEnumerable<string> arguments) => string.Join(' ', arguments.Select(Quoted));

    /// <summary>
    /// The same over several lines that a shell joins again: a backslash ends each but the last, between arguments or, within double
    /// quotes, behind a space.
    /// </summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="width">Characters a line, of which the first lines have as many as their words allow.</param>
    public static IEnumerable<string> Lines(IEnumerable<string> arguments, int width)
    {
        const string indent = "    ";
        var line = string.Empty;
        foreach (var argument in arguments.Select(Quoted))
        {
            var room = width - line.Length - 3;
            if (line.Length > 0 && argument.Length > room)
            {
                yield return line + " \\";
                line = indent;
            }

            line += line.Length == 0 || line == indent ? argument : " " + argument;
            while (line.Length > width - 2 && argument[0] == '"' && line.LastIndexOf(' ', width - 3) is var end && end > indent.Length)
            {
                yield return line[..(end + 1)] + "\\";
                line = line[(end + 1)..];
            }
        }

        yield return line;
    }

    private static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(character => char.IsAsciiLetterOrDigit(character) || "-_./=,:+@%".Contains(character))
            ? argument
            : argument.AsSpan().IndexOfAny("\"$`\\!") < 0
                ? $"\"{argument}\""
                : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
