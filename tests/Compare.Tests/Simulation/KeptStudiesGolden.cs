using System.Globalization;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Storage;
using MarginalConditional.Compare.Simulation.Studies;

namespace MarginalConditional.Compare.Tests.Simulation;

/// <summary>
/// Studies keep their numbers: tests/reference/studies holds the replicates that were written when designs, sizes and laws were a closed
/// list, with sizes drawn first, then each cluster's intercept and outcomes.
/// </summary>
public sealed class KeptStudiesGolden
{
    /// <summary>Another machine's vectors may sum in another order; other random numbers move the first digits.</summary>
    private const double Tolerance = 1e-7;

    [Theory]
    [InlineData("kept-designs")]
    [InlineData("kept-sizes")]
    [InlineData("kept-settings")]
    public void Replicates_are_those_that_were_written_first(string name)
    {
        var study = StudyReader.Read(ReferenceFiles.Beside("reference", "studies", name + ".yaml"));
        var result = new StudyEstimates(study);
        SimulationRunner.Run(study, new SimulationOptions { Threads = 2, Known = result });
        using var writer = new StringWriter();
        ReplicateTable.Write(writer, result);
        var kept = File.ReadAllLines(ReferenceFiles.Beside("reference", "studies", name + ".csv"));
        var now = writer.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(kept.Length, now.Length);
        for (var line = 0; line < kept.Length; line++)
        {
            foreach (var (before, after) in kept[line].Split(',').Zip(now[line].Split(',')))
            {
                Assert.True(before == after || Near(before, after), $"{kept[line]}\n{now[line]}");
            }
        }
    }

    private static bool Near(string before, string after) =>
        double.TryParse(before, NumberStyles.Float, CultureInfo.InvariantCulture, out var old)
        && double.TryParse(after, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && Math.Abs(old - value) <= Tolerance * (Math.Abs(old) + 1e-3);
}
