using System.Diagnostics;
using System.Runtime.InteropServices;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Load.Gaps;

/// <summary>Finds the longest pieces of work between two looks at the token, each thread's by its own processor time.</summary>
internal sealed class GapWatch
{
    private const int Kept = 12;

    [ThreadStatic]
    private static (GapWatch? Owner, long Clock, double Time, long Look) last;

    private readonly Lock gate = new();
    private readonly List<Gap> gaps = [];
    private readonly Dictionary<long, string> starts;
    private long looks;

    private GapWatch(IEnumerable<long> starts) => this.starts = starts.ToDictionary(look => look, _ => string.Empty);

    /// <summary>How often any thread looked at the token.</summary>
    public long Looks => looks;

    /// <summary>The longest gaps, the longest first; with where they began if that was asked for.</summary>
    public IReadOnlyList<Gap> Longest => gaps;

    /// <summary>
    /// Runs work three times: once so that all is compiled, once to measure, and once more to see where the longest gaps began, which is
    /// right for work on one thread.
    /// </summary>
    public static GapWatch Of(Action work)
    {
        Run(work, []);
        var watch = Run(work, []);
        var again = Run(work, watch.gaps.Select(gap => gap.Look).Distinct());
        for (var i = 0; i < watch.gaps.Count; i++)
        {
            watch.gaps[i] = watch.gaps[i] with { From = again.starts[watch.gaps[i].Look] };
        }

        return watch;
    }

    private static GapWatch Run(Action work, IEnumerable<long> starts)
    {
        var watch = new GapWatch(starts);
        using var cancellation = new CancellationTokenSource();
        using (CancellationScope.Enter(cancellation.Token, watch.Look))
        {
            work();
            watch.Look();
        }

        return watch;
    }

    private void Look()
    {
        var look = Interlocked.Increment(ref looks);
        if (starts.Count > 0 && starts.ContainsKey(look))
        {
            starts[look] = Place();
        }

        var now = Stopwatch.GetTimestamp();
        if (last.Owner != this)
        {
            last = (this, now, ProcessorTime(), look);
            return;
        }

        // Processor time is dear to ask for: only when there may be something to find.
        if (Stopwatch.GetElapsedTime(last.Clock, now).TotalMilliseconds < 2)
        {
            last.Look = look;
            return;
        }

        var time = ProcessorTime();
        Keep(time - last.Time);
        last = (this, Stopwatch.GetTimestamp(), ProcessorTime(), look);
    }

    private void Keep(double seconds)
    {
        lock (gate)
        {
            if (gaps.Count == Kept && seconds <= gaps[^1].Seconds)
            {
                return;
            }

            var place = Place();
            var same = gaps.FindIndex(gap => gap.Place == place);
            if (same < 0)
            {
                gaps.Add(new Gap(seconds, 1, place, last.Look));
            }
            else
            {
                var count = gaps[same].Count + 1;
                gaps[same] = seconds > gaps[same].Seconds
                    ? new Gap(seconds, count, place, last.Look)
                    : gaps[same] with { Count = count };
            }

            gaps.Sort((a, b) => b.Seconds.CompareTo(a.Seconds));
            if (gaps.Count > Kept)
            {
                gaps.RemoveAt(Kept);
            }
        }
    }

    private static string Place() => string.Join(
        " < ",
        new StackTrace(3).GetFrames()
            .Select(frame => frame.GetMethod())
            .Where(method => method?.DeclaringType?.Namespace is { } space
                && space.StartsWith("MarginalConditional", StringComparison.Ordinal)
                && !space.EndsWith("Parallelism", StringComparison.Ordinal)
                && !space.StartsWith("MarginalConditional.Load", StringComparison.Ordinal))
            .Take(6)
            .Select(method => $"{method!.DeclaringType!.Name}.{method.Name}"));

    private static double ProcessorTime() => ReadClock(3, out var time) == 0 ? time.Seconds + (time.Nanoseconds * 1e-9) : 0;

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int ReadClock(int clock, out TimeOfClock time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeOfClock
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
