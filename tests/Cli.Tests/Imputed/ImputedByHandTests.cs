using System.Globalization;
using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Imputed;

/// <summary>Rubin's rules (1987, section 3.1) over four completed sets, each of which is fitted on its own as well.</summary>
public sealed class ImputedByHandTests : IDisposable
{
    private const int Sets = 4;
    private const string Options = "--cluster id --family gaussian --corr independence";

    private readonly TemporaryFolder folder = new();
    private readonly string stacked;
    private readonly string[] files = new string[Sets];

    public ImputedByHandTests()
    {
        for (var set = 0; set < Sets; set++)
        {
            var rows = Enumerable.Range(0, 18).Select(row => Row(set, row));
            files[set] = folder.Write($"imp{set + 1}.csv", "id,arm,y\n" + string.Concat(rows));
        }

        stacked = folder.Write("all.csv", ".imp,id,arm,y\n" + string.Concat(Enumerable.Range(0, Sets).SelectMany(set =>
            Enumerable.Range(0, 18).Select(row => $"{set + 1}," + Row(set, row)))));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Estimates_are_averaged_and_variances_within_and_between_added()
    {
        var pooled = Answers.Json($"gee {stacked} \"y ~ arm\" {Options} --imputation .imp");
        var single = files.Select(file => Answers.Json($"gee {file} \"y ~ arm\" {Options}")).ToArray();
        Assert.Equal(Sets, pooled.Number("imputations"));
        for (var k = 0; k < 2; k++)
        {
            double[] estimates = [.. single.Select(fit => fit.Number("coefficients", k, "estimate"))];
            var within = single.Average(fit => Math.Pow(fit.Number("coefficients", k, "se"), 2));
            var between = estimates.Sum(value => Math.Pow(value - estimates.Average(), 2)) / (Sets - 1);
            var total = within + (between * (Sets + 1) / Sets);
            var (row, parts) = (pooled.At("coefficients", k), pooled.At("pooling", k));
            Assert.Equal(estimates.Average(), row.Number("estimate"), 1e-10);
            Assert.Equal(Math.Sqrt(total), row.Number("se"), 1e-10);
            Assert.Equal(within, parts.Number("within"), 1e-10);
            Assert.Equal(between, parts.Number("between"), 1e-10);

            // r, the relative increase in variance; λ, its share of the whole; ν of Rubin; γ, with what ν leaves unknown.
            var increase = between * (Sets + 1) / Sets / within;
            var freedom = (Sets - 1) * Math.Pow(1 + (1 / increase), 2);
            Assert.Equal(increase, parts.Number("riv"), 1e-9);
            Assert.Equal(increase / (1 + increase), parts.Number("lambda"), 1e-9);
            Assert.Equal(freedom, row.Number("df"), 1e-8);
            Assert.Equal((increase + (2 / (freedom + 3))) / (1 + increase), row.Number("fmi"), 1e-8);
            Assert.Equal(row.Number("estimate") / row.Number("se"), row.Number("statistic"), 1e-9);
        }

        double Covariance(int i, int j)
        {
            double Mean(int k) => single.Average(fit => fit.Number("coefficients", k, "estimate"));
            var between = single.Sum(fit => (fit.Number("coefficients", i, "estimate") - Mean(i))
                * (fit.Number("coefficients", j, "estimate") - Mean(j))) / (Sets - 1);
            return single.Average(fit => fit.Number("covariance", i, j)) + (between * (Sets + 1) / Sets);
        }

        Assert.Equal(Covariance(0, 1), pooled.Number("covariance", 0, 1), 1e-10);
    }

    [Fact]
    public void Sets_of_one_file_and_of_several_are_the_same_sets()
    {
        var one = Answers.Json($"gee {stacked} \"y ~ arm\" {Options} --imputation .imp");
        var several = Answers.Json($"gee {files[0]} \"y ~ arm\" {Options} --imputed \"{folder.Path}/imp*.csv\"");
        Answers.Near(one.Each("coefficients", "estimate"), several.Each("coefficients", "estimate"), 1e-12);
        Answers.Near(one.Each("coefficients", "se"), several.Each("coefficients", "se"), 1e-12);
        Assert.Equal(4, several.GetProperty("fits").GetArrayLength());
    }

    /// <summary>mice keeps the incomplete data as set 0, with as many rows.</summary>
    [Fact]
    public void Rows_of_set_nought_are_left_out()
    {
        var lines = File.ReadAllLines(stacked);
        var incomplete = Enumerable.Range(0, 18).Select(row => $"0,{row / 3},{"ab"[row / 3 % 2]},{(row % 4 == 0 ? "NA" : "900")}");
        var with = folder.Write("with.csv", string.Join('\n', lines.Take(1).Concat(incomplete).Concat(lines.Skip(1))));
        var one = Answers.Json($"gee {stacked} \"y ~ arm\" {Options} --imputation .imp");
        var other = Answers.Json($"gee {with} \"y ~ arm\" {Options} --imputation .imp");
        Answers.Near(one.Each("coefficients", "estimate"), other.Each("coefficients", "estimate"), 0);
        Answers.Near(one.Each("coefficients", "se"), other.Each("coefficients", "se"), 0);
        var fewer = folder.Write("fewer.csv", string.Join('\n', lines.Take(1).Append("0,1,a,NA").Append("0,2,b,3").Concat(lines.Skip(1))));
        Assert.Contains(
            "The incomplete data have 2 rows, and the imputed sets 18.",
            Answers.Refusal($"gee {fewer} \"y ~ arm\" {Options} --imputation .imp"), StringComparison.Ordinal);
        var fewest = folder.Write("fewest.csv", string.Join('\n', lines.Take(1).Append("0,1,a,NA").Concat(lines.Skip(1))));
        Assert.Contains(
            "The incomplete data have 1 row, and the imputed sets 18.",
            Answers.Refusal($"gee {fewest} \"y ~ arm\" {Options} --imputation .imp"), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_fit_is_shown_beside_what_is_pooled()
    {
        var pooled = Answers.Json($"gee {stacked} \"y ~ arm\" {Options} --imputation .imp");
        foreach (var (set, fit) in pooled.GetProperty("fits").EnumerateArray().Index())
        {
            var single = Answers.Json($"gee {files[set]} \"y ~ arm\" {Options}");
            Assert.Equal($"{set + 1}", fit.At("imputation").GetString());
            Answers.Near(single.Each("coefficients", "estimate"), fit.Each("coefficients", "estimate"), 1e-12);
        }

        var scale = pooled.GetProperty("quantities").EnumerateArray().First(one => one.At("name").GetString() == "Scale");
        double[] scales = [.. files.Select(file => Answers.Json($"gee {file} \"y ~ arm\" {Options}").Number("scale"))];
        Answers.Near([scales.Average(), scales.Min(), scales.Max()], [scale.Number("pooled"), scale.Number("min"), scale.Number("max")]);
        var criterion = pooled.GetProperty("quantities").EnumerateArray().First(one => one.At("name").GetString() == "QIC");
        Assert.Equal(JsonValueKind.Null, criterion.At("pooled").ValueKind);
    }

    /// <summary>Where all sets are one nothing is added: the fit of it, with infinite degrees of freedom.</summary>
    [Fact]
    public void Sets_that_are_alike_are_one_fit()
    {
        var lines = File.ReadAllLines(files[0])[1..];
        var alike = folder.Write("alike.csv", ".imp,id,arm,y\n" + string.Concat(Enumerable.Range(1, 3).SelectMany(set =>
            lines.Select(line => $"{set},{line}\n"))));
        var pooled = Answers.Json($"gee {alike} \"y ~ arm\" {Options} --imputation .imp");
        var single = Answers.Json($"gee {files[0]} \"y ~ arm\" {Options}");
        Answers.Near(single.Each("coefficients", "se"), pooled.Each("coefficients", "se"), 1e-10);
        Answers.Near(single.Each("coefficients", "p"), pooled.Each("coefficients", "p"), 1e-9);
        Assert.Equal(0, pooled.Number("pooling", 1, "between"), 1e-20);
    }

    [Fact]
    public void Sets_that_differ_in_their_rows_are_refused()
    {
        var lines = File.ReadAllLines(stacked);
        var fewer = folder.Write("fewer.csv", string.Join('\n', lines[..^1]) + "\n");
        Assert.Contains(
            "The imputed data sets differ in their rows", Answers.Refusal($"gee {fewer} \"y ~ arm\" {Options} --imputation .imp"),
            StringComparison.Ordinal);
        var alone = folder.Write("alone.csv", string.Join('\n', lines.Take(19)) + "\n");
        Answers.Refusal($"gee {alone} \"y ~ arm\" {Options} --imputation .imp");
        var missing = folder.Write("missing.csv", string.Join('\n', lines).Replace("\n4,", "\n,", StringComparison.Ordinal));
        Assert.Contains(
            "The number of the imputed data set is missing.", Answers.Refusal($"gee {missing} \"y ~ arm\" {Options} --imputation .imp"),
            StringComparison.Ordinal);
    }

    private static string Row(int set, int row)
    {
        var (id, observed) = (row / 3, 5 + Math.Sin(7 * row) + (row / 3 % 2));
        var y = row % 4 == 0 ? observed + (1.5 * Math.Cos((11 * row) + (5 * set))) : observed;
        return string.Create(CultureInfo.InvariantCulture, $"{id},{"ab"[id % 2]},{y:0.00}\n");
    }
}
