using System.Text;
using MarginalConditional.Data;

namespace MarginalConditional.Compare.Simulation.Commands;

/// <summary>A program that stays up and answers one line to each line, as <c>docs/protocol.md</c> has it. Immutable.</summary>
public sealed record ChildCommand
{
    /// <summary>The longest line, in bytes, that is read from a child: a larger one is a failure.</summary>
    public const int LongestLine = 256 * 1024 * 1024;

    /// <summary>
    /// The command as the study file writes it: a program and its words, parted by blanks, with quotes where a word has some.
    /// </summary>
    public required string Text { get; init; }

    /// <summary>The folder that the command runs in.</summary>
    public string Folder { get; init; } = ".";

    /// <summary>How long an answer may take, the first line included; a minute unless said otherwise.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The most bytes of a line that are read: a longer one is a failure of the child.</summary>
    internal int MostBytes { get; init; } = LongestLine;

    /// <summary>The words of the command, without the quotes.</summary>
    /// <exception cref="InputException">There is no word, or a quote is not closed.</exception>
    public IReadOnlyList<string> Words()
    {
        var words = new List<string>();
        var (word, inWord, quote) = (new StringBuilder(), false, '\0');
        foreach (var character in Text)
        {
            if (quote == '\0' && char.IsWhiteSpace(character))
            {
                if (inWord)
                {
                    words.Add(word.ToString());
                    word.Clear();
                    inWord = false;
                }
            }
            else if (character == quote || (quote == '\0' && character is '"' or '\''))
            {
                quote = quote == '\0' ? character : '\0';
                inWord = true;
            }
            else
            {
                word.Append(character);
                inWord = true;
            }
        }

        if (inWord)
        {
            words.Add(word.ToString());
        }

        return quote != '\0' ? throw new InputException($"The command \"{Suggestion.Short(Text)}\" has a quote that is not closed.")
            : words.Count == 0 ? throw new InputException("A command is empty; it must name a program, such as \"Rscript method.R\".")
            : words;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
