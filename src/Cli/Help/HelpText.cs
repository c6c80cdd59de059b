using System.CommandLine;
using System.Globalization;
using MarginalConditional.Cli.Commands;
using MarginalConditional.Cli.Errors;
using MarginalConditional.Cli.Hosting;

namespace MarginalConditional.Cli.Help;

/// <summary>The text of <c>--help</c>: what for, how called, an example that works, and the options in groups.</summary>
internal static class HelpText
{
    private const int Column = 28;

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
        output.Write("margcond: marginal and conditional effects, side by side.\n\n");
        output.Write("Usage: margcond COMMAND [arguments] [options]\n\nCommands\n");
        foreach (var command in root.Subcommands.Where(command => !command.Hidden))
        {
            Entry(output, command.Name, command.Description, width, 15);
        }

        output.Write("\nOptions of every command\n");
        Options(output, root.Options, width);
        output.Write("\nBegin with\n  margcond demo\n\nHelp on a command\n  margcond gee --help\n");
    }

    private static void WriteCommand(Command command, TextWriter output, int width)
    {
        var arguments = string.Concat(command.Arguments.Select(argument => $" {(argument.Arity.MinimumNumberOfValues == 0 ? $"[{argument.Name}]" : argument.Name)}"));
        Paragraph(output, $"margcond {command.Name}: {command.Description}", width);
        output.Write($"\nUsage: margcond {command.Name}{arguments} [options]\n");
        foreach (var argument in command.Arguments)
        {
            Entry(output, argument.Name, argument.Description, width, Column);
        }

        var documented = command as DocumentedCommand;
        if (documented is not null)
        {
            output.Write("\nExample\n");
            foreach (var line in documented.Example.Split('\n').SelectMany(line => ShellLines(line, width - 2)))
            {
                output.Write($"  {line}\n");
            }
        }

        var groups = documented?.Groups ?? [];
        var own = command.Options.Except(groups.SelectMany(group => group.Options)).ToArray();
        Group(output, "Options", own, width);
        foreach (var (heading, options) in groups)
        {
            Group(output, heading, options, width);
        }
    }

    /// <summary>A command line in pieces that fit, broken before options and quoted arguments as a shell allows.</summary>
    private static List<string> ShellLines(string line, int width)
    {
        var lines = new List<string>();
        foreach (var piece in line.Replace(" --", "\n--", StringComparison.Ordinal).Replace(" \"", "\n\"", StringComparison.Ordinal).Split('\n'))
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
            var takesValue = option.ValueType != typeof(bool) && option.Arity.MaximumNumberOfValues > 0;
            Entry(output, takesValue ? $"{option.Name} {option.HelpName ?? "VALUE"}" : option.Name, option.Description + Default(option), width, Column);
        }
    }

    private static string Default(Option option)
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
