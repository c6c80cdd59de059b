using System.Globalization;
using MarginalConditional.Cli.Imputed;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Imputed;

/// <summary>
/// <see cref="ImputationOptions"/>, <see cref="ImputedTables"/> and <see cref="ImputedChecks"/>: one file or several, and what has to be
/// the same in all sets.
/// </summary>
public sealed class ImputationInputTests
{
    [Fact]
    public void Several_files_are_the_sets_of_one_in_the_natural_order_of_their_names()
    {
        using var folder = new TemporaryFolder();
        var rows = ImputedRuns.Rows();
        foreach (var (set, name) in ((string, string)[])[("1", "imp2"), ("2", "imp9"), ("3", "imp10"), ("4", "imp11"), ("5", "imp100")])
        {
            folder.Write(name + ".csv", rows.Where(row => row[0] == set), skip: 2);
        }

        var original = folder.Write("original.csv", rows.Where(row => row[0] == "0"), skip: 2);
        var pattern = Path.Combine(folder.Path, "imp*.csv");
        var one = ImputedRuns.Json($"{ImputedRuns.Gee} --imputation .imp");
        foreach (var data in (string[])[original, Path.Combine(folder.Path, "imp10.csv")])
        {
            var several = ImputedRuns.Json(
                $"gee {data} 'y ~ arm + x' --cluster id --corr exchangeable --moments geepack --imputed '{pattern}'");
            Assert.Equal(one.GetProperty("coefficients").ToString(), several.GetProperty("coefficients").ToString());
            Assert.Equal(
                ["imp2.csv", "imp9.csv", "imp10.csv", "imp11.csv", "imp100.csv"],
                several.GetProperty("fits").EnumerateArray().Select(fit => Path.GetFileName(fit.GetProperty("imputation").GetString()!)));
        }
    }

    /// <summary>Numbers of sets may begin at 1; the order of rows does not matter where they have ids.</summary>
    [Fact]
    public void Sets_may_be_numbered_and_ordered_otherwise()
    {
        using var folder = new TemporaryFolder();
        var rows = ImputedRuns.Rows();
        var expected = ImputedRuns.Json($"{ImputedRuns.Gee} --imputation .imp").GetProperty("coefficients").ToString();
        var sas = folder.Write("sas.csv", rows.Where(row => row[0] != "0"));
        var shuffled = folder.Write("shuffled.csv", rows.Where(row => row[0] == "0").Concat(
            rows.Where(row => row[0] != "0").OrderBy(row => Number(row[1]) * 7919 % 181).ThenByDescending(row => row[0])));
        foreach (var file in (string[])[sas, shuffled])
        {
            Assert.Equal(expected, ImputedRuns.Json(ImputedRuns.Gee.Replace(ImputedRuns.Data, file) + " --imputation .imp")
                .GetProperty("coefficients").ToString());
        }
    }

    /// <summary>A level, and the least and greatest value, that one set alone has: coefficients mean the same in every set.</summary>
    [Fact]
    public void Levels_and_knots_are_those_of_all_sets()
    {
        using var folder = new TemporaryFolder();
        var rows = ImputedRuns.Rows().Where(row => row[0] != "0").Select(row => (string[])row.Clone()).ToList();
        foreach (var row in rows)
        {
            row[3] = row[3] == "0" ? "b" : "c";
        }

        // Some rows of the first set and others of the second are of a level whose name comes first.
        foreach (var row in rows.Where(row => Number(row[1]) % 11 == Number(row[0])))
        {
            row[3] = "a";
        }

        rows[7][4] = "9";
        var file = folder.Write("levels.csv", rows);
        var root = ImputedRuns.Json($"gee {file} 'y ~ arm + ns(x, df = 2)' --cluster id --imputation .imp --df normal");
        Assert.NotEqual(0, root.Term("coefficients", "armb").Number("estimate"));

        // The third set by itself has other boundary knots; with those of all sets its fitted line is the same, its coefficients are not.
        var third = folder.Write("third.csv", rows.Where(row => row[0] == "3"));
        var alone = ImputedRuns.Json($"gee {third} 'y ~ arm + ns(x, df = 2)' --cluster id");
        var inPool = root.GetProperty("fits")[2];
        const string Spline = "ns(x, df = 2)1";
        Assert.NotEqual(
            alone.Term("coefficients", Spline).Number("estimate"), inPool.Term("coefficients", Spline).Number("estimate"), 1e-3);
    }

    [Fact]
    public void Sets_that_are_the_same_say_that_nothing_was_imputed()
    {
        var result = Margcond.RunLine($"gee {ImputedRuns.Data} 'arm ~ 1' --cluster .id --imputation .imp");
        Assert.Contains("Nothing was imputed", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_that_does_not_converge_stops_the_pool_unless_it_is_dropped()
    {
        using var folder = new TemporaryFolder();
        var rows = ImputedRuns.Rows().Where(row => row[0] != "0").Select(row => (string[])row.Clone()).ToList();
        foreach (var row in rows.Where(row => row[0] == "3"))
        {
            row[5] = row[3];
        }

        var line = ImputedRuns.Gee.Replace(ImputedRuns.Data, folder.Write("separated.csv", rows)) + " --imputation .imp";
        var refusal = ImputedRuns.Refusal(line);
        Assert.Contains("The fit of imputation 3 did not converge", refusal, StringComparison.Ordinal);
        Assert.Contains("--drop-failed", refusal, StringComparison.Ordinal);
        var dropped = ImputedRuns.Json(line + " --drop-failed");
        Assert.Equal(4, dropped.GetProperty("imputations").GetInt32());
        Assert.Contains("4 of 5 imputed data sets are pooled", dropped.GetProperty("notes").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_differs_between_sets_is_named()
    {
        using var folder = new TemporaryFolder();
        List<string[]> Rows() => [.. ImputedRuns.Rows().Select(row => (string[])row.Clone())];
        string Refused(List<string[]> rows, string formula = "y ~ arm + x") => ImputedRuns.Refusal(
            $"gee {folder.Write("bad.csv", rows)} '{formula}' --cluster id --imputation .imp");

        Assert.Contains(
            "imputation 1 has 180, imputation 4 has 179", Refused([.. Rows().Where(row => row[0] != "4" || row[1] != "20")]),
            StringComparison.Ordinal);
        Assert.Contains(
            "There is one imputed data set, imputation 2", Refused([.. Rows().Where(row => row[0] is "0" or "2")]),
            StringComparison.Ordinal);
        Assert.Contains(
            "no imputed data set", Refused([.. Rows().Where(row => row[0] == "0")]), StringComparison.Ordinal);

        var clusters = Rows().Where(row => row[0] != "0").ToList();
        clusters.First(row => row[0] == "2" && row[1] == "20")[2] = "30";
        Assert.Contains("The clusters of id differ between imputation 1 and imputation 2", Refused(clusters), StringComparison.Ordinal);

        // arm was never missing; row 20 of the second set stands in line 20 + 2·180 + 1.
        var changed = Rows();
        changed.First(row => row[0] == "2" && row[1] == "20")[3] = "7";
        var refusal = Refused(changed);
        Assert.Contains("line 381, column arm: arm is 1 in the incomplete data, where it is never missing, and 7 in imputation 2", refusal,
            StringComparison.Ordinal);

        var still = Rows().Where(row => row[0] != "0").ToList();
        still.First(row => row[0] == "5" && row[1] == "3")[4] = "";
        Assert.Contains("Imputation 1 leaves 180 rows to be used, and imputation 5 179", Refused(still), StringComparison.Ordinal);

        var aliased = Rows().Where(row => row[0] != "0").ToList();
        foreach (var row in aliased.Where(row => row[0] == "4"))
        {
            row[4] = row[3];
        }

        Assert.Contains("The coefficient of x can be estimated in imputation 1, and not in imputation 4", Refused(aliased),
            StringComparison.Ordinal);

        var unnumbered = Rows();
        unnumbered[500][0] = "";
        Assert.Contains("line 502, column .imp", Refused(unnumbered), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--imputation imp", "no column \"imp\"", "\".imp\"")]
    [InlineData("--imputed 'nothing*.csv'", "No file has a name like \"nothing*.csv\"", "quotes")]
    [InlineData("--imputation .imp --imputed a.csv", "both say where the imputed sets are", "Leave one")]
    [InlineData("--drop-failed", "--drop-failed has no effect", "--imputation")]
    [InlineData("--pool-scale logit", "--pool-scale has no effect", "--imputation")]
    [InlineData("--df mice", "--df has no effect as mice", "--imputation")]
    [InlineData("--imputation .imp --save fit.json", "--save does not go with imputed data", "one fit")]
    [InlineData("--imputation .imp --score-test", "--score-test does not go with imputed data", "Wald")]
    [InlineData("--imputation .imp --diagnostics d.csv", "--diagnostics does not go with imputed data", "one data set")]
    [InlineData("--imputation .imp --predictions p.csv", "--predictions does not go with imputed data", "--newdata")]
    [InlineData("--imputation .imp --se robust,model", "More than one kind of --se does not go with imputed data", "one of them")]
    [InlineData("--imputation .imp --where 'x > 0'", "leaves", "--where")]
    [InlineData("--imputation .imp --plot influence=i.svg", "no picture influence", "coefficients")]
    public void What_means_nothing_is_refused_with_the_cure(string options, string problem, string cure)
    {
        var refusal = ImputedRuns.Refusal($"gee {ImputedRuns.Data} 'y ~ arm + x' --cluster id {options}");
        Assert.Contains(problem, refusal, StringComparison.Ordinal);
        Assert.Contains(cure, refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gee", "--corr all --cluster id", "--corr all")]
    [InlineData("lmm", "--ci profile", "--ci profile")]
    [InlineData("lmm", "--residual all --cluster id", "--residual all")]
    [InlineData("lmm", "--random-effects r.csv", "--random-effects")]
    [InlineData("lmm", "--type 2", "--type")]
    [InlineData("glmm", "--ci profile", "--ci profile")]
    [InlineData("glmm", "--bootstrap 10", "--bootstrap")]
    [InlineData("glmm", "--simulated s.csv", "--simulated")]
    [InlineData("compare", "--cluster id --dial law", "--dial")]
    [InlineData("compare", "--cluster id --permutations 100", "--permutations")]
    public void Other_commands_refuse_what_belongs_to_one_data_set(string command, string options, string named)
    {
        var random = command is "lmm" or "glmm" ? " + (1 | id)" : "";
        Assert.Contains($"{named} does not go with imputed data", ImputedRuns.Refusal(
            $"{command} {ImputedRuns.Data} 'y ~ arm + x{random}' --imputation .imp {options}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_in_every_form_have_degrees_of_freedom_and_missing_information()
    {
        foreach (var (format, text) in ((string, string)[])
        [
            ("table", "df   fmi"), ("csv", "lower,upper,fmi"), ("csv --names broom", "conf.high,fmi"), ("markdown", "| df | fmi | p |"),
            ("html", "class=\"number\">fmi</th>"), ("latex", "df & fmi & p"),
        ])
        {
            var result = Margcond.RunLine($"{ImputedRuns.Gee} --imputation .imp --format {format}");
            Assert.Equal(0, result.ExitCode);
            Assert.Contains(text, result.Out, StringComparison.Ordinal);
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
