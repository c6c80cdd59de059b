using System.Globalization;
using MarginalConditional.Cli;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Load.Data;
using MarginalConditional.Load.Gaps;

namespace MarginalConditional.Load;

/// <summary>
/// <c>data FILE ROWS [SIZE]</c> writes a trial, <c>wide FILE ROWS COLUMNS</c>
/// a table of many columns, whose sum <c>terms COLUMNS</c> prints;
/// <c>gaps COMMAND-LINE …</c> runs a command of the program and prints the longest pieces of work between two looks at the token that may
/// end it.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["data", var file, var rows, .. var rest]:
                using (var output = new StreamWriter(file) { NewLine = "\n" })
                {
                    LargeTrial.Write(output, Number(rows), rest is [var size] ? Number(size) : 10);
                }

                return 0;
            case ["wide", var file, var rows, var columns]:
                using (var output = new StreamWriter(file) { NewLine = "\n" })
                {
                    WideTable.Write(output, Number(rows), Number(columns));
                }

                return 0;
            case ["terms", var columns]:
                Console.WriteLine(WideTable.Terms(Number(columns)));
                return 0;
            case ["gaps", .. var line]:
                return Gaps(line);
            default:
                Console.Error.WriteLine("usage: data FILE ROWS [SIZE] | wide FILE ROWS COLUMNS | terms COLUMNS | gaps COMMAND-LINE …");
                return 2;
        }
    }

    private static int Gaps(string[] line)
    {
        var code = 0;
        var output = new StringWriter();
        var streams = new ConsoleStreams { Out = output, Error = Console.Error };
        var watch = GapWatch.Of(() => code = new Application(streams).Run(line));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"exit code {code}, {watch.Looks:N0} looks"));
        foreach (var gap in watch.Longest)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{gap.Seconds,8:F3} s  ×{gap.Count}  {gap.Place}"));
            Console.WriteLine($"                from  {gap.From}");
        }

        return code;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
