using MarginalConditional.Cli.Errors;
using Spectre.Console;

namespace MarginalConditional.Cli.TextPictures;

/// <summary>Lines and sentences beside a picture, indented as it is.</summary>
internal static class Prose
{
    /// <summary>Writes a sentence, broken at spaces; further lines are indented deeper.</summary>
    public static void Sentence(IAnsiConsole console, string sentence)
    {
        var width = console.Profile.Width;
        var first = true;
        foreach (var line in PlainWrap.Lines(sentence, width - 2, width - 4))
        {
            console.Write(new Text((first ? "  " : "    ") + line + "\n"));
            first = false;
        }
    }

    /// <summary>Writes lines as they are.</summary>
    public static void Lines(IAnsiConsole console, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            console.Write(new Text(line + "\n"));
        }
    }
}
