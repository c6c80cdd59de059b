using System.Globalization;
using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;
using static MarginalConditional.Cli.Tests.Imputed.ImputedRuns;

namespace MarginalConditional.Cli.Tests.Imputed;

/// <summary>
/// Estimates beside the coefficients: log odds ratios of pairs, and the model of staying, pooled by Rubin's rules by hand.
/// </summary>
public sealed class FurtherEstimatesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Log_odds_ratios_of_pairs_are_pooled() => Check(Rows(), "--association exchangeable", "association");

    [Fact]
    public void Weights_for_dropout_are_estimated_in_each_set_and_their_model_is_pooled() =>
        Check(Leaving(), "--wave t --staying '~ y + x'", "staying");

    private void Check(IEnumerable<string[]> all, string options, string member)
    {
        string[][] rows = [.. all];
        var pooled = Json($"{Line(rows)} {options} --imputation .imp");
        JsonElement[] sets =
            [.. Enumerable.Range(1, 5).Select(set => Json($"{Line(rows.Where(row => row[0] == $"{set}"))} {options}"))];
        foreach (var name in new[] { "coefficients", member })
        {
            for (var place = 0; place < pooled.GetProperty(name).GetArrayLength(); place++)
            {
                var own = sets.Select(set => set.GetProperty(name)[place])
                    .Select(row => (Estimate: row.Number("estimate"), Error: row.Number("se"))).ToArray();
                var mean = own.Average(row => row.Estimate);
                var total = own.Average(row => row.Error * row.Error)
                    + (1.2 * own.Sum(row => (row.Estimate - mean) * (row.Estimate - mean)) / 4);
                Assert.Equal(mean, pooled.GetProperty(name)[place].Number("estimate"), 1e-9);
                Assert.Equal(Math.Sqrt(total), pooled.GetProperty(name)[place].Number("se"), 1e-9);
            }
        }
    }

    private string Line(IEnumerable<string[]> rows)
    {
        var file = folder.Write(
            "rows.csv",
            ".imp,.id,id,arm,x,y,yc,t\n" + string.Join('\n', rows.Select(row => string.Join(',', row.Concat(["1"]).Take(8)))) + "\n");
        return $"gee {file} 'y ~ arm + x' --cluster id";
    }

    /// <summary>The reference rows with a wave, the clusters leaving after two to six of them.</summary>
    private static IEnumerable<string[]> Leaving() => Rows().GroupBy(row => (row[0], row[2])).SelectMany(cluster =>
        cluster.Take(2 + (int.Parse(cluster.Key.Item2, CultureInfo.InvariantCulture) * 7 % 5))
            .Select((row, place) => (string[])[.. row, FormattableString.Invariant($"{place + 1}")]));
}
