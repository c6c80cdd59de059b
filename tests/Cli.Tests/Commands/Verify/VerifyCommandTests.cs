using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;
using MarginalConditional.Properties.Laws;

namespace MarginalConditional.Cli.Tests.Commands.Verify;

/// <summary>Laws tried on programs of a few lines of shell, right ones and wrong ones.</summary>
public sealed class VerifyCommandTests : IDisposable
{
    /// <summary>The difference of the arms' means with the sandwich of whole clusters; the cluster of a row is a line of awk.</summary>
    private const string Difference = """
        csv=$(printf '%s' "$line" | sed 's/.*"csv":"\(.*\)"}$/\1/')
        printf '%b' "$csv" | awk -F, '
          NR == 1 { for (j = 1; j <= NF; j++) at[$j] = j; next }
          { n++; t[n] = $at["treatment"]; y[n] = $at["y"]; id[n] = $at["cluster"]; rows[t[n]]++; sum[t[n]] += y[n] }
          END {
            for (i = 1; i <= n; i++) {
              CLUSTER
              r[c] += (y[i] - sum[t[i]] / rows[t[i]]) / rows[t[i]] * (t[i] == 1 ? 1 : -1)
            }
            for (c in r) v += r[c] * r[c]
            printf "{\"estimate\": %.17g, \"se\": %.17g}\n", sum[1] / rows[1] - sum[0] / rows[0], sqrt(v)
          }'
        """;

    private const string ByLabel = "c = id[i]";

    /// <summary>A new cluster begins wherever the label changes.</summary>
    private const string ByRun = "if (id[i] != id[i - 1]) run++; c = run";

    private readonly TemporaryFolder folder = new();

    private static string? Missing => OperatingSystem.IsWindows() ? "needs a Unix shell" : null;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_right_program_keeps_the_laws()
    {
        if (Missing is not null)
        {
            return;
        }

        var run = Run(
            ByLabel, "--tests", "8", "--law",
            "repeatable,row-order,cluster-labels,column-order,reference-level,outcome-units,two-copies");
        Assert.True(run.ExitCode == 0, run.Out + run.Error);
        Assert.Contains("7 laws: nothing breaks them.", run.Out, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public void A_wrong_one_is_shown_by_a_few_rows_and_the_line_that_tries_them_again()
    {
        if (Missing is not null)
        {
            return;
        }

        var run = Run(ByRun, "--law", "row-order,reference-level", "--tests", "12", "--seed", "5");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("1 law of 2 kept.", run.Out, StringComparison.Ordinal);
        Assert.Contains("row-order is broken:", run.Out, StringComparison.Ordinal);
        Assert.Contains("\n    cluster,wave,treatment,y\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("  the same rows in another order:\n", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Out.Split('\n'), line => line.Length > 80);

        // The line by itself, put together as a shell does, shows the same rows.
        var start = run.Out.IndexOf("margcond verify", StringComparison.Ordinal);
        var again = run.Out[start..run.Out.IndexOf("\n\n", start, StringComparison.Ordinal)]
            .Replace("\\\n      ", string.Empty, StringComparison.Ordinal);
        Assert.EndsWith("--tests 12 --law row-order --seed 5", again, StringComparison.Ordinal);
        var repeated = Margcond.RunLine(again["margcond ".Length..]);
        Assert.Equal(3, repeated.ExitCode);
        Assert.Equal(Rows(run.Out), Rows(repeated.Out));
        Assert.InRange(Rows(run.Out).Count, 4, 14);
    }

    [Fact]
    public void The_same_in_JSON_and_CSV()
    {
        if (Missing is not null)
        {
            return;
        }

        var run = Run(ByRun, "--law", "row-order", "--tests", "12", "--format", "json");
        Assert.Equal(3, run.ExitCode);
        using var json = JsonDocument.Parse(run.Out);
        var law = json.RootElement.GetProperty("laws")[0];
        Assert.Equal("child 1", json.RootElement.GetProperty("version").GetString());
        Assert.Equal("broken", law.GetProperty("verdict").GetString());
        Assert.StartsWith(
            "cluster,wave,treatment,y\n", law.GetProperty("counterexample").GetProperty("changed").GetString(), StringComparison.Ordinal);
        Assert.Contains("--law row-order --seed 1", law.GetProperty("replay").GetString(), StringComparison.Ordinal);
        var csv = Run(ByLabel, "--law", "repeatable", "--tests", "2", "--format", "csv").Out;
        Assert.StartsWith("law,verdict,tests,answered", csv, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_says_errors_is_untested()
    {
        if (Missing is not null)
        {
            return;
        }

        var program = Write("""echo '{"error": "no binary outcomes"}'""");
        var run = Margcond.Run("verify", "--command", program, "--law", "row-order", "--tests", "3");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("row-order is untested, for want of answers:", run.Out, StringComparison.Ordinal);
        Assert.Contains("no binary outcomes", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Laws_outside_their_domain_say_why_when_they_are_asked_for()
    {
        if (Missing is not null)
        {
            return;
        }

        var run = Run(ByLabel, "--law", "score-zero");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("score-zero is not about this program: it does not give its equations", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_laws_are_listed()
    {
        var run = Margcond.Run("verify", "--list");
        Assert.Equal(0, run.ExitCode);
        Assert.All(LawBook.All, law => Assert.Contains($"{law.Name}\n  says ", run.Out, StringComparison.Ordinal));
        using var json = JsonDocument.Parse(Margcond.Run("verify", "--list", "--format", "json").Out);
        Assert.Equal(LawBook.All.Count, json.RootElement.GetProperty("laws").GetArrayLength());
        Assert.Equal(LawBook.All.Count + 1, Margcond.Run("verify", "--list", "--format", "csv").Out.TrimEnd('\n').Split('\n').Length);
    }

    [Theory]
    [InlineData("verify", "There is no program to try the laws on.")]
    [InlineData("verify --command x --law row-ordre", "Did you mean \"row-order\"?")]
    [InlineData("verify --command x --tests 0", "--tests has to be 1 or more")]
    [InlineData("verify --list --seed 3", "--seed")]
    [InlineData("verify --command x --formula 'y ~ a * b'", "is not a sum of columns with an intercept")]
    [InlineData("verify --command x --family gamma --link logit", "logit")]
    [InlineData("verify --command no-such-program-anywhere", "The program does not answer:")]
    public void What_is_wrong_with_the_line_is_said(string line, string part)
    {
        var run = Margcond.RunLine(line);
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Out);
        Assert.Contains(part, run.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    private RunResult Run(string cluster, params string[] more) => Margcond.Run(
    [
        "verify", "--command", Write(Difference.Replace("CLUSTER", cluster, StringComparison.Ordinal)), "--family", "gaussian",
        "--small-sample", "none", .. more,
    ]);

    private string Write(string body)
    {
        var path = Path.Combine(folder.Path, Path.GetRandomFileName() + ".sh");
        File.WriteAllText(
            path, $"echo '{{\"ready\": \"child 1\"}}'\nwhile IFS= read -r line; do\n{body}\ndone\n".ReplaceLineEndings("\n"));
        return $"sh {path}";
    }

    private static List<string> Rows(string text) =>
        [.. text.Split('\n').Where(line => line.StartsWith("    c", StringComparison.Ordinal))];
}
