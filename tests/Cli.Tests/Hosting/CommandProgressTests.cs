using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Hosting;

/// <summary>What takes long says how far it has come, on a terminal only, and changes nothing by it.</summary>
public sealed class CommandProgressTests
{
    private const string Toenail = "examples/toenail/toenail.csv";
    private const string Trial = "tests/reference/data/crt_ics40.csv";
    private const string Pigs = "tests/reference/data/pig_weights.csv";
    private const string Infection = "tests/reference/data/infection.csv";
    private const string Imputed = "tests/reference/data/imputed_long.csv";

    [Theory]
    [InlineData($"glmm {Infection} \"x/n ~ t + (1 | clinic)\" --bootstrap 3", "bootstrap refits")]
    [InlineData($"glmm {Infection} \"x/n ~ t + (1 | clinic)\" --ci profile", "profile intervals of coefficients")]
    [InlineData($"glmm {Infection} \"x/n ~ t + (1 | clinic)\" --ci profile", "profile intervals of variances")]
    [InlineData($"glmm {Infection} \"x/n ~ t + (1 | clinic)\" --residuals", "draws of the outcomes")]
    [InlineData("glmm tests/reference/data/wine.csv \"rating ~ temp + (1 | judge)\" --family ordinal --bootstrap 2", "bootstrap refits")]
    [InlineData(
        "glmm tests/reference/data/wine.csv \"rating ~ temp + (1 | judge)\" --family ordinal --ci profile",
        "profile intervals of coefficients")]
    [InlineData($"lmm {Pigs} \"weight ~ week + (1 | pig)\" --ci profile", "profile intervals of coefficients")]
    [InlineData($"lmm {Pigs} \"weight ~ week + (1 | pig)\" --ci profile", "profile intervals of variances")]
    [InlineData($"lmm {Pigs} \"weight ~ week + (week | pig)\" --lrt", "fits without a term")]
    [InlineData($"lmm {Pigs} \"weight ~ week\" --cluster pig --wave week --residual all", "residual structures")]
    [InlineData($"gee {Trial} \"y ~ arm\" --cluster cluster --se jackknife-full", "refits without a cluster")]
    [InlineData($"gee {Imputed} \"y ~ arm + x\" --cluster id --imputation .imp", "imputed data sets")]
    [InlineData($"lmm {Imputed} \"yc ~ arm + x + (1 | id)\" --imputation .imp", "imputed data sets")]
    [InlineData($"compare {Trial} \"y ~ arm\" --cluster cluster --treatment arm", "steps of the comparison")]
    [InlineData($"compare {Trial} \"y ~ arm\" --cluster cluster --treatment arm", "assignments of clusters")]
    [InlineData($"compare {Trial} \"y ~ arm\" --cluster cluster --treatment arm", "laws of the random intercept")]
    [InlineData($"compare {Trial} \"y ~ arm\" --cluster cluster --treatment arm", "clusters left out")]
    [InlineData(
        $"compare {Trial} \"y ~ arm\" --cluster cluster --treatment arm --no-checks --standardized-se jackknife",
        "refits without a cluster")]
    [InlineData($"compare {Trial} \"y ~ arm\" --cluster cluster --treatment arm --no-checks --dial size", "dials")]
    [InlineData(
        $"compare {Toenail} \"y ~ treatment * visit\" --cluster patientID --wave visit --treatment treatment --no-checks --dial dropout",
        "settings of the dial")]
    [InlineData(
        "compare tests/reference/data/irt3.csv \"y ~ trt + x\" --treatment trt --standardized-se jackknife",
        "refits without a person")]
    [InlineData($"compare {Imputed} \"y ~ arm + x\" --cluster id --treatment arm --imputation .imp --no-checks", "imputed data sets")]
    [InlineData("meta examples/bcg/bcg.csv --measure RR --treat tpos,tneg --control cpos,cneg --leave-one-out", "fits without a study")]
    [InlineData("profile examples/units/units.csv \"readmitted ~ age + (1 | unit)\"", "draws of the ranks")]
    [InlineData("plan --kind 10:.3:.5 --kind 30:.3:.4 --rho .05 --simulate --replicates 100", "trials of")]
    public void A_terminal_hears_of_it_and_a_file_does_not(string line, string work)
    {
        string[] words = [.. Margcond.Words(line)];
        var (silent, told) = (Run(words, terminal: false), Run(words, terminal: true));
        Assert.Equal(0, told.ExitCode);
        Assert.Contains(work, told.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', silent.Error);
        Assert.Equal(silent.Out, told.Out);
        Assert.EndsWith(silent.Error, told.Error, StringComparison.Ordinal);
        var drawn = told.Error[..^silent.Error.Length];
        Assert.Equal('\r', drawn[^1]);
        Assert.True(string.IsNullOrWhiteSpace(drawn.TrimEnd('\r').Split('\r')[^1]), "The line is still there.");
    }

    [Fact]
    public void An_error_leaves_no_line_behind()
    {
        var result = Run(
            [.. Margcond.Words($"compare {Trial} \"y ~ arm\" --cluster cluster --treatment arm --no-checks --dial dropout")],
            terminal: true);
        Assert.Equal(2, result.ExitCode);
        var parts = result.Error.Split('\r');
        Assert.StartsWith("margcond: ", parts[^1], StringComparison.Ordinal);
        Assert.True(string.IsNullOrWhiteSpace(parts[^2]));
    }

    private static RunResult Run(string[] words, bool terminal)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var streams = new ConsoleStreams { Out = output, Error = error, ErrorIsTerminal = terminal, Width = 200, Clock = new Hasty() };
        return new RunResult(new Application(streams).Run(words), output.ToString(), error.ToString());
    }

    /// <summary>A clock that gains a minute whenever it is looked at, so that every report is drawn.</summary>
    private sealed class Hasty : TimeProvider
    {
        private long looks;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => 60 * Interlocked.Increment(ref looks);
    }
}
