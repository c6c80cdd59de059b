using System.Diagnostics;
using System.Globalization;

namespace MarginalConditional.Benchmarks.Timing;

/// <summary>Times one fit and prints one line that the scripts of benchmarks/peers read.</summary>
internal static class TimedFit
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    private static readonly ITimedMethod[] Methods =
    [
        new GeeTiming(),
        new GlmmTiming(),
        new LmmTiming(),
        new MetaTiming(),
    ];

    /// <summary>
    /// Runs <c>METHOD DETAIL FILE [THREADS [REPEATS]]</c>; the time is the median of the repeats after two seconds of fits
    /// that are not counted, in which the code is compiled: half a second was too short for small fits on a busy machine.
    /// </summary>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments.Length < 3 || Array.Find(Methods, candidate => candidate.Name == arguments[0]) is not { } method)
        {
            error.WriteLine($"usage: fit METHOD DETAIL FILE [THREADS [REPEATS]] with METHOD one of "
                + $"{string.Join(", ", Methods.Select(candidate => candidate.Name))}");
            return 2;
        }

        var threads = arguments.Length > 3 ? int.Parse(arguments[3], CultureInfo.InvariantCulture) : 0;
        var repeats = arguments.Length > 4 ? int.Parse(arguments[4], CultureInfo.InvariantCulture) : 5;
        var fit = method.Prepare(arguments[1], arguments[2], threads);
        var estimates = fit();
        for (var warm = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(warm) < WarmUp;)
        {
            estimates = fit();
        }

        var seconds = new double[repeats];
        for (var i = 0; i < repeats; i++)
        {
            var start = Stopwatch.GetTimestamp();
            estimates = fit();
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        Array.Sort(seconds);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"seconds {seconds[repeats / 2]:G4} estimates "
                + $"{string.Join(' ', estimates.Select(value => value.ToString("F8", CultureInfo.InvariantCulture)))}"));
        return 0;
    }
}
