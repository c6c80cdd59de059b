namespace MarginalConditional.Cli.Output;

/// <summary>Text for files and pipes.</summary>
internal static class PlainText
{
    /// <summary>Removes the padding that table cells leave at the ends of lines.</summary>
    public static string TrimLineEnds(string text) => string.Join('\n', text.Split('\n').Select(line => line.TrimEnd(' ', '\r')));
}
