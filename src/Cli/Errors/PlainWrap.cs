using Spectre.Console;

namespace MarginalConditional.Cli.Errors;

/// <summary>Breaks sentences into lines at spaces.</summary>
internal static class PlainWrap
{
    /// <summary>The lines of a text; a word longer than a line stays whole.</summary>
    /// <param name="text">Line feeds in it are kept as breaks.</param>
    /// <param name="firstWidth">Characters on the first line.</param>
    /// <param name="width">Characters on each further line.</param>
    public static IEnumerable<string> Lines(string text, int firstWidth, int width)
    {
        var limit = firstWidth;
        foreach (var paragraph in text.Split('\n'))
        {
            var line = string.Empty;
            foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (line.Length > 0 && line.Length + 1 + word.Length > limit)
                {
                    yield return line;
                    limit = width;
                    line = word;
                }
                else
                {
                    line = line.Length == 0 ? word : $"{line} {word}";
                }
            }

            yield return line;
            limit = width;
        }
    }

    /// <summary>Writes a lead and a text beside it, wrapped under itself.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="lead">What stands before the first line.</param>
    /// <param name="text">The text.</param>
    /// <param name="width">Characters a line.</param>
    public static void Beside(IAnsiConsole console, string lead, string text, int width)
    {
        var indent = lead;
        foreach (var line in Lines(text, width - lead.Length, width - lead.Length))
        {
            console.WriteLine(indent + line);
            indent = new string(' ', lead.Length);
        }
    }
}
