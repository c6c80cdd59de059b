namespace MarginalConditional.Statistics.Parallelism;

/// <summary>
/// Lets somebody hear how far the long work of a thread has come: bootstraps, permutation tests, refits without a cluster, profiles,
/// imputed data sets, dials.
/// </summary>
/// <remarks>
/// <para>
/// <c>using var scope = ProgressScope.Enter(progress);</c> beside a <see cref="CancellationScope"/>, and for the same reason: a fit
/// outlives whoever waits for it. No result depends on who listens.
/// </para>
/// <para>
/// Reports of one piece of work come one after the other, from any thread, and at most about a thousand of them; <c>Done</c> never falls
/// and <c>Total</c> is known from the first, which says 0. Work within other work names it; what the bodies of a <see cref="ParallelWork"/>
/// do is not told apart. Listeners must be quick: the work waits for them. <see cref="Progress{T}"/> is, as it posts to where it was made.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// using MarginalConditional.Statistics.Parallelism;
///
/// using var scope = ProgressScope.Enter(
///     new Progress&lt;WorkProgress&gt;(told =&gt; Console.Error.WriteLine($"{told.Work}: {told.Done} of {told.Total}")));
/// </code>
/// </example>
public readonly ref struct ProgressScope
{
    /// <summary>Who hears of what this thread begins; null for nobody.</summary>
    [ThreadStatic]
    private static Listener? current;

    private readonly Listener? outer;

    private ProgressScope(Listener? outer) => this.outer = outer;

    /// <summary>Tells somebody of the long work of this thread until the scope is disposed of, instead of those of outer scopes.</summary>
    /// <param name="progress">Hears of it, from any thread; null leaves it as it is.</param>
    public static ProgressScope Enter(IProgress<WorkProgress>? progress)
    {
        var scope = new ProgressScope(current);
        current = progress is null ? current : new Listener(progress, null);
        return scope;
    }

    /// <summary>Back to the scope outside of this one.</summary>
    public void Dispose() => current = outer;

    /// <summary>Who hears of what this thread begins.</summary>
    internal static Listener? Current
    {
        get => current;
        set => current = value;
    }

    /// <summary>Nobody hears of what is begun until the scope is disposed of: bodies of a loop that several threads share.</summary>
    internal static ProgressScope Mute()
    {
        var scope = new ProgressScope(current);
        current = null;
        return scope;
    }

    /// <summary>Who hears, and the work that all else is a part of.</summary>
    internal sealed record Listener(IProgress<WorkProgress> Progress, LongWork? Within);
}
