namespace MarginalConditional.Statistics.Parallelism;

/// <summary>
/// Lets a token end what the thread computes: until the scope is left, every computation of these libraries looks at the token between
/// small pieces of work and ends with an <see cref="OperationCanceledException"/> once it is cancelled.
/// </summary>
/// <remarks>
/// <para>
/// <c>using var scope = CancellationScope.Enter(token);</c> before fits, and before questions to fits: intervals by profiles, bootstraps,
/// comparisons. Fitters take a token as their last parameter, which is this scope around the fit. Scopes nest; each of their tokens ends
/// the work. Threads that the libraries start are in the scope of the thread that started them, and are done when the exception arrives:
/// no work runs on, and what it had begun is garbage.
/// </para>
/// <para>
/// A scope belongs to a thread and not to a fit, because a fit is a value, which outlives the token, and because a token that all kernels
/// carried would be a parameter of every one of them.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// using MarginalConditional.Statistics.Parallelism;
///
/// using var source = new CancellationTokenSource(TimeSpan.FromSeconds(10));
/// using var scope = CancellationScope.Enter(source.Token);
/// CancellationScope.Check();
/// </code>
/// </example>
public readonly ref struct CancellationScope
{
    private const int TurnsBetweenLooks = 255;
    private const int LongVector = 64;

    /// <summary>What this thread looks at, from the innermost scope outwards; null outside of scopes.</summary>
    [ThreadStatic]
    private static Watch? current;

    private readonly Watch? outer;

    private CancellationScope(Watch? outer) => this.outer = outer;

    /// <summary>Lets a token end what this thread computes until the scope is disposed of.</summary>
    /// <param name="token">One that cannot be cancelled changes nothing.</param>
    /// <exception cref="OperationCanceledException">The token is cancelled already.</exception>
    public static CancellationScope Enter(CancellationToken token) => Enter(token, null);

    /// <summary>Ends the work of this thread here if a token of its scopes is cancelled; takes about a nanosecond if not.</summary>
    /// <exception cref="OperationCanceledException">A token of this thread's scopes is cancelled.</exception>
    public static void Check()
    {
        if (current is { } watch)
        {
            Inspect(watch);
        }
    }

    /// <summary>The same in one of 256 turns of a loop, where a turn takes nanoseconds to microseconds.</summary>
    /// <param name="turn">The number of the turn.</param>
    /// <exception cref="OperationCanceledException">A token of this thread's scopes is cancelled.</exception>
    public static void Check(int turn)
    {
        if ((turn & TurnsBetweenLooks) == 0)
        {
            Check();
        }
    }

    /// <summary>The same in loops over vectors: looks where they are so long that their matrix takes more than microseconds.</summary>
    /// <param name="length">The length of a vector.</param>
    /// <exception cref="OperationCanceledException">A token of this thread's scopes is cancelled.</exception>
    public static void CheckLong(int length)
    {
        if (length >= LongVector)
        {
            Check();
        }
    }

    /// <summary>Back to the scope outside of this one.</summary>
    public void Dispose() => current = outer;

    /// <summary>The same for tests, which hear of every inspection before it looks.</summary>
    internal static CancellationScope Enter(CancellationToken token, Action? inspected)
    {
        var scope = new CancellationScope(current);
        if (token.CanBeCanceled || inspected is not null)
        {
            var watch = new Watch(token, inspected, current);
            Inspect(watch);
            current = watch;
        }

        return scope;
    }

    /// <summary>What the threads that this one starts have to look at.</summary>
    internal static Watch? Current => current;

    /// <summary>Puts this thread into the scope of the one that started it.</summary>
    internal static CancellationScope Join(Watch? watch)
    {
        var scope = new CancellationScope(current);
        current = watch;
        return scope;
    }

    private static void Inspect(Watch watch)
    {
        for (var next = watch; next is not null; next = next.Outer)
        {
            next.Inspected?.Invoke();
            next.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>A token and those of the scopes outside.</summary>
    /// <param name="Token">What ends the work.</param>
    /// <param name="Inspected">Hears of inspections; null for nobody.</param>
    /// <param name="Outer">The next scope outwards.</param>
    internal sealed record Watch(CancellationToken Token, Action? Inspected, Watch? Outer);
}
