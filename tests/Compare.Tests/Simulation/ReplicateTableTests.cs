using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Storage;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Data;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Simulation;

/// <summary>The table of estimates is read back to the same bits, and refuses rows that the study could not have written.</summary>
public sealed class ReplicateTableTests
{
    private static readonly Study Study = Studies.Read(Studies.Small) with { Replicates = 5 };

    [Fact]
    public void What_is_written_is_read_back_to_the_same_bits()
    {
        var estimates = Random();
        var lines = Lines(estimates);
        var read = new StudyEstimates(Study);
        ReplicateTable.ReadRows(lines.Skip(1).Select((row, index) => (index + 2, row)), "file.csv", read);

        Assert.Equal(ReplicateTable.Header, lines[0]);
        for (var s = 0; s < Study.Scenarios.Count; s++)
        {
            for (var m = 0; m < Study.Methods.Count; m++)
            {
                for (var r = 0; r < Study.Replicates; r++)
                {
                    Assert.Equal(estimates[s, m, r], read[s, m, r]);
                }
            }
        }
    }

    [Fact]
    public void Replicates_not_run_have_no_row() =>
        Assert.Equal(1 + (Study.Scenarios.Count * Study.Methods.Count * (Study.Replicates - 1)), Lines(Random()).Length);

    [Theory]
    [InlineData("1,1,gee,marginal,0.5,0.1,NA")]
    [InlineData("9,1,gee,marginal,0.5,0.1,NA,converged")]
    [InlineData("1,6,gee,marginal,0.5,0.1,NA,converged")]
    [InlineData("1,1,nobody,marginal,0.5,0.1,NA,converged")]
    [InlineData("1,1,gee,marginal,half,0.1,NA,converged")]
    [InlineData("1,1,gee,marginal,0.5,0.1,NA,perhaps")]
    public void Other_rows_are_refused_by_their_line(string row)
    {
        var error = Assert.Throws<InputException>(() =>
            ReplicateTable.ReadRows([(2, "1,2,gee,marginal,0.5,0.1,NA,converged"), (5, row)], "file.csv", new StudyEstimates(Study)));
        Assert.Equal(5, error.Line);
    }

    [Fact]
    public void A_row_that_is_there_twice_is_refused()
    {
        const string Row = "1,2,gee,marginal,0.5,0.1,NA,converged";
        Assert.Contains(
            "twice",
            Assert.Throws<InputException>(
                () => ReplicateTable.ReadRows([(2, Row), (3, Row)], "file.csv", new StudyEstimates(Study))).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Estimates of all but the third replicate, some of them failed.</summary>
    private static StudyEstimates Random()
    {
        var random = new RandomStream(5, 1, 1);
        var estimates = new StudyEstimates(Study);
        foreach (var r in new[] { 0, 1, 3, 4 })
        {
            for (var s = 0; s < Study.Scenarios.Count; s++)
            {
                for (var m = 0; m < Study.Methods.Count; m++)
                {
                    var estimate = EffectEstimate.Of(
                        random.NextNormal() / 3,
                        random.NextUniform(),
                        m == 1 ? 17.25 : null,
                        converged: true,
                        warned: s == 1);
                    estimates.Record(s, m, r, m == 3 && r == 1 ? EffectEstimate.Failed : estimate);
                }
            }
        }

        return estimates;
    }

    private static string[] Lines(StudyEstimates estimates)
    {
        using var writer = new StringWriter();
        ReplicateTable.Write(writer, estimates);
        return writer.ToString().TrimEnd('\n').Split('\n');
    }
}
