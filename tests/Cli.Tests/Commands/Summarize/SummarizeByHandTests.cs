using System.Globalization;
using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;
using MathNet.Numerics.Distributions;

namespace MarginalConditional.Cli.Tests.Commands.Summarize;

/// <summary>The measures of Morris, White and Crowther (2019), table 6, of six replicates of two methods, sum by sum.</summary>
public sealed class SummarizeByHandTests : IDisposable
{
    private const double Truth = 1.5;
    private const double Quantile = 1.9599639845400545;

    private static readonly double[] First = [1.2, 2.9, 1.4, 0.3, 2.2, 1.9];
    private static readonly double[] Errors = [0.5, 0.6, 0.4, 0.5, 0.7, 0.3];
    private static readonly double[] Second = [1, 3.5, 1.1, -0.4, 2.9, 2];
    private readonly TemporaryFolder folder = new();
    private readonly string file;
    private readonly JsonElement answer;

    public SummarizeByHandTests()
    {
        file = folder.Write("estimates.csv", "method,r,b,se,df\n" + string.Concat(Enumerable.Range(0, 6).Select(r =>
            FormattableString.Invariant($"one,{r},{First[r]},{Errors[r]},4\ntwo,{r},{Second[r]},{2 * Errors[r]},4\n"))));
        answer = Answers.Json($"summarize {file} --estimate b --se se --truth 1.5 --method method --replicate r");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Bias_and_its_error_are_of_the_mean()
    {
        Measure("mean", First.Average(), Deviation(First) / Math.Sqrt(6));
        Measure("bias", First.Average() - Truth, Deviation(First) / Math.Sqrt(6));
        Measure("relativeBias", (First.Average() / Truth) - 1, Deviation(First) / Math.Sqrt(6) / Truth);
    }

    [Fact]
    public void The_empirical_standard_error_is_the_deviation_of_the_estimates() =>
        Measure("empiricalSe", Deviation(First), Deviation(First) / Math.Sqrt(10));

    [Fact]
    public void The_mean_squared_error_is_about_the_truth()
    {
        double[] squares = [.. First.Select(value => Math.Pow(value - Truth, 2))];
        Measure("mse", squares.Average(), Deviation(squares) / Math.Sqrt(6));
        Assert.Equal(
            Math.Pow(First.Average() - Truth, 2) + (Math.Pow(Deviation(First), 2) * 5 / 6),
            answer.Number("cells", 0, "mse", "value"), 1e-12);
    }

    [Fact]
    public void The_model_standard_error_is_the_root_of_the_mean_variance()
    {
        double[] variances = [.. Errors.Select(error => error * error)];
        var model = Math.Sqrt(variances.Average());
        Measure("modelSe", model, Math.Sqrt(Math.Pow(Deviation(variances), 2) / (4 * 6 * model * model)));
        var ratio = model / Deviation(First);
        var share = Math.Sqrt((Math.Pow(Deviation(variances), 2) / (4 * 6 * Math.Pow(model, 4))) + (1.0 / 10));
        Measure("relativeError", 100 * (ratio - 1), 100 * ratio * share);
    }

    [Fact]
    public void Coverage_and_rejection_are_shares_of_intervals()
    {
        Share("coverage", Covering(Truth, Quantile));
        Share("biasEliminatedCoverage", Covering(First.Average(), Quantile));
        Share("rejection", 6 - Covering(0, Quantile));
        Assert.Equal(0.95, answer.Number("level"));
        Assert.Equal(0, answer.Number("null"));
    }

    [Fact]
    public void Another_level_or_null_or_degrees_of_freedom_changes_the_intervals_alone()
    {
        var line = $"summarize {file} --estimate b --se se --truth 1.5 --method method --replicate r";
        var wider = Answers.Json(line + " --df df").At("cells", 0);
        var student = StudentT.InvCDF(0, 1, 4, 0.975);
        Assert.Equal(Covering(Truth, student) / 6.0, wider.Number("coverage", "value"), 1e-12);
        var narrow = Answers.Json(line + " --level 0.5").At("cells", 0);
        Assert.Equal(Covering(Truth, Normal.InvCDF(0, 1, 0.75)) / 6.0, narrow.Number("coverage", "value"), 1e-12);
        var shifted = Answers.Json(line + " --null 1.4").At("cells", 0);
        Assert.Equal((6 - Covering(1.4, Quantile)) / 6.0, shifted.Number("rejection", "value"), 1e-12);
        var bias = answer.Number("cells", 0, "bias", "value");
        Assert.All([wider, narrow, shifted], cell => Assert.Equal(bias, cell.Number("bias", "value")));
    }

    /// <summary>Against the reference, replicate by replicate: their correlation makes the comparison sharper.</summary>
    [Fact]
    public void Relative_precision_compares_variances_of_the_same_replicates()
    {
        var ratio = Math.Pow(Deviation(First) / Deviation(Second), 2);
        var correlation = First.Zip(Second, (a, b) => (a - First.Average()) * (b - Second.Average())).Sum() / 5
            / Deviation(First) / Deviation(Second);
        var measure = answer.At("cells", 1, "relativePrecision");
        Assert.Equal(100 * (ratio - 1), measure.Number("value"), 1e-9);
        Assert.Equal(200 * ratio * Math.Sqrt((1 - (correlation * correlation)) / 5), measure.Number("mcse"), 1e-9);
        Assert.Equal("one", answer.At("reference").GetString());
        var turned = Answers.Json($"summarize {file} --estimate b --se se --truth 1.5 --method method --replicate r --reference two");
        Assert.Equal(100 * ((1 / ratio) - 1), turned.Number("cells", 0, "relativePrecision", "value"), 1e-9);
    }

    [Fact]
    public void What_is_not_known_is_null_and_not_zero()
    {
        var without = Answers.Json($"summarize {file} --estimate b --method method --replicate r").At("cells", 0);
        foreach (var member in new[] { "bias", "relativeBias", "mse", "modelSe", "relativeError", "coverage", "rejection" })
        {
            Assert.Equal(JsonValueKind.Null, without.At(member, "value").ValueKind);
        }

        Assert.Equal(First.Average(), without.Number("mean", "value"), 1e-12);
        Assert.Equal(JsonValueKind.Null, without.At("truth").ValueKind);
    }

    [Fact]
    public void Csv_has_the_numbers_of_json_under_its_header()
    {
        var rows = Answers.Csv($"summarize {file} --estimate b --se se --truth 1.5 --method method --replicate r");
        foreach (var (cell, fields) in rows[1..].Index())
        {
            foreach (var (column, member) in new[] { ("bias", "bias"), ("coverage", "coverage"), ("mean", "mean") })
            {
                var place = Array.IndexOf(rows[0], column);
                Assert.Equal(answer.Number("cells", cell, member, "value"), Value(fields[place]));
                Assert.Equal(answer.Number("cells", cell, member, "mcse"), Value(fields[Array.IndexOf(rows[0], column + "_mcse")]));
            }
        }
    }

    private static int Covering(double target, double quantile) =>
        First.Zip(Errors).Count(one => Math.Abs(one.First - target) <= quantile * one.Second);

    private static double Deviation(double[] values) =>
        Math.Sqrt(values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Length - 1));

    private static double Value(string field) => double.Parse(field, CultureInfo.InvariantCulture);

    private void Share(string member, int count) => Measure(member, count / 6.0, Math.Sqrt(count / 6.0 * (1 - (count / 6.0)) / 6));

    private void Measure(string member, double value, double error)
    {
        Assert.Equal(value, answer.Number("cells", 0, member, "value"), 1e-9);
        Assert.Equal(error, answer.Number("cells", 0, member, "mcse"), 1e-9);
    }
}
