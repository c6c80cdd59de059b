using System.Globalization;
using MarginalConditional.Compare.Simulation.Informative;

namespace MarginalConditional.Simulations.Estimands;

/// <summary>
/// <c>Estimands FOLDER [REPLICATES]</c> runs the study and writes coverage.csv and type-one.csv; 2,000 replicates unless said otherwise.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments.Length is 0 or > 2
            || !int.TryParse(
                arguments.ElementAtOrDefault(1) ?? "2000",
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var replicates))
        {
            Console.Error.WriteLine("Give the folder of the results and, if it is not 2000, the number of replicates.");
            return 2;
        }

        Directory.CreateDirectory(arguments[0]);
        Run(StudyCell.NoEffect(), replicates, Path.Combine(arguments[0], "type-one.csv"));
        Run(StudyCell.Coverage(), replicates, Path.Combine(arguments[0], "coverage.csv"));
        return 0;
    }

    private static void Run(IEnumerable<StudyCell> cells, int replicates, string file)
    {
        var lines = new List<string> { RowSummary.Header };
        foreach (var cell in cells)
        {
            var answers = new IReadOnlyList<LadderAnswer>[replicates];
            Parallel.For(0, replicates, replicate => answers[replicate] = cell.Analyse(replicate));
            lines.AddRange(RowSummary.Of(cell, answers));
            Console.WriteLine($"{cell.Name}, {cell.Trial.Clusters} clusters: {answers.Count(own => own.Count == 0)} failed.");
            File.WriteAllLines(file, lines);
        }
    }
}
