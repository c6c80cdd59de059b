using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.BadInput;

/// <summary>The order of a file's rows changes no bit of the result.</summary>
public sealed class RowOrderTests
{
    [Theory]
    [InlineData("toenail", "gee DATA 'y ~ treatment * time' --cluster patientID --wave visit --corr ar1 --se all --format json")]
    [InlineData("toenail", "gee DATA 'y ~ treatment * time' --cluster patientID --format json")]
    [InlineData("ohio", "glmm DATA 'resp ~ age * smoke + (1 | id)' --format json")]
    [InlineData("toenail", "marginalize DATA 'y ~ treatment * time + (1 | patientID)' --format json")]
    [InlineData("toenail", "compare DATA 'y ~ treatment * time' --cluster patientID --treatment treatment --format json")]
    [InlineData("sleepstudy", "lmm DATA 'Reaction ~ Days + (Days | Subject)' --format json")]
    public void A_shuffled_file_gives_the_same_bytes(string data, string line)
    {
        using var folder = new TemporaryFolder();
        var lines = File.ReadAllLines(Repository.Data(data));
        var shuffled = folder.Write("shuffled.csv", string.Join('\n', Shuffled(lines)));
        var expected = Run(line, Repository.Data(data));
        var received = Run(line, shuffled);
        Assert.Equal(0, expected.ExitCode);
        Assert.Equal(expected.Out, received.Out);
        Assert.Contains("\"coefficients\"", expected.Out, StringComparison.Ordinal);
    }

    private static RunResult Run(string line, string path) =>
        Margcond.Run([.. Margcond.Words(line).Select(word => word == "DATA" ? path : word)]);

    /// <summary>The header, then every row once, in steps that are prime to their number.</summary>
    private static IEnumerable<string> Shuffled(string[] lines)
    {
        var rows = lines.Skip(1).Where(line => line.Length > 0).ToArray();
        var step = new[] { 7919, 7907, 7901 }.First(prime => rows.Length % prime != 0);
        return rows.Select((_, i) => rows[(int)((long)i * step % rows.Length)]).Prepend(lines[0]);
    }
}
