using System.Collections.Concurrent;
using System.Text.Json;

namespace MarginalConditional.Compare.Simulation.Commands;

/// <summary>The children of one command: as many as threads ask at once, started when they are needed.</summary>
public sealed class ChildPool : IDisposable
{
    private static readonly ConcurrentDictionary<ChildCommand, ChildPool> Pools = new();

    private readonly ConcurrentBag<ChildSession> idle = [];

    private ChildPool(ChildCommand command) => Command = command;

    /// <summary>The command.</summary>
    public ChildCommand Command { get; }

    /// <summary>The children of a command in this process: equal commands have the same, so that studies stay values.</summary>
    public static ChildPool Of(ChildCommand command) => Pools.GetOrAdd(command, key => new ChildPool(key));

    /// <summary>Asks a child that nobody else is asking.</summary>
    /// <param name="request">A JSON object on one line, without its line feed.</param>
    /// <exception cref="ChildException">There is no answer: that child has ended, and the next question gets a new one.</exception>
    public JsonElement Ask(string request)
    {
        var session = Take();
        try
        {
            var answer = session.Ask(request);
            idle.Add(session);
            return answer;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The name and version that the command's children give. It starts one, which then waits for the first question.</summary>
    /// <exception cref="ChildException">It cannot be started, or its first line is another.</exception>
    public string Version()
    {
        var session = Take();
        idle.Add(session);
        return session.Ready;
    }

    /// <summary>Ends all children that are not being asked; a later question starts new ones.</summary>
    public void Dispose()
    {
        while (idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private ChildSession Take() => idle.TryTake(out var waiting) ? waiting : ChildSession.Start(Command);
}
