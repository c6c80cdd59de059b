using System.Globalization;
using MarginalConditional.Cli.Errors;
using MarginalConditional.Fuzzing.Running;
using MarginalConditional.Fuzzing.Targets;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Fuzzing;

/// <summary>
/// <c>TARGET --from SEED --count N</c> runs inputs SEED, SEED + 1, … of a target and prints what they came to; <c>--show</c> prints
/// them as well, and <c>--refusals</c> the sentences of refusals. Exit code 1 when one came to neither a result nor a refusal, 2 for a
/// wrong command line. <c>afl TARGET</c> answers AFL++, or reads one input from standard input without it (afl.sh).
/// </summary>
internal static class Program
{
    private const int Step = 1_000;

    private static int Main(string[] arguments)
    {
        if (arguments is ["afl", var afl] && TargetList.Named(afl) is { } watched)
        {
            AflRun.Of(watched);
            return 0;
        }

        if (arguments is not [var name, .. var options] || TargetList.Named(name) is not { } target || Read(options) is not { } range)
        {
            Console.Error.WriteLine($"usage: TARGET [--from SEED] [--count N] [--show] [--refusals] with TARGET one of {Names()}");
            return 2;
        }

        if (range.Show)
        {
            for (var i = 0; i < range.Count; i++)
            {
                Console.Out.WriteLine(VisibleText.Of(target.Make(new Draws(target.Name, range.First + (ulong)i)).Text));
            }
        }

        var report = FuzzRun.Of(target, range.First, range.Count, Progress);
        report.Print(target.Name, range.First, Console.Out);
        if (range.Refusals)
        {
            report.PrintRefusals(Console.Out);
        }

        return report.Faults.Count > 0 ? 1 : 0;
    }

    /// <summary>Says how far the run is, so that an input that ends the process can be found.</summary>
    private static void Progress(ulong input)
    {
        if (input % Step == 0)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"input {input}"));
        }
    }

    private static (ulong First, int Count, bool Show, bool Refusals)? Read(string[] options)
    {
        (ulong First, int Count, bool Show, bool Refusals) range = (1, 1_000, false, false);
        for (var i = 0; i < options.Length; i++)
        {
            switch (options[i])
            {
                case "--show":
                    range.Show = true;
                    break;
                case "--refusals":
                    range.Refusals = true;
                    break;
                case "--from" when i + 1 < options.Length && ulong.TryParse(options[i + 1], CultureInfo.InvariantCulture, out range.First):
                case "--count" when i + 1 < options.Length && int.TryParse(options[i + 1], CultureInfo.InvariantCulture, out range.Count):
                    i++;
                    break;
                default:
                    return null;
            }
        }

        return range;
    }

    private static string Names() => string.Join(", ", TargetList.All.Select(target => target.Name));
}
