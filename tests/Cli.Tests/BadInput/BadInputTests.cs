using System.Text;
using MarginalConditional.Cli.Errors;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.BadInput;

/// <summary>
/// What people get wrong: each case ends with exit code 2, nothing on stdout, and a message that names the place and what to do.
/// </summary>
public sealed class BadInputTests
{
    private const string Good =
        "id,visit,treatment,age,y\n1,1,A,50,0\n1,2,A,50,1\n2,1,B,61,1\n2,2,B,61,0\n3,1,A,47,1\n3,2,A,47,1\n4,1,B,55,0\n4,2,B,55,1\n";

    private static string Signed(string sign) => "id,x,y\n"
        + string.Concat(Enumerable.Range(1, 9).Select(i => $"{(i + 1) / 2},{10 + i}{sign},{i % 2}\n"));

    public static TheoryData<string, string, string> Cases => new()
    {
        { "missing column", Good, "gee DATA 'y ~ treatmnt' --cluster id" },
        { "missing cluster column", Good, "gee DATA 'y ~ treatment' --cluster patient" },
        { "missing outcome", Good, "gee DATA 'z ~ treatment' --cluster id" },
        {
            "text in a numeric outcome",
            Good.Replace("3,2,A,47,1", "3,2,A,47,yes", StringComparison.Ordinal),
            "gee DATA 'y ~ treatment' --cluster id"
        },
        { "cluster of one value", Good.Replace("\n2,", "\n1,", StringComparison.Ordinal)
            .Replace("\n3,", "\n1,", StringComparison.Ordinal)
            .Replace("\n4,", "\n1,", StringComparison.Ordinal), "gee DATA 'y ~ treatment' --cluster id" },
        { "empty file", string.Empty, "gee DATA 'y ~ treatment' --cluster id" },
        { "header alone", "id,treatment,y\n", "gee DATA 'y ~ treatment' --cluster id" },
        { "outcome all zeros", "id,x,y\n1,1,0\n1,2,0\n2,1,0\n2,2,0\n", "gee DATA 'y ~ x' --cluster id" },
        { "outcome of all rows missing", "id,x,y\n1,1,NA\n1,2,\n2,1,NA\n2,2,\n", "gee DATA 'y ~ x' --cluster id" },
        {
            "outcome outside 0 and 1",
            Good.Replace("3,2,A,47,1", "3,2,A,47,3", StringComparison.Ordinal),
            "gee DATA 'y ~ treatment' --cluster id"
        },
        {
            "negative count",
            Good.Replace("3,2,A,47,1", "3,2,A,47,-1", StringComparison.Ordinal),
            "gee DATA 'y ~ treatment' --cluster id --family poisson"
        },
        { "unclosed parenthesis", Good, "gee DATA 'y ~ treatment * (age' --cluster id" },
        { "no tilde", Good, "gee DATA 'y treatment' --cluster id" },
        { "nothing on the right", Good, "gee DATA 'y ~' --cluster id" },
        { "unknown function", Good, "gee DATA 'y ~ sinh(age)' --cluster id" },
        {
            "wave twice",
            Good.Replace("3,2,A", "3,1,A", StringComparison.Ordinal),
            "gee DATA 'y ~ treatment' --cluster id --wave visit --corr ar1"
        },
        { "aliased term", Good, "gee DATA 'y ~ age + I(2 * age)' --cluster id --strict" },
        { "too few fields", Good + "5,1,A,50\n", "gee DATA 'y ~ treatment' --cluster id" },
        { "open quote", Good + "5,1,\"A,50,1\n", "gee DATA 'y ~ treatment' --cluster id" },
        { "two columns of one name", Good.Replace("visit", "id", StringComparison.Ordinal), "gee DATA 'y ~ treatment' --cluster id" },
        { "reference level that is not there", Good, "gee DATA 'y ~ treatment' --cluster id --reference treatment=placebo" },
        { "contrast of no coefficient", Good, "gee DATA 'y ~ treatment' --cluster id --contrast 'treatmentC - treatmentB'" },
        { "exponentiated identity link", Good, "gee DATA 'age ~ treatment' --cluster id --family gaussian --exponentiate" },
        { "random part in a marginal model", Good, "gee DATA 'y ~ treatment + (1 | visit)' --cluster id" },
        { "no random part", Good, "glmm DATA 'y ~ treatment'" },
        { "random part without its column", Good, "glmm DATA 'y ~ treatment + (1 | ward)'" },
        { "too many nodes", Good, "glmm DATA 'y ~ treatment + (1 | id)' --nodes 1000" },
        {
            "missing coded by a number",
            Good.Replace("3,2,A,47,1", "3,2,A,47,999", StringComparison.Ordinal),
            "gee DATA 'y ~ treatment' --cluster id"
        },
        { "per cent signs in a covariate", Signed("%"), "gee DATA 'y ~ x' --cluster id" },
        { "formula before the file", Good, "gee 'y ~ treatment' DATA --cluster id" },
        { "no cluster", Good, "gee DATA 'y ~ treatment'" },
        { "cluster beside a formula without random part", Good, "glmm DATA 'y ~ treatment' --cluster id" },
        { "family of another program", Good, "gee DATA 'y ~ treatment' --cluster id --family logistic" },
        { "correlation of another program", Good, "gee DATA 'y ~ treatment' --cluster id --corr cs" },
        { "degrees of freedom of another program", Good, "lmm DATA 'age ~ treatment + (1 | id)' --df kr" },
        { "method of another program", Good, "glmm DATA 'y ~ treatment + (1 | id)' --method laplace" },
        { "plan without a correlation", Good, "plan --control .3 --treatment .4 --size 20" },
        { "compare without the treatment", Good, "compare DATA 'y ~ age' --cluster id --treatment treatment" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Bad_input_gets_a_message_with_its_place_and_nothing_on_stdout(string name, string text, string line)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("trial.csv", text);
        var result = Margcond.Run([.. Margcond.Words(line).Select(word => word == "DATA" ? path : word)]);
        Assert.Equal(string.Empty, result.Out);
        Assert.True(result.ExitCode == 2, $"exit code {result.ExitCode}\n{result.Error}");
        Approved.Match(
            name.Replace(' ', '-'),
            $"$ margcond {line}\n" + Unwrapped(result.Error).Replace(path, "trial.csv", StringComparison.Ordinal));
    }

    [Fact]
    public void One_decimal_comma_among_many_numbers_is_found()
    {
        using var folder = new TemporaryFolder();
        var lines = File.ReadAllLines(Repository.Data("toenail"));
        lines[213] = "34,4,terbinafine,\"3,5\",3,0";
        var path = folder.Write("trial.csv", string.Join('\n', lines));
        var result = Margcond.Run("gee", path, "y ~ time", "--cluster", "patientID");
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(string.Empty, result.Out);
        Approved.Match("decimal-comma", Unwrapped(result.Error).Replace(path, "trial.csv", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var result = Margcond.Run("gee", "/nowhere/trial.csv", "y ~ x", "--cluster", "id");
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(string.Empty, result.Out);
        Assert.StartsWith("margcond: /nowhere/trial.csv: There is no such file.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_console_that_cannot_be_written_to_is_no_defect()
    {
        using var full = new FullDevice();
        using var error = new StringWriter();
        var code = new Application(new ConsoleStreams { Out = full, Error = error }).Run(["--help"]);
        Assert.Equal(2, code);
        Assert.Equal("margcond: Reading or writing failed: No space left on device.\n", error.ToString());
    }

    [Fact]
    public void A_message_for_a_defect_says_so_without_a_stack_trace()
    {
        var text = MessageText.Defect(new InvalidOperationException("Sequence contains no elements"), 80, verbose: false);
        Assert.Equal(
            "margcond: InvalidOperationException: Sequence contains no elements\n          This is a defect of margcond, please report it "
                + "with the command line\n          and the output of --verbose.\n", text);
    }

    /// <summary>Joins the wrapped lines, whose breaks depend on the length of the temporary folder's name.</summary>
    private static string Unwrapped(string error) =>
        error.Replace("\n          ", "\n", StringComparison.Ordinal).TrimEnd('\n').Replace("\n", " ", StringComparison.Ordinal) + "\n";

    private sealed class FullDevice : StringWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Flush() => throw new IOException("No space left on device");
    }
}
