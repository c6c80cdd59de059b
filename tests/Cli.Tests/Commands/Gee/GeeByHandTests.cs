using System.Globalization;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Gee;

/// <summary>
/// A trial of eight clusters so small that every number can be found by hand: arms as means, their logits and logarithms, sandwiches as
/// sums over clusters, and moment estimates of correlations as sums over pairs.
/// </summary>
public sealed class GeeByHandTests : IDisposable
{
    private static readonly string[] Ids = ["1", "1", "1", "2", "2", "3", "3", "3", "4", "5", "5", "6", "6", "6", "7", "7", "8", "8", "8"];
    private static readonly int[] Yes = [1, 0, 1, 0, 0, 1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 1, 1];
    private static readonly double[] Counts = [3, 0, 1, 2, 2, 5, 1, 0, 4, 3, 7, 2, 6, 1, 4, 0, 2, 3, 8];
    private static readonly double[] Times = [1, 2, 1, 3, 1, 2, 2, 1, 4, 1, 2, 2, 3, 1, 1, 2, 1, 1, 2];
    private readonly TemporaryFolder folder = new();
    private readonly string file;

    public GeeByHandTests() => file = folder.Write(
        "trial.csv",
        "id,arm,visit,yes,said,count,time\n" + string.Concat(Ids.Select((id, row) => FormattableString.Invariant(
            $"{id},{Arm(row)},{Visit(row)},{Yes[row]},{(Yes[row] == 1 ? "ill" : "well")},{Counts[row]},{Times[row]}\n"))));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_binary_outcome_by_arm_is_the_logit_of_the_shares()
    {
        var fit = Answers.Json($"gee {file} \"yes ~ arm\" --cluster id --corr independence");
        var (a, b) = (Share("a"), Share("b"));
        Answers.Near([Logit(a), Logit(b) - Logit(a)], fit.Each("coefficients", "estimate"), 1e-8);
        var (varianceA, varianceB) = (
            SquaresOfSums("a", row => Yes[row] - a) / Math.Pow(Rows("a").Length * a * (1 - a), 2),
            SquaresOfSums("b", row => Yes[row] - b) / Math.Pow(Rows("b").Length * b * (1 - b), 2));
        Answers.Near([Math.Sqrt(varianceA), Math.Sqrt(varianceA + varianceB)], fit.Each("coefficients", "se"), 1e-7);
        Assert.Equal(-varianceA, fit.Number("covariance", 0, 1), 1e-7);
        Assert.Equal(19, fit.Number("observations"));
        Assert.Equal(8, fit.Number("clusters"));
        Assert.Equal((1, 3), (fit.Number("clusterSizes", "min"), fit.Number("clusterSizes", "max")));
        Assert.Equal(2.5, fit.Number("clusterSizes", "median"));
    }

    [Fact]
    public void Rates_are_events_over_time()
    {
        var fit = Answers.Json($"gee {file} \"count ~ arm\" --cluster id --corr independence --family poisson --offset \"log(time)\"");
        var (a, b) = (Rate("a"), Rate("b"));
        Answers.Near([Math.Log(a), Math.Log(b / a)], fit.Each("coefficients", "estimate"), 1e-8);
        var variance = SquaresOfSums("a", row => Counts[row] - (a * Times[row])) / Math.Pow(Rows("a").Sum(row => Counts[row]), 2);
        Assert.Equal(Math.Sqrt(variance), fit.Number("coefficients", 0, "se"), 1e-7);
    }

    [Fact]
    public void Means_of_a_continuous_outcome_are_averages()
    {
        var fit = Answers.Json($"gee {file} \"count ~ arm\" --cluster id --corr independence --family gaussian --se model");
        var (a, b) = (Average("a"), Average("b"));
        Answers.Near([a, b - a], fit.Each("coefficients", "estimate"));
        var scale = Enumerable.Range(0, Ids.Length).Sum(row => Math.Pow(Residual(row), 2)) / (Ids.Length - 2);
        Assert.Equal(scale, fit.Number("scale"), 1e-9);
        var error = Math.Sqrt(scale * ((1.0 / Rows("a").Length) + (1.0 / Rows("b").Length)));
        Assert.Equal(error, fit.Number("coefficients", 1, "se"), 1e-9);
    }

    /// <summary>One mean: whatever the correlation, residuals from the fitted mean give its moment estimate.</summary>
    [Theory]
    [InlineData("n-p", 1)]
    [InlineData("geepack", 0)]
    public void The_exchangeable_correlation_is_an_average_over_pairs(string moments, int lost)
    {
        var fit = Answers.Json($"gee {file} \"count ~ 1\" --cluster id --family gaussian --moments {moments}");
        var mean = fit.Number("coefficients", 0, "estimate");
        var scale = Counts.Sum(count => Math.Pow(count - mean, 2)) / (Ids.Length - lost);
        var pairs = Pairs().ToArray();
        var alpha = pairs.Sum(pair => (Counts[pair.First] - mean) * (Counts[pair.Second] - mean)) / (pairs.Length - lost) / scale;
        Assert.Equal(scale, fit.Number("scale"), 1e-7);
        Assert.Equal(alpha, fit.Number("correlation", "alpha", 0), 1e-6);

        // The mean weights a cluster's mean by n / (1 + (n − 1) α).
        var clusters = Ids.Index().GroupBy(row => row.Item, row => Counts[row.Index], StringComparer.Ordinal).ToArray();
        double Weight(int size) => size / (1 + ((size - 1) * fit.Number("correlation", "alpha", 0)));
        var weighted = clusters.Sum(one => Weight(one.Count()) * one.Average()) / clusters.Sum(one => Weight(one.Count()));
        Assert.Equal(weighted, mean, 1e-7);
    }

    [Fact]
    public void Correlation_at_distance_one_is_of_neighbouring_visits_alone()
    {
        var fit = Answers.Json($"gee {file} \"count ~ 1\" --cluster id --wave visit --corr m-dependent --family gaussian");
        var mean = fit.Number("coefficients", 0, "estimate");
        var scale = fit.Number("scale");
        var pairs = Pairs().Where(pair => Visit(pair.Second) - Visit(pair.First) == 1).ToArray();
        var alpha = pairs.Sum(pair => (Counts[pair.First] - mean) * (Counts[pair.Second] - mean)) / (pairs.Length - 1) / scale;
        Assert.Equal(alpha, fit.Number("correlation", "alpha", 0), 1e-6);
    }

    [Fact]
    public void A_reference_level_and_an_event_turn_signs_round()
    {
        var line = $"gee {file} \"yes ~ arm\" --cluster id";
        var fit = Answers.Json(line);
        var other = Answers.Json(line + " --reference arm=b");
        Assert.Equal("arma", other.At("coefficients", 1, "term").GetString());
        Assert.Equal(-fit.Number("coefficients", 1, "estimate"), other.Number("coefficients", 1, "estimate"), 1e-8);
        Assert.Equal(fit.Number("coefficients", 1, "se"), other.Number("coefficients", 1, "se"), 1e-8);
        var ill = Answers.Json($"gee {file} \"said ~ arm\" --cluster id --event ill");
        var well = Answers.Json($"gee {file} \"said ~ arm\" --cluster id --event well");
        Answers.Near(fit.Each("coefficients", "estimate"), ill.Each("coefficients", "estimate"));
        Answers.Near([.. fit.Each("coefficients", "estimate").Select(value => -value)], well.Each("coefficients", "estimate"), 1e-7);
        Answers.Near(fit.Each("coefficients", "se"), well.Each("coefficients", "se"), 1e-7);
    }

    /// <summary>A row of weight 2 is that row twice, and events of trials are that many rows with 1 and the rest with 0.</summary>
    [Fact]
    public void Weights_and_trials_stand_for_rows()
    {
        var weighted = folder.Write("weighted.csv", "id,arm,y,w\n1,a,1,2\n1,a,0,1\n2,a,0,3\n3,b,1,2\n4,b,0,1\n4,b,1,1\n");
        var rows = folder.Write(
            "rows.csv", "id,arm,y\n1,a,1\n1,a,1\n1,a,0\n2,a,0\n2,a,0\n2,a,0\n3,b,1\n3,b,1\n4,b,0\n4,b,1\n");
        var grouped = folder.Write("grouped.csv", "id,arm,events,n\n1,a,2,3\n2,a,0,3\n3,b,2,2\n4,b,1,2\n");
        var single = Answers.Json($"gee {rows} \"y ~ arm\" --cluster id --corr independence");
        var byWeight = Answers.Json($"gee {weighted} \"y ~ arm\" --cluster id --corr independence --weights w");
        var byTrials = Answers.Json($"gee {grouped} \"events ~ arm\" --cluster id --corr independence --trials n");
        var byShare = Answers.Json($"gee {grouped} \"events / n ~ arm\" --cluster id --corr independence");
        foreach (var fit in new[] { byWeight, byTrials, byShare })
        {
            Answers.Near(single.Each("coefficients", "estimate"), fit.Each("coefficients", "estimate"), 1e-7);
            Answers.Near(single.Each("coefficients", "se"), fit.Each("coefficients", "se"), 1e-7);
        }

        Answers.Near([Logit(2.0 / 6), Logit(3.0 / 4) - Logit(2.0 / 6)], single.Each("coefficients", "estimate"), 1e-8);
    }

    [Fact]
    public void Rows_of_a_condition_are_those_of_a_file_without_the_others()
    {
        var kept = string.Concat(File.ReadAllLines(file).Where((_, line) => line == 0 || Visit(line - 1) < 3).Select(line => line + "\n"));
        var fewer = Answers.Json($"gee {folder.Write("fewer.csv", kept)} \"yes ~ arm\" --cluster id");
        var where = Answers.Json($"gee {file} \"yes ~ arm\" --cluster id --where \"visit < 3\"");
        Answers.Near(fewer.Each("coefficients", "estimate"), where.Each("coefficients", "estimate"), 1e-12);
        Assert.Equal(fewer.Number("observations"), where.Number("observations"));
        var both = Answers.Json($"gee {file} \"yes ~ arm\" --cluster id --where \"visit < 3\" --where \"id != 4\"");
        Assert.Equal(fewer.Number("observations") - 1, both.Number("observations"));
    }

    [Theory]
    [InlineData(0.9, 1.6448536269514722)]
    [InlineData(0.95, 1.9599639845400545)]
    [InlineData(0.99, 2.5758293035489004)]
    public void Intervals_are_so_many_standard_errors_wide(double level, double quantile)
    {
        var fit = Answers.Json(FormattableString.Invariant($"gee {file} \"yes ~ arm\" --cluster id --exponentiate --level {level}"));
        foreach (var row in fit.GetProperty("coefficients").EnumerateArray())
        {
            var (estimate, error) = (row.Number("estimate"), row.Number("se"));
            Assert.Equal(estimate / error, row.Number("statistic"), 1e-9);
            Assert.Equal(estimate - (quantile * error), row.Number("lower"), 1e-9);
            Assert.Equal(estimate + (quantile * error), row.Number("upper"), 1e-9);
            Assert.Equal(Math.Exp(estimate), row.Number("ratio", "estimate"), 1e-9);
            Assert.Equal(Math.Exp(row.Number("lower")), row.Number("ratio", "lower"), 1e-9);
            Assert.Equal(Math.Exp(row.Number("upper")), row.Number("ratio", "upper"), 1e-9);
        }
    }

    /// <summary>t on 1 degree of freedom: F(x) = ½ + arctan(x) / π, and on 2: ½ + x / 2√(2 + x²).</summary>
    [Theory]
    [InlineData("arm", 6)]
    [InlineData("arm * visit + time + I(time^2)", 2)]
    [InlineData("arm * visit + time + I(time^2) + count", 1)]
    public void Degrees_of_freedom_are_clusters_less_coefficients(string terms, int freedom)
    {
        var fit = Answers.Json($"gee {file} \"yes ~ {terms}\" --cluster id --corr independence --df k-p --family gaussian");
        foreach (var row in fit.GetProperty("coefficients").EnumerateArray())
        {
            Assert.Equal(freedom, row.Number("df"));
            var t = Math.Abs(row.Number("statistic"));
            var tail = freedom switch
            {
                1 => 1 - (2 * Math.Atan(t) / Math.PI),
                2 => 1 - (t / Math.Sqrt(2 + (t * t))),
                _ => row.Number("p"),
            };
            Assert.Equal(tail, row.Number("p"), 1e-9);
        }
    }

    [Fact]
    public void A_contrast_is_that_sum_of_coefficients_and_its_covariance()
    {
        var fit = Answers.Json($"gee {file} \"yes ~ arm + visit\" --cluster id --contrast \"armb + 2 * visit - (Intercept)\"");
        double[] contrast = [-1, 1, 2];
        var estimates = fit.Each("coefficients", "estimate");
        Assert.Equal(contrast.Zip(estimates, (c, b) => c * b).Sum(), fit.Number("contrasts", 0, "estimate"), 1e-9);
        var variance = 0.0;
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j < 3; j++)
            {
                variance += contrast[i] * contrast[j] * fit.Number("covariance", i, j);
            }
        }

        Assert.Equal(Math.Sqrt(variance), fit.Number("contrasts", 0, "se"), 1e-9);
    }

    [Fact]
    public void Means_and_residuals_of_the_file_are_those_of_the_rows()
    {
        var predictions = Path.Combine(folder.Path, "predictions.csv");
        var diagnostics = Path.Combine(folder.Path, "clusters.csv");
        var line = $"gee {file} \"count ~ arm\" --cluster id --corr independence --family gaussian";
        Assert.Equal(0, Margcond.RunLine($"{line} --predictions {predictions} --diagnostics {diagnostics}").ExitCode);
        var rows = Answers.FileFields(predictions);
        Assert.Equal(
            ["row", "id", "observed", "predictor", "predictor_se", "mean", "mean_se", "lower", "upper", "residual", "pearson"], rows[0]);
        Assert.Equal(Ids.Length, rows.Length - 1);
        foreach (var fields in rows[1..])
        {
            var row = (int)Value(fields[0]) - 1;
            Assert.Equal(Ids[row], fields[1]);
            Assert.Equal(Counts[row], Value(fields[2]));
            Assert.Equal(Average(Arm(row)), Value(fields[5]), 1e-9);
            Assert.Equal(Residual(row), Value(fields[9]), 1e-9);
        }

        // Without a cluster the coefficients of the others' rows are averages again.
        var clusters = Answers.FileFields(diagnostics);
        Assert.Equal(["id", "rows", "leverage", "cook", "dfbeta (Intercept)", "dfbeta armb"], clusters[0]);
        Assert.Equal(2, clusters[1..].Sum(fields => Value(fields[2])), 1e-9);
        foreach (var fields in clusters[1..])
        {
            int[] others = [.. Rows("a").Where(row => Ids[row] != fields[0])];
            Assert.Equal(Average("a") - others.Average(row => Counts[row]), Value(fields[4]), 1e-9);
        }
    }

    private static string Arm(int row) => int.Parse(Ids[row], CultureInfo.InvariantCulture) % 2 == 0 ? "a" : "b";

    private static int Visit(int row) => 1 + Enumerable.Range(0, row).Count(other => Ids[other] == Ids[row]);

    private static int[] Rows(string arm) => [.. Enumerable.Range(0, Ids.Length).Where(row => Arm(row) == arm)];

    private static double Share(string arm) => Rows(arm).Average(row => Yes[row]);

    private static double Average(string arm) => Rows(arm).Average(row => Counts[row]);

    private static double Rate(string arm) => Rows(arm).Sum(row => Counts[row]) / Rows(arm).Sum(row => Times[row]);

    private static double Residual(int row) => Counts[row] - Average(Arm(row));

    private static double Logit(double share) => Math.Log(share / (1 - share));

    private static double SquaresOfSums(string arm, Func<int, double> residual) =>
        Rows(arm).GroupBy(row => Ids[row], residual, StringComparer.Ordinal).Sum(one => Math.Pow(one.Sum(), 2));

    private static IEnumerable<(int First, int Second)> Pairs() =>
        from first in Enumerable.Range(0, Ids.Length)
        from second in Enumerable.Range(first + 1, Ids.Length - first - 1)
        where Ids[first] == Ids[second]
        select (first, second);

    private static double Value(string field) => double.Parse(field, CultureInfo.InvariantCulture);
}
