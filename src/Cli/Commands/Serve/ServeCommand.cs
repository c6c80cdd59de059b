using System.CommandLine;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;

namespace MarginalConditional.Cli.Commands.Serve;

/// <summary><c>margcond serve</c>: answers command lines that come as JSON, one a line, until there are no more.</summary>
internal sealed class ServeCommand : ICommandDefinition
{
    public Command Build(ICommandRunner runner)
    {
        var command = new DocumentedCommand(
            "serve",
            "Answer requests on standard input, a JSON object a line, on standard output: what the clients for R and Python talk to.")
        {
            Example = "echo '{\"arguments\": [\"plan\", \"--help\"]}' | margcond serve",
        };
        command.SetAction(_ =>
        {
            using var input = runner.Streams.OpenInput();
            new ServedSession(runner, input).Run();
            return ExitCode.Success;
        });
        return command;
    }
}
