namespace MarginalConditional.Statistics.Parallelism;

/// <summary>A piece of work that takes long, for those who listen in a <see cref="ProgressScope"/>; nothing where nobody does.</summary>
/// <remarks>Begun and disposed of by the thread that entered the scope; its steps are counted from any thread.</remarks>
/// <example>
/// <code>
/// using MarginalConditional.Statistics.Parallelism;
///
/// using var work = LongWork.Begin("squares", 100);
/// ParallelWork.For(0, 100, threads: 0, i =&gt; work.Step());
/// </code>
/// </example>
public sealed class LongWork : IDisposable
{
    /// <summary>How many reports tell of work, whatever its number of steps.</summary>
    private const int MostReports = 1000;

    private static readonly LongWork Unheard = new(null, string.Empty, 1);

    private readonly ProgressScope.Listener? listener;
    private readonly string name;
    private readonly int total;
    private readonly Lock gate = new();
    private int done;

    private LongWork(ProgressScope.Listener? listener, string name, int total) =>
        (this.listener, this.name, this.total) = (listener, name, total);

    /// <summary>Begins work, and says so.</summary>
    /// <param name="name">What its steps are, in words and in the plural: <c>bootstrap refits</c>.</param>
    /// <param name="total">How many steps there are, or may be; work of none is not told of.</param>
    public static LongWork Begin(string name, int total)
    {
        if (ProgressScope.Current is not { } listener || total < 1)
        {
            return Unheard;
        }

        ArgumentException.ThrowIfNullOrEmpty(name);
        var work = new LongWork(listener, name, total);
        listener.Progress.Report(work.State);
        ProgressScope.Current = listener with { Within = work };
        return work;
    }

    /// <summary>Counts steps that are done; those beyond the total are not told of.</summary>
    /// <param name="steps">How many, 0 or more.</param>
    public void Step(int steps = 1)
    {
        if (listener is null)
        {
            return;
        }

        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        lock (gate)
        {
            var before = done;
            done = (int)Math.Min((long)done + steps, total);
            if (Share(before) != Share(done))
            {
                listener.Progress.Report(State);
            }
        }
    }

    /// <summary>The same elements one after the other, each a step once the next is asked for.</summary>
    /// <typeparam name="T">What they are.</typeparam>
    /// <param name="items">Elements to go through.</param>
    public IEnumerable<T> Each<T>(IEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return listener is null ? items : Counted(items);
    }

    /// <summary>Ends the work: what begins now is a part of what this was a part of.</summary>
    public void Dispose()
    {
        if (listener is not null)
        {
            ProgressScope.Current = listener;
        }
    }

    private WorkProgress State => new(name, done, total) { Within = listener?.Within?.State };

    /// <summary>Which report a count belongs to.</summary>
    private int Share(int count) => total <= MostReports ? count : (int)((long)count * MostReports / total);

    private IEnumerable<T> Counted<T>(IEnumerable<T> items)
    {
        foreach (var item in items)
        {
            yield return item;
            Step();
        }
    }
}
