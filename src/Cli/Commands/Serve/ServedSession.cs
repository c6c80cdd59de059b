using MarginalConditional.Cli.Help;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Commands.Serve;

/// <summary>One conversation: requests are answered in the order in which they come, and nothing in them ends it.</summary>
/// <param name="runner">Runs the command lines.</param>
/// <param name="input">Where requests come from.</param>
internal sealed class ServedSession(ICommandRunner runner, Stream input)
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> tables = new(StringComparer.Ordinal);

    /// <summary>Greets, and answers every line until there is nothing more to read.</summary>
    public void Run()
    {
        var output = runner.Streams.DataOut;
        Send(ServedAnswer.Ready($"margcond {VersionAction.Version}"));
        var lines = new RequestLines(input);
        while (lines.Read() is { } line)
        {
            if (!line.Span.Trim(" \t\r"u8).IsEmpty)
            {
                Send(Answer(line));
            }
        }

        void Send(string text)
        {
            output.Write(text);
            output.Write('\n');
            output.Flush();
        }
    }

    /// <summary>The answer to one line, whatever it holds.</summary>
    private string Answer(ReadOnlyMemory<byte> line)
    {
        var request = ServedRequest.Unread;
        try
        {
            ServedRequest.Read(line, ref request);
            foreach (var (name, table) in request.Tables)
            {
                if (table is { } content)
                {
                    tables[name] = content;
                }
                else
                {
                    tables.Remove(name);
                }
            }

            return Run(request);
        }
        catch (InputException exception)
        {
            return ServedAnswer.Refusal(request, exception);
        }
    }

    private string Run(ServedRequest request)
    {
        if (request.Arguments.Count > 0 && request.Arguments[0] is "serve" or "explore")
        {
            throw new InputException($"The command {request.Arguments[0]} cannot be asked for by a request: it does not end by itself.")
            {
                Hint = "Start it as a program of its own.",
            };
        }

        using var result = new StringWriter { NewLine = "\n" };
        using var said = new StringWriter { NewLine = "\n" };
        Exception? failure = null;
        var code = runner.RunApart(
            new ConsoleStreams
            {
                Out = result,
                Error = said,
                Tables = tables,
                Failed = exception => failure = exception,
                Clock = runner.Streams.Clock,
            },
            request.Arguments);
        return ServedAnswer.Of(request, code, result.ToString(), said.ToString(), failure);
    }
}
