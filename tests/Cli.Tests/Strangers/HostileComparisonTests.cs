using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Strangers;

/// <summary>Comparisons that ended in a defect, each a result or a sentence now.</summary>
public sealed class HostileComparisonTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_dial_of_dropout_over_an_arm_of_one_cluster_says_that_it_cannot_be_told()
    {
        var rows = Enumerable.Range(0, 24).Select(k => (Cluster: k / 4, Visit: (k % 4) + 1))
            .Where(row => row.Cluster % 3 != 1 || row.Visit <= 2)
            .Select(row => (row.Cluster, row.Visit, Arm: row.Cluster < 5 ? "ab"[row.Cluster % 2] : 'c'))
            .Select(row => FormattableString.Invariant(
                $"{((row.Cluster * 5) + (row.Visit * 7)) % 11 / 4.0},{row.Visit},{row.Arm},{row.Cluster}\n"));
        var run = Margcond.Run(
            "compare", folder.Write("h.csv", "y,t,g,id\n" + string.Concat(rows)), "y ~ t + g + (1 | id)", "--family", "gaussian",
            "--cluster", "id", "--wave", "t", "--treatment", "g", "--dial", "dropout");
        Assert.NotEqual(1, run.ExitCode);
        Assert.Contains("How far the conclusion holds cannot be told", run.Out, StringComparison.Ordinal);
    }
}
