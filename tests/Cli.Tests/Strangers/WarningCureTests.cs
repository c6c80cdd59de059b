using System.Globalization;
using System.Text;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Strangers;

/// <summary>A warning names what cures it, and is silent when that is in force, as in <see cref="MeaninglessNumbersTests"/>.</summary>
public sealed class WarningCureTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // The call; a piece of the warning; the cure that it names; what is added to the call, and taken from it.
    [Theory]
    [InlineData("gee PAIR 'y ~ x' --cluster id --family gaussian", "robust variance is singular", "--se model", "--se model", "")]
    [InlineData("gee SINGLE 'y ~ x' --cluster id --corr exchangeable", "Every cluster has one row", "--corr independence",
        "--corr independence", "--corr exchangeable")]
    [InlineData("gee SHARES 'p ~ x' --cluster id", "are not whole", "--weights", "--weights n", "")]
    [InlineData("gee SHARES 'p ~ x' --cluster id --family poisson", "not whole numbers", "--offset \"log(time)\"",
        "'e ~ x' --offset log(n)", "'p ~ x'")]
    [InlineData("gee SHARES 'e/n ~ x' --cluster id --max-iterations 1", "The limit of 1 pass", "--max-iterations", "",
        "--max-iterations 1")]
    [InlineData("gee AR1 'y ~ trt + t' --cluster id --wave t --corr ar1", "No two rows", "--corr decay", "--corr decay", "--corr ar1")]
    [InlineData("gee NEG3 'y ~ x' --cluster id --family gaussian", "at its bound", "--corr independence", "--corr independence", "")]
    [InlineData("glmm SHARES 'p ~ x + (1 | id)'", "are not whole", "--weights", "--weights n", "")]
    [InlineData("glmm EVEN 'y ~ x + (1 | id)' --family negative-binomial", "vary no more than a Poisson", "--family poisson",
        "--family poisson", "--family negative-binomial")]
    [InlineData("glmm TOENAIL 'y ~ treatment * time + (1 | patientID)' --nodes 5", "changes by", "--nodes auto", "--nodes auto",
        "--nodes 5")]
    [InlineData("glmm ONEROW 'y ~ x + z + (1 | id)'", "separated along", "--penalty", "--penalty 2.5", "")]
    [InlineData("glmm EVEN 'y ~ x + (1 | id) + (1 | item)' --family poisson", "are crossed", "--nodes 1", "--nodes 1", "")]
    [InlineData("glmm EVEN 'y ~ x + (1 | block/id/row)' --family poisson", "more than two levels", "--nodes 1", "--nodes 1", "")]
    [InlineData("marginalize SHARES 'p ~ x + (1 | id)'", "are not whole", "--weights", "--weights n", "")]
    [InlineData("marginalize EVEN 'y ~ x + (1 | id)' --family negative-binomial", "vary no more than a Poisson", "--family poisson",
        "--family poisson", "--family negative-binomial")]
    [InlineData("marginalize TOENAIL 'y ~ treatment * time + (1 | patientID)' --nodes 5", "changes by", "--nodes auto", "--nodes auto",
        "--nodes 5")]
    [InlineData("profile SHARES 'p ~ x + (1 | id)'", "are not whole", "--weights", "--weights n", "")]
    [InlineData("profile TOENAIL 'y ~ treatment * time + (1 | patientID)' --nodes 5", "changes by", "--nodes auto", "--nodes auto",
        "--nodes 5")]
    [InlineData("lmm CELL 'y ~ f1 * f2 + (1 | g)'", "Some cells are empty", "--type 2", "--type 2", "")]
    [InlineData("meta BCG --measure RR --treat tpos,tneg --control cpos,cneg --method FE", "One common effect is assumed",
        "--method REML", "--method REML", "--method FE")]
    [InlineData("meta APART --yi y --vi v", "poorly known", "--ci hartung-knapp", "--ci hartung-knapp", "")]
    [InlineData("meta ALIKE --yi y --vi v --ci hartung-knapp", "agree better", "--ci hartung-knapp-adhoc", "--ci hartung-knapp-adhoc",
        "--ci hartung-knapp")]
    [InlineData("meta TWO --yi y --vi v --ci hartung-knapp --student-prediction", "unbounded for two studies", "--student-prediction",
        "", "--student-prediction")]
    public void A_warning_names_its_cure_and_falls_silent(string call, string warning, string cure, string more, string less)
    {
        var line = Filled(call);
        var plain = Flat(Margcond.RunLine(line).Error);
        Assert.Contains(warning, plain, StringComparison.Ordinal);
        var sentence = plain[plain.IndexOf(warning, StringComparison.Ordinal)..];
        Assert.Contains(cure, sentence.Split("margcond: ")[0], StringComparison.Ordinal);
        var cured = Margcond.RunLine((less.Length > 0 ? line.Replace(less, string.Empty, StringComparison.Ordinal) : line) + " " + more);
        Assert.True(cured.ExitCode is 0 or 3, cured.Error);
        Assert.DoesNotContain(warning, Flat(cured.Error), StringComparison.Ordinal);
    }

    private string Filled(string call)
    {
        foreach (var (name, path) in new[]
        {
            ("TOENAIL", Repository.Data("toenail")), ("BCG", Repository.Data("bcg")), ("AR1", Stranger("ar1_no_pairs")),
            ("NEG3", Stranger("neg3")), ("ONEROW", Stranger("separated-one-row")), ("CELL", Stranger("missing-cell")),
        })
        {
            call = call.Replace(name, path, StringComparison.Ordinal);
        }

        foreach (var (name, text) in new[]
        {
            ("PAIR", Table("id,x,y", 8, i => $"{i / 4},{i % 4},{(i * i % 7) + (0.5 * (i % 4))}")),
            ("SINGLE", Table("id,x,y", 40, i => $"{i},{i % 5},{i * 7 % 11 % 2}")),
            ("SHARES", Table("id,x,e,n,p", 120, i => $"{i / 3},{i % 5},{i * 7 % 11 % 4},8,{i * 7 % 11 % 4 / 8.0}")),
            ("EVEN", Table("id,item,block,row,x,y", 120, i => $"{i / 4},{i % 4},{i / 20},{i},{i % 5},{5 + (i * 7 % 3)}")),
            ("APART", "y,v\n0.1,0.04\n0.9,0.05\n-0.4,0.06\n0.6,0.03\n"),
            ("ALIKE", "y,v\n0.50,0.2\n0.51,0.3\n0.49,0.25\n0.50,0.2\n0.505,0.3\n"),
            ("TWO", "y,v\n0.1,0.04\n0.9,0.05\n"),
        })
        {
            if (call.Contains(name, StringComparison.Ordinal))
            {
                call = call.Replace(name, folder.Write(name.ToLowerInvariant() + ".csv", text), StringComparison.Ordinal);
            }
        }

        return call;
    }

    private static string Table(string header, int rows, Func<int, FormattableString> row)
    {
        var text = new StringBuilder(header).Append('\n');
        for (var i = 0; i < rows; i++)
        {
            text.Append(row(i).ToString(CultureInfo.InvariantCulture)).Append('\n');
        }

        return text.ToString();
    }

    private static string Stranger(string name) => Repository.File("tests", "Cli.Tests", "Strangers", name + ".csv");

    private static string Flat(string text) => string.Join(' ', text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
