using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Strangers;

/// <summary>What was asked for and would change nothing is refused with what was meant; files that are read are not written over.</summary>
public sealed class OptionEffectTests
{
    private const string Toenail = "examples/toenail/toenail.csv";

    [Theory]
    [InlineData("gee {0} 'y ~ time' --cluster patientID --within treatment", "--corr nested")]
    [InlineData("gee {0} 'y ~ time' --cluster patientID --corr ar1 --wave visit --m 2", "--corr m-dependent")]
    [InlineData("gee {0} 'y ~ time' --cluster patientID --corr-file r.csv", "--corr fixed")]
    [InlineData("gee {0} 'y ~ time' --cluster patientID --corr independence --repair nearest", "independence")]
    [InlineData("gee {0} 'y ~ time' --cluster patientID --staying-weights cluster", "--staying FORMULA")]
    [InlineData("gee {0} 'y ~ time' --cluster patientID --staying '~ y' --wave visit --se model", "--staying")]
    [InlineData("gee {0} 'y ~ time' --cluster patientID --association exchangeable --corr ar1", "--association")]
    [InlineData("gee {0} 'y ~ time' --cluster patientID --association exchangeable --contrast time", "--association")]
    [InlineData("gee {0} 'y ~ time' --cluster patientID --overwrite", "--out")]
    [InlineData("compare {0} 'y ~ time' --cluster patientID --m 2", "--corr m-dependent")]
    [InlineData("gee {0} 'y ~ time' --cluster patientID --factor month", "Column month is not used by the model")]
    [InlineData("gee {0} 'y ~ time' --cluster patientID --order treatment=a,b", "Column treatment is not used by the model")]
    [InlineData("gee {0} 'y ~ time' --cluster patientID --reference treatment=itraconazole", "it is not in the formula")]
    [InlineData("glmm {0} 'y ~ time + (1 | patientID)' --factor month", "Column month is not used by the model")]
    [InlineData("lmm {0} 'y ~ time + (1 | patientID)' --factor month", "Column month is not used by the model")]
    [InlineData("marginalize {0} 'y ~ time + (1 | patientID)' --factor month", "Column month is not used by the model")]
    [InlineData("compare {0} 'y ~ time' --cluster patientID --factor month", "Column month is not used by the model")]
    [InlineData("profile {0} 'y ~ time + (1 | patientID)' --factor month", "Column month is not used by the model")]
    [InlineData("glmm {0} 'y ~ time + (1 | patientID)' --seed 3", "--bootstrap")]
    [InlineData("lmm {0} 'y ~ time + (1 | patientID)' --wave visit", "--residual")]
    [InlineData("meta m.csv --yi y --vi v --add 1", "--measure")]
    [InlineData("meta m.csv --measure OR --treat a,b --control c,d --zero-cells none --add 1", "--zero-cells none")]
    [InlineData("meta m.csv --yi y --vi v --method FE --student-prediction", "--method FE")]
    [InlineData("plan --control .3 --treatment .2 --size 30 --rho .05 --clusters 20 --power .9", "--clusters")]
    [InlineData("plan --control .3 --treatment .2 --sizes 30,20 --rho .05 --cv .4", "--sizes")]
    [InlineData("demo --data --replicates 4", "--data")]
    [InlineData("simulate study.yaml --zero-based", "--shard")]
    [InlineData("simulate study.yaml --overwrite", "--out")]
    public void An_option_without_effect_is_refused_with_the_one_that_was_meant(string line, string meant)
    {
        var run = Margcond.RunLine(line.Replace("{0}", Toenail, StringComparison.Ordinal));
        Assert.Equal(2, run.ExitCode);
        var words = run.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(meant, string.Join(' ', words), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gee", "'y ~ time' --cluster patientID")]
    [InlineData("glmm", "'y ~ time + (1 | patientID)' --nodes 5")]
    [InlineData("marginalize", "'y ~ time + (1 | patientID)' --nodes 5")]
    public void Exponentiated_CSV_has_both_scales(string command, string rest)
    {
        string[] Line(string options) => [.. Margcond.RunLine($"{command} {Toenail} {rest} --contrast 2*time --format csv {options}")
            .Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        var (plain, both) = (Line(string.Empty), Line("--exponentiate"));
        Assert.Equal(plain.Length, both.Length);
        Assert.Equal(plain[0] + ",ratio,ratio_lower,ratio_upper", both[0]);
        for (var row = 1; row < plain.Length; row++)
        {
            Assert.StartsWith(plain[row] + ",", both[row], StringComparison.Ordinal);
            double[] numbers = [.. both[row].Split(',').Skip(1).Where(field => field != "NA")
                .Select(field => double.Parse(field, System.Globalization.CultureInfo.InvariantCulture))];
            Assert.Equal(Math.Exp(numbers[0]), numbers[^3], 1e-12);
            Assert.Equal(Math.Exp(numbers[^5]), numbers[^2], 1e-12);
            Assert.Equal(Math.Exp(numbers[^4]), numbers[^1], 1e-12);
        }
    }

    [Theory]
    [InlineData("board.svg", "")]
    [InlineData("fit.xls", "")]
    [InlineData("fit.xlsx", "--format csv")]
    [InlineData("fit.json", "--format csv")]
    [InlineData("fit.csv", "--format json")]
    [InlineData("fit.csv", "--format table")]
    public void A_form_that_is_not_written_is_refused(string name, string more)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, name);
        Assert.Equal(2, Margcond.RunLine($"gee {Toenail} 'y ~ time' --cluster patientID --out '{path}' {more}").ExitCode);
        Assert.False(File.Exists(path));
    }

    [Theory]
    [InlineData("fit.json", "{")]
    [InlineData("fit.csv", "term,estimate")]
    [InlineData("fit.txt", "toenail.csv: 1,908 rows")]
    [InlineData("fit", "toenail.csv: 1,908 rows")]
    public void The_ending_chooses_the_form(string name, string start)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, name);
        Assert.Equal(0, Margcond.RunLine($"gee {Toenail} 'y ~ time' --cluster patientID --out '{path}'").ExitCode);
        Assert.StartsWith(start, File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--out")]
    [InlineData("--predictions")]
    public void The_file_that_is_read_is_not_written_over(string option)
    {
        using var folder = new TemporaryFolder();
        var data = folder.Write("trial.csv", File.ReadAllText(Toenail));
        var other = Path.Combine(folder.Path, ".", "trial.csv");
        var refused = Margcond.Run("gee", data, "y ~ time", "--cluster", "patientID", option, other);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("--overwrite", refused.Error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(Toenail), File.ReadAllText(data));
        if (option == "--out")
        {
            Assert.Equal(0, Margcond.Run("gee", data, "y ~ time", "--cluster", "patientID", option, other, "--overwrite").ExitCode);
            Assert.StartsWith("term,", File.ReadAllText(data), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Two_results_do_not_share_a_file()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.csv", "x");
        Assert.Equal(
            2,
            Margcond.Run("gee", Toenail, "y ~ time", "--cluster", "patientID", "--predictions", path, "--diagnostics", path).ExitCode);
    }

    [Fact]
    public void Totals_in_a_meta_analysis_are_said_by_a_slash()
    {
        using var folder = new TemporaryFolder();
        var totals = folder.Write("t.csv", "ai,n1i,ci,n2i\n6,24,11,27\n1,9,10,15\n7,26,4,30\n");
        var others = folder.Write("o.csv", "ai,bi,ci,di\n6,18,11,16\n1,8,10,5\n7,19,4,26\n");
        var said = Margcond.Run("meta", totals, "--measure", "OR", "--treat", "ai/n1i", "--control", "ci/n2i");
        Assert.Equal(0, said.ExitCode);
        var right = Margcond.Run("meta", others, "--measure", "OR", "--treat", "ai,bi", "--control", "ci,di");
        Assert.Equal(right.Out[1..], said.Out[1..]);
        Assert.DoesNotContain("totals", said.Error + right.Error, StringComparison.Ordinal);
        var asked = Margcond.Run("meta", totals, "--measure", "OR", "--treat", "ai,n1i", "--control", "ci,n2i");
        Assert.Contains("--treat ai/n1i", asked.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        var swapped = Margcond.Run("meta", totals, "--measure", "OR", "--treat", "n1i/ai", "--control", "ci/n2i");
        Assert.Equal(2, swapped.ExitCode);
        Assert.Contains("line 2, column ai", swapped.Error, StringComparison.Ordinal);
    }
}
