using System.Globalization;
using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Gee;

/// <summary>Ordered outcomes at the console of gee.</summary>
public sealed class OrdinalGeeTests
{
    private static readonly string[] Arthritis =
    [
        "gee", Repository.Data("arthritis"), "y ~ factor(trt) + baseline", "--cluster", "id", "--wave", "time", "--family", "ordinal",
    ];

    [Theory]
    [InlineData("--scale-fix 2", "--scale-fix has no meaning for ordinal outcomes")]
    [InlineData("--bias-reduction firth", "--bias-reduction has no meaning for ordinal outcomes")]
    [InlineData("--association exchangeable", "--association has no meaning for ordinal outcomes")]
    [InlineData("--slopes baseline --scale response --average predictors", "--average predictors has no meaning for ordinal outcomes")]
    [InlineData("--nominal age", "--nominal names age, which is no term of the formula")]
    [InlineData("--link log", "does not suit an ordinal outcome")]
    [InlineData("--exponentiate --link probit", "--exponentiate has no meaning with the probit link")]
    [InlineData("--contrast time", "time")]
    public void What_has_no_meaning_is_refused(string options, string expected)
    {
        var run = Margcond.Run([.. Arthritis, .. options.Split(' ')]);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("", run.Out);
        Assert.Contains(expected, Line(run.Error), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--corr lor-uniform", "--family ordinal")]
    [InlineData("--nominal age", "--family ordinal")]
    [InlineData("--link loglog", "--family ordinal")]
    public void What_belongs_to_ordinal_outcomes_says_so(string options, string expected)
    {
        var run = Margcond.Run(
            ["gee", Repository.Data("ohio"), "resp ~ age", "--cluster", "id", .. options.Split(' ')]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, Line(run.Error), StringComparison.Ordinal);
    }

    [Fact]
    public void The_JSON_has_thresholds_and_tests_of_proportional_odds()
    {
        var run = Margcond.Run([.. Arthritis, "--test-proportional", "--format", "json", "--se", "robust", "--se", "morel"]);
        Assert.Equal(0, run.ExitCode);
        using var document = JsonDocument.Parse(run.Out);
        var json = document.RootElement;
        Assert.Equal("ordinal", json.GetProperty("family").GetString());
        Assert.Equal(888, json.GetProperty("observations").GetInt32());
        Assert.Equal(3, json.GetProperty("clusterSizes").GetProperty("max").GetInt32());
        Assert.Equal(["1", "2", "3", "4", "5"], Texts(json.GetProperty("categories")));
        Assert.Equal(["1|2", "2|3", "3|4", "4|5"], Terms(json.GetProperty("thresholds")));
        Assert.Equal(["factor(trt)2", "baseline"], Terms(json.GetProperty("coefficients")));
        Assert.Equal(6, json.GetProperty("covariance").GetArrayLength());
        Assert.Equal(6, json.GetProperty("se").GetProperty("morel").GetArrayLength());
        var odds = json.GetProperty("proportionalOdds");
        Assert.Equal(["factor(trt)", "baseline", "all"], Terms(odds.GetProperty("tests")));
        Assert.Equal([3, 3, 6], odds.GetProperty("tests").EnumerateArray().Select(test => test.GetProperty("df").GetInt32()));
        Assert.Equal(8, odds.GetProperty("slopes").GetArrayLength());
    }

    [Fact]
    public void Categories_are_predicted_for_the_rows_and_for_new_ones()
    {
        using var folder = new TemporaryFolder();
        var (rows, fresh) = (Path.Combine(folder.Path, "rows.csv"), Path.Combine(folder.Path, "fresh.csv"));
        Assert.Equal(0, Margcond.Run([.. Arthritis, "--predictions", rows]).ExitCode);
        var lines = File.ReadAllLines(rows);
        Assert.StartsWith("row,id,observed,probability 1,probability 1 se,probability 2", lines[0], StringComparison.Ordinal);
        Assert.Equal(889, lines.Length);
        foreach (var line in lines.Skip(1).Take(20))
        {
            double[] numbers = [.. line.Split(',').Skip(3).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            Assert.Equal(1, numbers.Where((_, i) => i % 2 == 0).Sum(), 1e-12);
        }

        // The first patient has treatment 2 and baseline 2.
        var data = folder.Write("new.csv", "trt,baseline\n2,2\n");
        Assert.Equal(0, Margcond.Run([.. Arthritis, "--newdata", data, "--predictions", fresh]).ExitCode);
        Assert.Equal(lines[1].Split(',')[3..], File.ReadAllLines(fresh)[1].Split(',')[1..]);
    }

    [Fact]
    public void Every_structure_is_compared_with_the_others()
    {
        var run = Margcond.Run([.. Arthritis, "--corr", "all", "--format", "json"]);
        Assert.Equal(0, run.ExitCode);
        using var document = JsonDocument.Parse(run.Out);
        string[] names =
        [
            .. document.RootElement.GetProperty("structures").EnumerateArray().Select(one => one.GetProperty("structure").GetString()!),
        ];
        Assert.Contains("exchangeable", names);
        Assert.Contains("lor-rc", names);
    }

    [Fact]
    public void With_two_categories_the_fit_is_the_binary_one_and_nothing_is_to_be_tested()
    {
        string[] call = ["gee", Repository.Data("ohio"), "resp ~ age", "--cluster", "id", "--format", "json"];
        var ordinal = Margcond.Run([.. call, "--family", "ordinal", "--test-proportional"]);
        var binary = Margcond.Run([.. call, "--scale-fix", "1"]);
        Assert.Contains("no test of proportional odds", Line(ordinal.Error), StringComparison.Ordinal);
        using var one = JsonDocument.Parse(ordinal.Out);
        using var other = JsonDocument.Parse(binary.Out);
        var (slope, coefficients) = (one.RootElement.GetProperty("coefficients")[0], other.RootElement.GetProperty("coefficients"));
        foreach (var member in (string[])["estimate", "se", "p", "upper"])
        {
            Assert.Equal(coefficients[1].GetProperty(member).GetDouble(), slope.GetProperty(member).GetDouble(), 1e-8);
        }

        var threshold = one.RootElement.GetProperty("thresholds")[0].GetProperty("estimate").GetDouble();
        Assert.Equal(-coefficients[0].GetProperty("estimate").GetDouble(), threshold, 1e-8);
    }

    [Fact]
    public void One_category_is_refused_by_its_name()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Write("one.csv", "id,y,x\n1,5,0\n1,5,1\n2,5,0\n2,5,1\n");
        var run = Margcond.Run(["gee", data, "y ~ x", "--cluster", "id", "--family", "ordinal"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("The outcome y is 5 in every row used", Line(run.Error), StringComparison.Ordinal);
    }

    private static string Line(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string[] Terms(JsonElement rows) => [.. rows.EnumerateArray().Select(row => row.GetProperty("term").GetString()!)];

    private static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(text => text.GetString()!)];
}
