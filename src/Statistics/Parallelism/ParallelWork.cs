namespace MarginalConditional.Statistics.Parallelism;

/// <summary>Loops over several threads that are in the <see cref="CancellationScope"/> of the thread that starts them.</summary>
/// <remarks>
/// The only place that starts threads for arithmetic: work that is cancelled has ended on all of them when the loop throws. What a body
/// throws comes as it is, for any number of threads that of the first number whose body threw.
/// </remarks>
/// <example>
/// <code>
/// using MarginalConditional.Statistics.Parallelism;
///
/// var squares = new double[100];
/// ParallelWork.For(0, squares.Length, threads: 0, i => squares[i] = i * i);
/// </code>
/// </example>
public static class ParallelWork
{
    /// <summary>Runs a body for every number of a range, in no order.</summary>
    /// <param name="from">The first number.</param>
    /// <param name="to">One past the last number.</param>
    /// <param name="threads">1 runs on the caller's thread; 0 means all processors.</param>
    /// <param name="body">Must write only to what belongs to its number.</param>
    /// <exception cref="OperationCanceledException">A token of the scope is cancelled; bodies not yet begun are left out.</exception>
    public static void For(int from, int to, int threads, Action<int> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        For<object?>(from, to, threads, () => null, (i, _) => body(i));
    }

    /// <summary>The same with scratch of each thread's own.</summary>
    /// <typeparam name="TScratch">What a thread reuses from number to number.</typeparam>
    /// <param name="from">The first number.</param>
    /// <param name="to">One past the last number.</param>
    /// <param name="threads">1 runs on the caller's thread; 0 means all processors.</param>
    /// <param name="scratch">Makes what a thread reuses; may be called more often than there are threads.</param>
    /// <param name="body">Must write only to what belongs to its number, and to the scratch.</param>
    /// <exception cref="OperationCanceledException">A token of the scope is cancelled; bodies not yet begun are left out.</exception>
    public static void For<TScratch>(int from, int to, int threads, Func<TScratch> scratch, Action<int, TScratch> body)
    {
        ArgumentNullException.ThrowIfNull(scratch);
        ArgumentNullException.ThrowIfNull(body);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        using var silence = ProgressScope.Mute();
        var limit = Math.Min(threads == 0 ? Environment.ProcessorCount : threads, to - from);
        if (limit <= 1)
        {
            var own = scratch();
            for (var i = from; i < to; i++)
            {
                CancellationScope.Check();
                body(i, own);
            }

            return;
        }

        new SharedLoop<TScratch>(from, to, limit, scratch, body).Run();
    }
}
