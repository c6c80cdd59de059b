using System.Globalization;
using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;
using MathNet.Numerics.Distributions;

namespace MarginalConditional.Cli.Tests.Means;

/// <summary>Two factors whose cells hold 3, 2, 2 and 3 rows: means of cells are averages, and everything else is made of them.</summary>
public sealed class MeansByHandTests : IDisposable
{
    private static readonly (string A, string B, double Y)[] Rows =
    [
        ("p", "u", 1), ("p", "u", 3), ("p", "v", 2), ("q", "u", 7), ("q", "v", 5), ("q", "v", 6), ("q", "v", 9), ("p", "u", 2),
        ("p", "v", 4), ("q", "u", 8),
    ];

    private readonly TemporaryFolder folder = new();
    private readonly string fit;
    private readonly string file;

    public MeansByHandTests()
    {
        file = folder.Write("cells.csv", "id,a,b,y,x,z\n" + string.Concat(Rows.Select((row, place) => FormattableString.Invariant(
            $"{1 + (place / 2)},{row.A},{row.B},{row.Y},{place % 4},{(row.Y > 4 ? 1 : 0)}\n"))));
        fit = $"gee {file} \"y ~ a * b\" --cluster id --corr independence --family gaussian --se model";
    }

    private static double Error => Math.Sqrt(Rows.Sum(row => Math.Pow(row.Y - Cell(row.A, row.B), 2)) / 6);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Means_of_one_factor_are_averages_of_cells()
    {
        var answer = Answers.Json(fit + " --lsmeans a");
        Answers.Near(
            [(Cell("p", "u") + Cell("p", "v")) / 2, (Cell("q", "u") + Cell("q", "v")) / 2], answer.Each("means", "estimate"));
        Assert.All(answer.Each("means", "se"), error => Assert.Equal(Error * Math.Sqrt((1.0 / 3) + (1.0 / 2)) / 2, error, 1e-9));
        Assert.Equal("Averaged over b, weighted equally.", answer.At("meanNotes", 0).GetString());
        Assert.Equal("p", answer.At("means", 0, "at", "a").GetString());
    }

    /// <summary>As often as the levels of b are in the data (proportional), or in the rows of each level of a (cells).</summary>
    [Fact]
    public void Weights_of_the_other_factor_are_those_asked_for()
    {
        var proportional = Answers.Json(fit + " --lsmeans a --mean-weights proportional");
        Answers.Near(
            [(0.5 * Cell("p", "u")) + (0.5 * Cell("p", "v")), (0.5 * Cell("q", "u")) + (0.5 * Cell("q", "v"))],
            proportional.Each("means", "estimate"));
        var cells = Answers.Json(fit + " --lsmeans a --mean-weights cells");
        Answers.Near(
            [Rows.Where(row => row.A == "p").Average(row => row.Y), Rows.Where(row => row.A == "q").Average(row => row.Y)],
            cells.Each("means", "estimate"));
    }

    [Fact]
    public void Combinations_are_the_cells_and_pairs_within_another_factor_their_differences()
    {
        var answer = Answers.Json(fit + " --lsmeans a --by b --pairs");
        Answers.Near(
            [Cell("p", "u"), Cell("q", "u"), Cell("p", "v"), Cell("q", "v")], answer.Each("means", "estimate"));
        Answers.Near([Cell("p", "u") - Cell("q", "u"), Cell("p", "v") - Cell("q", "v")], answer.Each("pairs", "estimate"));
        Assert.Equal(["u", "v"], answer.GetProperty("pairs").EnumerateArray().Select(pair => pair.At("at", "b").GetString()));
        Assert.All(answer.Each("pairs", "se"), error => Assert.Equal(Error * Math.Sqrt((1.0 / 3) + (1.0 / 2)), error, 1e-9));
        var reverse = Answers.Json(fit + " --lsmeans a --by b --pairs reverse");
        Answers.Near([.. answer.Each("pairs", "estimate").Select(value => -value)], reverse.Each("pairs", "estimate"));
    }

    /// <summary>Six pairs of four means: p times 6, or times the number of those not yet rejected, never above 1.</summary>
    [Theory]
    [InlineData("bonferroni")]
    [InlineData("holm")]
    [InlineData("hochberg")]
    [InlineData("bh")]
    [InlineData("sidak")]
    [InlineData("none")]
    public void P_values_are_adjusted_as_their_method_defines(string method)
    {
        var answer = Answers.Json($"{fit} --lsmeans a:b --pairs --adjust {method}");
        var p = answer.Each("pairs", "p");
        Assert.Equal(6, p.Length);
        var sorted = p.Order().ToArray();
        double Adjusted(double value)
        {
            var rank = Array.IndexOf(sorted, value);
            return method switch
            {
                "bonferroni" => Math.Min(1, 6 * value),
                "holm" => Enumerable.Range(0, rank + 1).Max(k => Math.Min(1, (6 - k) * sorted[k])),
                "hochberg" => Enumerable.Range(rank, 6 - rank).Min(k => Math.Min(1, (6 - k) * sorted[k])),
                "bh" => Enumerable.Range(rank, 6 - rank).Min(k => Math.Min(1, 6.0 / (k + 1) * sorted[k])),
                "sidak" => 1 - Math.Pow(1 - value, 6),
                _ => value,
            };
        }

        Answers.Near([.. p.Select(Adjusted)], answer.Each("pairs", "adjusted"), 1e-10);
        Assert.Equal(method, answer.At("adjust").GetString());
    }

    /// <summary>Scheffé's: all contrasts among four means at once, χ² of 3 degrees of freedom.</summary>
    [Fact]
    public void Scheffe_s_method_takes_all_contrasts_as_one_family()
    {
        var answer = Answers.Json(fit + " --lsmeans a:b --pairs --adjust scheffe");
        foreach (var pair in answer.GetProperty("pairs").EnumerateArray())
        {
            var statistic = Math.Pow(pair.Number("estimate") / pair.Number("se"), 2);
            Assert.Equal(1 - ChiSquared.CDF(3, statistic), pair.Number("adjusted"), 1e-9);
        }
    }

    [Fact]
    public void Contrasts_of_means_are_sums_of_them()
    {
        var answer = Answers.Json(fit + " --lsmeans a:b --mean-contrast \"(p:u + p:v) / 2 - q:v\" --pairs \"vs q:u\"");
        Assert.Equal(
            ((Cell("p", "u") + Cell("p", "v")) / 2) - Cell("q", "v"), answer.Number("meanContrasts", 0, "estimate"), 1e-9);
        Assert.Equal(
            Error * Math.Sqrt((1.0 / 4 / 3) + (1.0 / 4 / 2) + (1.0 / 3)), answer.Number("meanContrasts", 0, "se"), 1e-9);
        Answers.Near(
            [Cell("p", "u") - Cell("q", "u"), Cell("p", "v") - Cell("q", "u"), Cell("q", "v") - Cell("q", "u")],
            answer.Each("pairs", "estimate"));
    }

    [Fact]
    public void A_difference_of_differences_is_the_interaction()
    {
        var answer = Answers.Json(fit + " --lsmeans a:b --pairs interaction");
        var expected = Cell("p", "u") - Cell("q", "u") - (Cell("p", "v") - Cell("q", "v"));
        Assert.Equal(expected, answer.Number("pairs", 0, "estimate"), 1e-9);
        Assert.Equal(Math.Abs(expected), Math.Abs(answer.Number("coefficients", 3, "estimate")), 1e-9);
        Assert.Equal(answer.Number("coefficients", 3, "se"), answer.Number("pairs", 0, "se"), 1e-9);
    }

    /// <summary>A covariate stands at its mean, or where --at puts it; its slope is the same in every row without an interaction.</summary>
    [Fact]
    public void A_covariate_stands_at_its_mean_or_where_it_is_put()
    {
        var line = $"gee {file} \"y ~ a + x\" --cluster id --corr independence --family gaussian";
        var answer = Answers.Json(line + " --lsmeans a --slopes x");
        var b = answer.Each("coefficients", "estimate");
        var mean = Enumerable.Range(0, 10).Average(place => place % 4);
        Answers.Near([b[0] + (b[2] * mean), b[0] + b[1] + (b[2] * mean)], answer.Each("means", "estimate"));
        Assert.All(answer.Each("slopes", "estimate"), slope => Assert.Equal(b[2], slope, 1e-9));
        Assert.All(answer.Each("slopes", "se"), error => Assert.Equal(answer.Number("coefficients", 2, "se"), error, 1e-9));
        var put = Answers.Json(line + " --lsmeans a --at x=0,10");
        Assert.Equal(4, put.GetProperty("means").GetArrayLength());
        foreach (var row in put.GetProperty("means").EnumerateArray())
        {
            var x = double.Parse(Text(row, "x"), CultureInfo.InvariantCulture);
            Assert.Equal(b[0] + (Text(row, "a") == "q" ? b[1] : 0) + (x * b[2]), row.Number("estimate"), 1e-9);
        }
    }

    [Fact]
    public void Risks_and_their_odds_ratio_are_of_the_means_on_the_logit()
    {
        var line = $"gee {file} \"z ~ b + x\" --cluster id --corr independence --lsmeans b --pairs";
        var (link, response) = (Answers.Json(line), Answers.Json(line + " --scale response"));
        var logits = link.Each("means", "estimate");
        Answers.Near([.. logits.Select(eta => 1 / (1 + Math.Exp(-eta)))], response.Each("means", "estimate"), 1e-8);
        foreach (var (eta, row) in logits.Zip(response.GetProperty("means").EnumerateArray()))
        {
            var mean = 1 / (1 + Math.Exp(-eta));
            Assert.True(row.Number("lower") > 0 && row.Number("lower") < mean && row.Number("upper") < 1);
        }

        Assert.Equal(Math.Exp(logits[0] - logits[1]), response.Number("pairs", 0, "ratio", "estimate"), 1e-7);
    }

    [Fact]
    public void A_joint_test_of_a_factor_with_two_levels_is_its_pair()
    {
        var answer = Answers.Json(fit + " --lsmeans a --pairs --joint");
        var test = answer.GetProperty("jointTests").EnumerateArray().First(one => one.At("term").GetString() == "a");
        Assert.Equal(Math.Pow(answer.Number("pairs", 0, "statistic"), 2), test.Number("statistic"), 1e-8);
        Assert.Equal(answer.Number("pairs", 0, "p"), test.Number("p"), 1e-9);
    }

    private static string Text(JsonElement row, string variable) => row.At("at", variable).GetString()!;

    private static double Cell(string a, string b) => Rows.Where(row => row.A == a && row.B == b).Average(row => row.Y);
}
