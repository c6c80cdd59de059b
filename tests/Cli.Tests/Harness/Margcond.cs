using System.Text;
using MarginalConditional.Cli.Hosting;

namespace MarginalConditional.Cli.Tests.Harness;

/// <summary>Runs the program inside the test's process, with writers in place of the console.</summary>
internal static class Margcond
{
    /// <summary>Runs it with plain text of 80 columns.</summary>
    public static RunResult Run(params string[] arguments) => RunAt(80, arguments);

    /// <summary>Runs it with plain text of the given width.</summary>
    public static RunResult RunAt(int width, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = new Application(new ConsoleStreams { Out = output, Error = error, Width = width }).Run(arguments);
        return new RunResult(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command line as typed in a shell, without the program's name: words, and texts in single or double quotes.</summary>
    public static RunResult RunLine(string line, int width = 80) => RunAt(width, [.. Words(line)]);

    /// <summary>Splits a command line as a shell does, without expansions.</summary>
    public static IEnumerable<string> Words(string line)
    {
        var word = new StringBuilder();
        var inWord = false;
        var quote = '\0';
        foreach (var character in line)
        {
            if (quote != '\0')
            {
                if (character == quote)
                {
                    quote = '\0';
                }
                else
                {
                    word.Append(character);
                }
            }
            else if (character is '"' or '\'')
            {
                quote = character;
                inWord = true;
            }
            else if (char.IsWhiteSpace(character))
            {
                if (inWord)
                {
                    yield return word.ToString();
                    word.Clear();
                    inWord = false;
                }
            }
            else
            {
                word.Append(character);
                inWord = true;
            }
        }

        if (inWord)
        {
            yield return word.ToString();
        }
    }
}
