using MarginalConditional.Cli.Errors;
using MarginalConditional.Cli.Output;
using MarginalConditional.Report.Paper;
using Spectre.Console;

namespace MarginalConditional.Cli.TextPictures;

/// <summary>Lines and sentences beside a picture, indented as it is.</summary>
internal static class Prose
{
    /// <summary>Writes a sentence, broken at spaces; further lines are indented deeper.</summary>
    public static void Sentence(IAnsiConsole console, string sentence)
    {
        if (console is PaperConsole paper)
        {
            paper.Add(new PaperBlock.Text(sentence));
            return;
        }

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
        if (console is PaperConsole paper)
        {
            paper.Add(new PaperBlock.Verbatim([.. lines]));
            return;
        }

        foreach (var line in lines)
        {
            console.Write(new Text(line + "\n"));
        }
    }
}
