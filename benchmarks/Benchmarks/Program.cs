using BenchmarkDotNet.Running;
using MarginalConditional.Benchmarks.Timing;

namespace MarginalConditional.Benchmarks;

/// <summary>
/// Without arguments, or with those of BenchmarkDotNet, runs the benchmark classes. <c>fit METHOD DETAIL FILE [THREADS [REPEATS]]</c> times
/// one fit of a file, reading excluded, and prints <c>seconds S estimates B0 B1 …</c> for benchmarks/peers.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments is ["fit", .. var rest])
        {
            return TimedFit.Run(rest, Console.Out, Console.Error);
        }

        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(arguments);
        return 0;
    }
}
