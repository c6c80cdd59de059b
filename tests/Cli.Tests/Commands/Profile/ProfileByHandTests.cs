using System.Globalization;
using MarginalConditional.Cli.Tests.Harness;
using MathNet.Numerics.Distributions;

namespace MarginalConditional.Cli.Tests.Commands.Profile;

/// <summary>Ten units of two to four rows: crude shares with Wilson's limits, and posteriors by a sum over a fine grid.</summary>
public sealed class ProfileByHandTests : IDisposable
{
    private const double Quantile = 1.9599639845400545;

    private static readonly int[][] Units =
        [[1, 1, 0, 1], [0, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0], [1, 1, 1], [1, 1, 1, 0], [1, 1], [0, 1, 0, 0], [1, 1, 1, 1], [0, 0, 1]];

    private readonly TemporaryFolder folder = new();
    private readonly string line;

    public ProfileByHandTests()
    {
        var rows = string.Concat(Units.SelectMany((rows, unit) => rows.Select(yes => $"u{unit},{yes}\n")));
        line = $"profile {folder.Write("units.csv", "unit,y\n" + rows)} \"y ~ 1 + (1 | unit)\"";
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Crude_shares_have_Wilson_s_limits()
    {
        var answer = Answers.Json(line);
        foreach (var (unit, rows) in Units.Index())
        {
            var (n, p, z) = (rows.Length, rows.Average(), Quantile * Quantile);
            var row = answer.At("units", unit);
            Assert.Equal($"u{unit}", row.At("label").GetString());
            Assert.Equal((n, rows.Sum(), p), (row.Number("size"), row.Number("observed"), row.Number("crude")));
            var half = Quantile * Math.Sqrt((p * (1 - p) / n) + (z / 4 / n / n)) / (1 + (z / n));
            var centre = (p + (z / 2 / n)) / (1 + (z / n));
            Assert.Equal(centre - half, row.Number("crudeLower"), 1e-9);
            Assert.Equal(centre + half, row.Number("crudeUpper"), 1e-9);
            Assert.Equal(p / row.Number("expected") * n, row.Number("observedRatio"), 1e-9);
        }

        Assert.Equal(Units.SelectMany(rows => rows).Average(), answer.Number("overall"), 1e-9);
    }

    /// <summary>The effect is where a unit's posterior is flat, with the error of its curvature there; rates are at that effect.</summary>
    [Fact]
    public void Shrunken_rates_are_those_of_the_conditional_modes()
    {
        var answer = Answers.Json(line + " --nodes 25");
        var (intercept, sigma) = (answer.Number("coefficients", 0, "estimate"), answer.Number("sd"));
        var averaged = BruteForce.NormalMean(z => 1 / (1 + Math.Exp(-intercept - (sigma * z))), sigma);
        Assert.Equal(averaged, answer.Number("reference"), 1e-6);
        foreach (var (unit, rows) in Units.Index())
        {
            var row = answer.At("units", unit);
            var (effect, error, n) = (row.Number("effect"), row.Number("effectSe"), rows.Length);
            var rate = 1 / (1 + Math.Exp(-intercept - effect));
            Assert.Equal(rows.Sum() - (n * rate), effect / sigma / sigma, 1e-6);
            Assert.Equal(1 / Math.Sqrt((n * rate * (1 - rate)) + (1 / sigma / sigma)), error, 1e-6);
            Assert.Equal(1 - Math.Pow(error / sigma, 2), row.Number("shrinkageWeight"), 1e-6);
            Assert.Equal(rate, row.Number("shrunken"), 1e-9);
            Assert.Equal(n * rate, row.Number("predicted"), 1e-9);
            Assert.Equal(n * averaged, row.Number("expected"), 1e-6);
            Assert.Equal(rate / averaged, row.Number("standardizedRatio"), 1e-6);
            Assert.Equal(Math.Sqrt(averaged * (1 - averaged) / n), row.Number("samplingError"), 1e-6);
            Assert.Equal(Normal.CDF(0, 1, effect / error), row.Number("probabilityAbove"), 1e-6);
        }

        Assert.Equal(sigma * sigma / ((sigma * sigma) + (Math.PI * Math.PI / 3)), answer.Number("icc"), 1e-9);
        Assert.Equal(Math.Exp(Math.Sqrt(2) * sigma * Normal.InvCDF(0, 1, 0.75)), answer.Number("medianOddsRatio"), 1e-8);
    }

    /// <summary>Each draw ranks the units from 1 to 10, and so do their means.</summary>
    [Fact]
    public void Ranks_are_of_draws_that_a_seed_names()
    {
        var answer = Answers.Json(line + " --rank-draws 300 --seed 5");
        Assert.Equal(55, answer.Each("units", "rank").Sum(), 1e-9);
        Assert.Equal(300, answer.Number("rankDraws"));
        Assert.All(answer.GetProperty("units").EnumerateArray(), row =>
        {
            Assert.InRange(row.Number("rank"), row.Number("rankLower"), row.Number("rankUpper"));
            Assert.InRange(row.Number("rankLower"), 1, 10);
            Assert.InRange(row.Number("rankUpper"), 1, 10);
        });
        Answers.Near(answer.Each("units", "rank"), Answers.Json(line + " --rank-draws 300 --seed 5").Each("units", "rank"), 0);
        Assert.NotEqual(answer.Each("units", "rank"), Answers.Json(line + " --rank-draws 300 --seed 6").Each("units", "rank"));

        // Units of equal data differ by the draws alone; one with all is above one with none.
        Assert.True(answer.Number("units", 8, "rank") > answer.Number("units", 1, "rank") + 3);
    }

    [Fact]
    public void Csv_has_the_units_one_a_line()
    {
        var (answer, rows) = (Answers.Json(line), Answers.Csv(line));
        Assert.Equal(10, rows.Length - 1);
        var place = Array.IndexOf(rows[0], "shrunken");
        Assert.True(place > 0, string.Join(',', rows[0]));
        foreach (var (unit, fields) in rows[1..].Index())
        {
            Assert.Contains($"u{unit}", fields);
            Assert.Equal(
                answer.Number("units", unit, "shrunken"), double.Parse(fields[place], CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void Few_draws_of_ranks_are_refused() => Assert.Contains(
        "100", Answers.Refusal(line + " --rank-draws 99"), StringComparison.Ordinal);
}
