using System.CommandLine;
using System.Globalization;
using MarginalConditional.Cli.Errors;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;

namespace MarginalConditional.Cli.Help;

/// <summary>The text of <c>--help</c>: what for, how called, the options in groups, and examples that work.</summary>
internal static class HelpText
{
    private const int Column = 28;

    /// <summary>Below this width descriptions stand under the names, not beside them.</summary>
    private const int NarrowWidth = 64;

    /// <summary>Writes the help of a command to stdout.</summary>
    public static int Write(Command command, ConsoleStreams streams)
    {
        var output = streams.Out;
        if (command is RootCommand root)
        {
            WriteRoot(root, output, streams.Width);
        }
        else
        {
            WriteCommand(command, output, streams.Width);
        }

        return ExitCode.Success;
    }

    private static void WriteRoot(RootCommand root, TextWriter output, int width)
    {
        Paragraph(output, "margcond: marginal and conditional effects, side by side.", width);
        output.Write("\n");
        Paragraph(output, "Usage: margcond COMMAND [arguments] [options]", width);
        output.Write("\nCommands\n");
        foreach (var command in root.Subcommands.Where(command => !command.Hidden))
        {
            Entry(output, command.Name, command.Description, width, 15);
        }

        output.Write("\nOptions of every command\n");
        Options(output, root.Options, width);
        output.Write("\nExit codes\n");
        Entry(output, "0", "a result that converged", width, 7);
        Entry(output, "1", "a defect of the program", width, 7);
        Entry(output, "2", "bad input or usage: a message with place and hint, nothing on stdout", width, 7);
        Entry(output, "3", "the result did not converge; it is printed with its status", width, 7);
        Entry(output, "130", "interrupted", width, 7);
        output.Write("\nBegin with\n  margcond demo\n\nHelp on a command\n  margcond help gee\n");
    }

    /// <summary>An argument as the line of usage has it.</summary>
    internal static string Usage(Argument argument) => argument.Arity switch
    {
        { MinimumNumberOfValues: 0 } => $"[{argument.Name}]",
        { MaximumNumberOfValues: > 1 } => $"{argument.Name}...",
        _ => argument.Name,
    };

    private static void WriteCommand(Command command, TextWriter output, int width)
    {
        var arguments = string.Concat(command.Arguments.Select(argument => " " + Usage(argument)));
        Paragraph(output, $"margcond {command.Name}: {command.Description}", width);
        output.Write("\n");
        Paragraph(output, $"Usage: margcond {command.Name}{arguments} [options]", width);
        foreach (var argument in command.Arguments)
        {
            Entry(output, argument.Name, argument.Description, width, Column);
        }

        var documented = command as DocumentedCommand;
        var groups = documented?.Groups ?? [];
        var own = command.Options.Except(groups.SelectMany(group => group.Options)).ToArray();
        Group(output, "Options", own, width);
        foreach (var (heading, options) in groups)
        {
            Group(output, heading, options, width);
        }

        if (documented is not null)
        {
            var examples = documented.Example.Split('\n');
            output.Write(examples.Length == 1 ? "\nExample\n" : "\nExamples\n");
            foreach (var line in examples.SelectMany(line => ShellLines(line, width - 2)))
            {
                output.Write($"  {line}\n");
            }
        }
    }

    /// <summary>A command line in pieces that fit, broken before options and quoted arguments as a shell allows.</summary>
    private static List<string> ShellLines(string line, int width)
    {
        var lines = new List<string>();
        foreach (var piece in line
            .Replace(" --", "\n--", StringComparison.Ordinal)
            .Replace(" \"", "\n\"", StringComparison.Ordinal)
            .Split('\n'))
        {
            if (lines.Count > 0 && lines[^1].Length + piece.Length + 3 <= width)
            {
                lines[^1] += " " + piece;
            }
            else
            {
                if (lines.Count > 0)
                {
                    lines[^1] += " \\";
                }

                lines.Add(lines.Count == 0 ? piece : "    " + piece);
            }
        }

        return lines;
    }

    private static void Group(TextWriter output, string heading, IReadOnlyCollection<Option> options, int width)
    {
        if (options.Any(option => !option.Hidden))
        {
            output.Write($"\n{heading}\n");
            Options(output, options, width);
        }
    }

    private static void Options(TextWriter output, IEnumerable<Option> options, int width)
    {
        foreach (var option in options.Where(option => !option.Hidden))
        {
            Entry(
                output,
                string.Join(' ', Head(option)),
                option.Description + Default(option),
                width,
                Column);
        }
    }

    /// <summary>The name of an option, and that of its value where it takes one.</summary>
    internal static string[] Head(Option option) => option.ValueType != typeof(bool) && option.Arity.MaximumNumberOfValues > 0
        ? [option.Name, option.HelpName ?? "VALUE"]
        : [option.Name];

    /// <summary>What an option's description ends with: that it is required, or what it is without being given.</summary>
    internal static string Default(Option option)
    {
        if (option.Required)
        {
            return " Required.";
        }

        var value = option is { HasDefaultValue: true } && option.ValueType != typeof(bool) ? option.GetDefaultValue() : null;
        return value switch
        {
            null or Array or "" => string.Empty,
            IFormattable number => $" Default: {number.ToString(null, CultureInfo.InvariantCulture)}.",
            _ => $" Default: {value}.",
        };
    }

    private static void Entry(TextWriter output, string name, string? description, int width, int column)
    {
        column = width < NarrowWidth ? Math.Min(column, 6) : column;
        var lines = PlainWrap.Lines(description ?? string.Empty, width - column, width - column).ToList();
        var head = "  " + name;
        if (head.Length + 2 > column)
        {
            output.Write(head + "\n");
            head = string.Empty;
        }

        foreach (var line in lines)
        {
            output.Write(head.PadRight(column) + line + "\n");
            head = string.Empty;
        }
    }

    private static void Paragraph(TextWriter output, string text, int width)
    {
        foreach (var line in PlainWrap.Lines(text, width, width))
        {
            output.Write(line + "\n");
        }
    }
}
