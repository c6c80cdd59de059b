namespace MarginalConditional.Cli.Publishing;

/// <summary>A command line as it can be pasted into a shell.</summary>
internal static class ShellText
{
    /// <summary>The arguments with spaces between them, quoted where a shell would read them otherwise.</summary>
    public static string Of(IEnumerable<string> arguments) => string.Join(' ', arguments.Select(Quoted));

    private static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(character => char.IsAsciiLetterOrDigit(character) || "-_./=,:+@%".Contains(character))
            ? argument
            : argument.AsSpan().IndexOfAny("\"$`\\!") < 0
                ? $"\"{argument}\""
                : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
