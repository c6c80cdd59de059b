using System.Runtime.ExceptionServices;

namespace MarginalConditional.Statistics.Parallelism;

/// <summary>A loop that the thread which asks for it shares with those of the pool that come in time.</summary>
/// <remarks>
/// The framework's own loop over threads compiles itself and starts its tracing of events in each program that asks for one: some thirty
/// milliseconds. Numbers are given out from the first to the last, several at a time while there are many. Who comes when none is left
/// does nothing, so that a loop within a loop never waits for a thread that it does not have.
/// </remarks>
/// <typeparam name="TScratch">What a thread reuses from number to number.</typeparam>
/// <param name="from">The first number.</param>
/// <param name="to">One past the last number.</param>
/// <param name="threads">How many threads may take part.</param>
/// <param name="scratch">Makes what a thread reuses.</param>
/// <param name="body">What is done for a number.</param>
internal sealed class SharedLoop<TScratch>(int from, int to, int threads, Func<TScratch> scratch, Action<int, TScratch> body)
{
    /// <summary>In how many turns of all threads the numbers that are left would be given out.</summary>
    private const int Turns = 4;

    /// <summary>How many threads are asked for at most where a machine has fewer processors.</summary>
    private const int Enough = 64;

    private readonly object gate = new();
    private readonly CancellationScope.Watch? watch = CancellationScope.Current;
    private OperationCanceledException? cancellation;
    private Exception? failure;
    private int next = from;
    private int failed = int.MaxValue;
    private int helpers;
    private bool isOver;

    /// <summary>Runs the body for every number.</summary>
    /// <exception cref="OperationCanceledException">The work was cancelled, whatever else its threads met on the way out.</exception>
    internal void Run()
    {
        for (var i = Math.Min(threads, Math.Max(Enough, Environment.ProcessorCount)); i > 1; i--)
        {
            ThreadPool.QueueUserWorkItem(static loop => loop.Help(), this, preferLocal: false);
        }

        Work();
        WaitForHelpers();
        if ((cancellation ?? failure) is { } thrown)
        {
            ExceptionDispatchInfo.Throw(thrown);
        }
    }

    private void WaitForHelpers()
    {
        var spin = default(SpinWait);
        while (Volatile.Read(ref helpers) > 0 && !spin.NextSpinWillYield)
        {
            spin.SpinOnce();
        }

        lock (gate)
        {
            isOver = true;
            while (helpers > 0)
            {
                Monitor.Wait(gate);
            }
        }
    }

    private void Help()
    {
        lock (gate)
        {
            if (isOver || Volatile.Read(ref next) >= to)
            {
                return;
            }

            helpers++;
        }

        Work();
        lock (gate)
        {
            helpers--;
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Takes numbers until none is left below one that failed: what is thrown is what one thread would have thrown.</summary>
    private void Work()
    {
        var number = int.MinValue;
        try
        {
            using var scope = CancellationScope.Join(watch);
            var own = scratch();
            for (var end = Take(out number); number < end; end = Take(out number))
            {
                for (; number < end && number < Volatile.Read(ref failed); number++)
                {
                    CancellationScope.Check();
                    body(number, own);
                }
            }
        }
        catch (Exception exception)
        {
            Keep(exception, number);
        }
    }

    private void Keep(Exception exception, int number)
    {
        lock (gate)
        {
            cancellation ??= exception as OperationCanceledException;
            if (number <= failed)
            {
                (failure, failed) = (exception, number);
            }
        }
    }

    /// <summary>Takes the next numbers.</summary>
    /// <param name="number">The first.</param>
    /// <returns>One past the last; the first itself when none is left.</returns>
    private int Take(out int number)
    {
        while (true)
        {
            number = Volatile.Read(ref next);
            if (number >= Math.Min(to, Volatile.Read(ref failed)))
            {
                return number;
            }

            var end = number + Math.Max(1, (to - number) / Turns / threads);
            if (Interlocked.CompareExchange(ref next, end, number) == number)
            {
                return end;
            }
        }
    }
}
