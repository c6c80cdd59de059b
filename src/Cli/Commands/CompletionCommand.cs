using System.CommandLine;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;

namespace MarginalConditional.Cli.Commands;

/// <summary>
/// <c>margcond completion bash|zsh|fish|pwsh</c>: a script that makes the shell complete commands, options and their words.
/// </summary>
/// <remarks>
/// The script asks the program itself, by the parser's directive <c>[suggest:POSITION]</c>, so it never falls behind the options.
/// </remarks>
internal sealed class CompletionCommand : ICommandDefinition
{
    private const string Bash = """
        # Completion of margcond in bash: eval "$(margcond completion bash)"
        _margcond() {
            local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}"
            COMPREPLY=()
            if [ "$COMP_CWORD" -eq 1 ] || [[ "$word" == -* || "$before" == -* || "$before" == help || "$before" == completion ]]; then
                local IFS=$'\n'
                COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2> /dev/null)" -- "$word"))
            fi
        }
        complete -o default -F _margcond margcond

        """;

    private const string Zsh =
        "# Completion of margcond in zsh: eval \"$(margcond completion zsh)\"\nautoload -U +X bashcompinit && bashcompinit\n";

    private const string Fish = """
        # Completion of margcond in fish: margcond completion fish | source
        function __margcond_complete
            set -l line (commandline -cp)
            set -l program (commandline -opc)[1]
            $program "[suggest:"(string length -- "$line")"]" "$line" 2> /dev/null
        end
        complete -c margcond -n 'string match -q -- "-*" (commandline -ct); or test (count (commandline -opc)) -eq 1; \
            or string match -q -- "-*" (commandline -opc)[-1]; or contains -- (commandline -opc)[-1] help completion' \
            -a '(__margcond_complete)'

        """;

    private const string PowerShell = """
        # Completion of margcond in PowerShell: margcond completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName margcond -ScriptBlock {
            param($word, $line, $position)
            $text = $line.ToString().PadRight($position)
            & $line.CommandElements[0].Value "[suggest:$position]" $text 2> $null |
                Where-Object { $_ -like "$word*" } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }

        """;

    private readonly Argument<string> shell = Choice.Argument("SHELL", "The shell.", "bash", "zsh", "fish", "pwsh");

    public Command Build(ICommandRunner runner)
    {
        var command = new DocumentedCommand("completion", "Print a script that lets the shell complete commands and options; in bash: eval "
            + "\"$(margcond completion bash)\".")
        { Example = "margcond completion bash" };
        command.Arguments.Add(shell);
        runner.Handle(command, null, Run);
        return command;
    }

    private int Run(ParseResult parse, CommandContext context)
    {
        context.Text.Write(parse.GetRequiredValue(shell) switch
        {
            "zsh" => Zsh + Bash,
            "fish" => Fish,
            "pwsh" => PowerShell,
            _ => Bash,
        });
        return ExitCode.Success;
    }
}
