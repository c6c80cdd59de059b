using System.Diagnostics;
using MarginalConditional.Data;

namespace MarginalConditional.Fuzzing.Running;

/// <summary>Runs a range of a target's inputs, one after another, on a thread with the stack that Windows gives to a program.</summary>
internal sealed class FuzzRun
{
    /// <summary>No input may take longer, in seconds of processor time.</summary>
    public const double TimeLimit = 1;

    private const int Stack = 1 << 20;

    /// <summary>No input may allocate more, in bytes, on all threads together and counting what was freed again.</summary>
    private const long MemoryLimit = 1L << 30;

    private const double Endless = 20;
    private const int WarmUp = 20;

    private readonly FuzzTarget target;
    private readonly FuzzReport report = new();
    private readonly Action<ulong>? progress;
    private volatile FuzzInput? current;
    private ulong number;
    private double started;

    private FuzzRun(FuzzTarget target, Action<ulong>? progress)
    {
        this.target = target;
        this.progress = progress;
    }

    /// <summary>Runs the inputs from a number on.</summary>
    /// <param name="target">What reads them.</param>
    /// <param name="first">The number of the first input.</param>
    /// <param name="count">How many.</param>
    /// <param name="progress">Told the number of each input before it runs; null for nobody.</param>
    /// <returns>The report; if an input did not end, it tells of those before.</returns>
    public static FuzzReport Of(FuzzTarget target, ulong first, int count, Action<ulong>? progress = null)
    {
        var run = new FuzzRun(target, progress);
        var thread = new Thread(() => run.Go(first, count), Stack) { IsBackground = true };
        thread.Start();
        while (!thread.Join(TimeSpan.FromMilliseconds(200)))
        {
            if (run.IsEndless())
            {
                run.report.AddEndless(run.number, run.current);
                break;
            }
        }

        return run.report;
    }

    private void Go(ulong first, int count)
    {
        // The first inputs pay for compiling; these are others, and nobody counts them.
        for (var i = 0UL; i < WarmUp; i++)
        {
            Measured(ulong.MaxValue - i, out _, out _);
        }

        for (var i = 0; i < count; i++)
        {
            var at = first + (ulong)i;
            progress?.Invoke(at);
            var outcome = Measured(at, out var input, out var time);
            for (var again = 0; time > TimeLimit && again < 4; again++)
            {
                // Once more: the time may have been the compiler's, or that of caches which others on the machine have emptied.
                outcome = Measured(at, out input, out time);
            }

            report.Add(at, input, time > TimeLimit ? Outcome.Fault($"over a second: {outcome.Kind}") : outcome, time);
        }

        current = null;
    }

    private Outcome Measured(ulong at, out FuzzInput input, out double time)
    {
        current = null;
        number = at;
        Volatile.Write(ref started, ProcessorTime);
        input = target.Make(new Draws(target.Name, at));
        current = input;
        var before = ThreadClock.Seconds;
        var outcome = Attempt(input);
        time = ThreadClock.Seconds - before;
        return outcome;
    }

    /// <summary>Gives one input to its target: a result, a refusal, or a fault, which more memory than any input may have is too.</summary>
    public static Outcome Attempt(FuzzInput input)
    {
        var memory = GC.GetTotalAllocatedBytes();
        var outcome = Given(input);
        return GC.GetTotalAllocatedBytes() - memory > MemoryLimit ? Outcome.Fault($"over 1 GiB: {outcome.Kind}") : outcome;
    }

    private static Outcome Given(FuzzInput input)
    {
        try
        {
            return input.Run();
        }
        catch (InputException exception)
        {
            return string.IsNullOrWhiteSpace(exception.Message)
                ? Outcome.Fault("refused without a word")
                : Outcome.Refused(exception.Message);
        }
        catch (Exception exception)
        {
            var place = new StackTrace(exception).GetFrames()
                .Select(frame => frame.GetMethod())
                .FirstOrDefault(method => IsOwn(method?.DeclaringType));
            return Outcome.Fault($"{exception.GetType().Name} in {place?.DeclaringType?.Name}.{place?.Name}");
        }
    }

    private static bool IsOwn(Type? type) => type?.Namespace?.StartsWith("MarginalConditional", StringComparison.Ordinal) == true;

    private static double ProcessorTime => Environment.CpuUsage.TotalTime.TotalSeconds;

    /// <summary>Whether the input that runs has taken far more of the process's time than any may.</summary>
    private bool IsEndless() => current is not null && ProcessorTime - Volatile.Read(ref started) > Endless;
}
