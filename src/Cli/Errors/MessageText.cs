using System.Text;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Errors;

/// <summary>Messages on stderr: <c>margcond: </c> and a sentence, further lines indented under it.</summary>
internal static class MessageText
{
    private const string Prefix = "margcond: ";

    private const int Longest = 1_500;

    /// <summary>Bad input: place, sentence, and the hint on lines of its own.</summary>
    public static string Error(InputException exception, int width)
    {
        var place = exception.Place;
        var text = new StringBuilder();
        Append(text, Prefix, place.Length > 0 ? $"{place}: {exception.Message}" : exception.Message, width);
        foreach (var line in (exception.Hint ?? string.Empty).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Append(text, new string(' ', Prefix.Length), line, width);
        }

        return text.ToString();
    }

    /// <summary>A warning about the result.</summary>
    public static string Warning(string sentence, int width) =>
        Append(new StringBuilder(), Prefix + "warning: ", sentence, width).ToString();

    /// <summary>A note about the result.</summary>
    public static string Note(string sentence, int width) => Append(new StringBuilder(), Prefix + "note: ", sentence, width).ToString();

    /// <summary>An exception that no input should cause.</summary>
    public static string Defect(Exception exception, int width, bool verbose)
    {
        var text = Append(new StringBuilder(), Prefix, $"{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}", width);
        Append(
            text,
            new string(' ', Prefix.Length),
            $"This is a defect of margcond, please report it{(verbose ? "." : " with the command line and the output of --verbose.")}",
            width);
        return text.ToString();
    }

    /// <summary>A message of the system, closed by a period.</summary>
    public static string Sentence(string message) => message.TrimEnd().TrimEnd('.') + ".";

    /// <summary>A sentence that quotes what somebody gave may be as long as that is: the middle of a very long one is left out.</summary>
    private static string Bounded(string sentence) => sentence.Length <= Longest
        ? sentence
        : $"{sentence[..(Longest * 2 / 3)]} \u2026 {sentence[^(Longest / 3)..]}";

    private static StringBuilder Append(StringBuilder text, string lead, string sentence, int width)
    {
        const int indent = 10;
        var first = true;
        foreach (var line in PlainWrap.Lines(VisibleText.Of(Bounded(sentence)), width - lead.Length, width - indent))
        {
            text.Append(first ? lead : new string(' ', indent)).Append(line).Append('\n');
            first = false;
        }

        return text;
    }
}
