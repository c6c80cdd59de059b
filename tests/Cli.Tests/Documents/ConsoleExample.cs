namespace MarginalConditional.Cli.Tests.Documents;

/// <summary>A command shown in a document, with the output shown under it.</summary>
/// <param name="File">The document.</param>
/// <param name="Line">Where the command stands, counted from 1.</param>
/// <param name="Command">What is typed after the prompt, without the program's name.</param>
/// <param name="Output">What a terminal shows: stdout, then stderr. A line of <c>…</c> stands for lines left out.</param>
/// <param name="OutputLines">Where the output stands among the document's lines, counted from 0.</param>
public sealed record ConsoleExample(string File, int Line, string Command, string Output, Range OutputLines)
{
    /// <summary>
    /// The commands of all <c>console</c> blocks of a Markdown text that start with
    /// <c>$ margcond</c>; a backslash at the end of a line goes on with the next.
    /// </summary>
    public static IEnumerable<ConsoleExample> In(string file, string markdown)
    {
        var lines = markdown.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i] != "```console")
            {
                continue;
            }

            var end = Array.IndexOf(lines, "```", i + 1);
            Assert.True(end > i, $"{file}, line {i + 1}: the block is not closed.");
            foreach (var example in InBlock(file, lines, i + 1, end))
            {
                yield return example;
            }

            i = end;
        }
    }

    /// <summary>Whether the document shows what was printed, but for what it leaves out.</summary>
    public bool Shows(string printed)
    {
        var parts = Output.TrimEnd('\n').Split("\n\u2026\n");
        if (parts.Length == 1)
        {
            return printed == parts[0];
        }

        var end = 0;
        foreach (var part in parts[1..^1])
        {
            var start = printed.IndexOf($"\n{part}\n", Math.Max(end, parts[0].Length), StringComparison.Ordinal);
            if (start < 0)
            {
                return false;
            }

            end = start + part.Length + 1;
        }

        return printed.Length > Math.Max(end, parts[0].Length) + parts[^1].Length + 1
            && printed.StartsWith(parts[0] + "\n", StringComparison.Ordinal)
            && printed.EndsWith("\n" + parts[^1], StringComparison.Ordinal);
    }

    public override string ToString() => $"{File}:{Line} {Command}";

    private static IEnumerable<ConsoleExample> InBlock(string file, string[] lines, int start, int end)
    {
        const string prompt = "$ margcond";
        for (var i = start; i < end;)
        {
            Assert.True(
                lines[i].StartsWith(prompt, StringComparison.Ordinal),
                $"{file}, line {i + 1}: a console block shows commands of margcond and their output alone.");
            var at = i + 1;
            var command = lines[i++][prompt.Length..];
            while (command.EndsWith('\\'))
            {
                command = command[..^1] + lines[i++].TrimStart();
            }

            var first = i;
            while (i < end && !lines[i].StartsWith("$ ", StringComparison.Ordinal))
            {
                i++;
            }

            yield return new ConsoleExample(file, at, command.Trim(), string.Join('\n', lines[first..i]), first..i);
        }
    }
}
