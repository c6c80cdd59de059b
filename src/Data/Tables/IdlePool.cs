namespace MarginalConditional.Data.Tables;

/// <summary>What one thread has done with and another may use again.</summary>
/// <remarks>The framework's bag starts the tracing of events with its first use, which takes longer than a small file.</remarks>
internal sealed class IdlePool<T>
    where T : class
{
    private readonly Stack<T> idle = new();

    /// <summary>Something that was given back; null if there is nothing.</summary>
    internal T? Take()
    {
        lock (idle)
        {
            return idle.TryPop(out var used) ? used : null;
        }
    }

    /// <summary>Gives something back.</summary>
    internal void Return(T used)
    {
        lock (idle)
        {
            idle.Push(used);
        }
    }
}
