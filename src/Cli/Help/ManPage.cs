using System.CommandLine;
using System.Text;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;

namespace MarginalConditional.Cli.Help;

/// <summary>The manual page, of the same commands and options as the help, in the macros of man(7).</summary>
internal static class ManPage
{
    private const string Purpose = "marginal and conditional effects, side by side";

    /// <summary>Writes the page of the program, or of one command, to stdout.</summary>
    public static int Write(Command command, ConsoleStreams streams)
    {
        streams.Out.Write(command is RootCommand root ? OfProgram(root) : OfCommand(command));
        return ExitCode.Success;
    }

    private static string OfProgram(RootCommand root)
    {
        var page = new StringBuilder();
        Begin(page, "margcond", Purpose, @"\fBmargcond\fR \fICOMMAND\fR [\fIarguments\fR] [\fIoptions\fR]");
        page.Append(".SH COMMANDS\n");
        foreach (var command in root.Subcommands.Where(command => !command.Hidden))
        {
            Tagged(page, Bold(command.Name), command.Description);
        }

        page.Append(".SH OPTIONS OF EVERY COMMAND\n");
        Options(page, root.Options);
        foreach (var command in root.Subcommands.Where(command => !command.Hidden))
        {
            page.Append(".SH ").Append(Text(command.Name.ToUpperInvariant())).Append('\n');
            Line(page, Synopsis(command));
            page.Append(".PP\n");
            Line(page, Text(command.Description ?? string.Empty));
            Body(page, command, ".SS ");
        }

        return Ended(page);
    }

    private static string OfCommand(Command command)
    {
        var page = new StringBuilder();
        Begin(page, $"margcond-{command.Name}", command.Description ?? string.Empty, Synopsis(command));
        Body(page, command, ".SH ");
        return Ended(page);
    }

    private static void Begin(StringBuilder page, string name, string purpose, string synopsis)
    {
        page.Append($".TH {Text(name.ToUpperInvariant())} 1 \"\" \"margcond {VersionAction.Version}\"\n");
        page.Append(".SH NAME\n").Append(Text(name)).Append(@" \- ").Append(Text(purpose)).Append('\n');
        page.Append(".SH SYNOPSIS\n");
        Line(page, synopsis);
    }

    private static string Ended(StringBuilder page)
    {
        page.Append(".SH EXIT STATUS\n");
        Tagged(page, "0", "A result that converged.");
        Tagged(page, "1", "A defect of the program.");
        Tagged(page, "2", "Bad input or usage: a message with place and hint, nothing on standard output.");
        Tagged(page, "3", "The result did not converge; it is printed with its status.");
        Tagged(page, "130", "Interrupted.");
        page.Append(".SH ENVIRONMENT\n");
        Tagged(page, Bold("NO_COLOR"), "Without colours, if it is set.");
        Tagged(page, Bold("COLUMNS"), "Characters a line, 40 or more.");
        return page.ToString();
    }

    private static void Body(StringBuilder page, Command command, string heading)
    {
        var documented = command as DocumentedCommand;
        var groups = documented?.Groups ?? [];
        foreach (var argument in command.Arguments)
        {
            Tagged(page, $@"\fI{Text(argument.Name)}\fR", argument.Description);
        }

        var own = command.Options.Except(groups.SelectMany(group => group.Options)).ToArray();
        foreach (var (title, options) in groups.Prepend(("Options", own)))
        {
            if (options.Any(option => !option.Hidden))
            {
                page.Append(heading).Append(Text(heading == ".SH " ? title.ToUpperInvariant() : title)).Append('\n');
                Options(page, options);
            }
        }

        if (documented is not null)
        {
            page.Append(heading).Append(heading == ".SH " ? "EXAMPLES" : "Examples").Append("\n.nf\n");
            foreach (var line in documented.Example.Split('\n'))
            {
                Line(page, Text(line));
            }

            page.Append(".fi\n");
        }
    }

    private static void Options(StringBuilder page, IEnumerable<Option> options)
    {
        foreach (var option in options.Where(option => !option.Hidden))
        {
            Tagged(page, HelpText.Head(option) is [var name, var value] ? $@"{Bold(name)} \fI{Text(value)}\fR" : Bold(option.Name),
                option.Description + HelpText.Default(option));
        }
    }

    private static string Synopsis(Command command) =>
        $@"\fBmargcond {Text(command.Name)}\fR{string.Concat(command.Arguments.Select(
            argument => $@" \fI{Text(HelpText.Usage(argument))}\fR"))} [\fIoptions\fR]";

    private static void Tagged(StringBuilder page, string tag, string? text)
    {
        page.Append(".TP\n");
        Line(page, tag);
        Line(page, Text(text ?? string.Empty));
    }

    /// <summary>A line of text, which must not begin as a request does.</summary>
    private static void Line(StringBuilder page, string text) =>
        page.Append(text.StartsWith('.') || text.StartsWith('\'') ? @"\&" : string.Empty).Append(text).Append('\n');

    private static string Bold(string text) => $@"\fB{Text(text)}\fR";

    /// <summary>Text whose characters stand for themselves.</summary>
    internal static string Text(string text) => text
        .Replace(@"\", @"\e", StringComparison.Ordinal)
        .Replace("-", @"\-", StringComparison.Ordinal)
        .Replace("'", @"\(aq", StringComparison.Ordinal)
        .Replace("\"", @"\(dq", StringComparison.Ordinal)
        .Replace("^", @"\(ha", StringComparison.Ordinal)
        .Replace("~", @"\(ti", StringComparison.Ordinal)
        .Replace("`", @"\(ga", StringComparison.Ordinal);
}
