using System.Globalization;
using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;
using MarginalConditional.Imputation;
using static MarginalConditional.Cli.Tests.Imputed.ImputedRuns;

namespace MarginalConditional.Cli.Tests.Imputed;

/// <summary>
/// Comparisons of ordered outcomes over imputed sets: two categories against a binary outcome, and Rubin's rules by hand.
/// </summary>
public sealed class OrdinalImputationTests : IDisposable
{
    private const string Model = "'g ~ arm + x + (1 | id)' --family ordinal --treatment arm";
    private const string Quick = "--corr independence --standardized-se influence";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Two_categories_are_pooled_as_a_binary_outcome()
    {
        var ordinal = Json($"compare {ImputedRuns.Data} 'y ~ arm + x + (1 | id)' --family ordinal {Quick} --imputation .imp");
        var binary = Json($"compare {ImputedRuns.Data} 'y ~ arm + x + (1 | id)' {Quick} --imputation .imp --no-checks");
        var peers = binary.GetProperty("ladder").EnumerateArray().Where(row => row.GetProperty("scale").GetString() == "log odds ratio")
            .ToDictionary(row => (row.GetProperty("rung").GetInt32(), row.GetProperty("weighting").GetString()));
        Assert.Equal(5, ordinal.GetProperty("imputations").GetInt32());
        Assert.Equal(10, ordinal.GetProperty("ladder").GetArrayLength());
        foreach (var own in ordinal.GetProperty("ladder").EnumerateArray())
        {
            var peer = peers[(own.GetProperty("rung").GetInt32(), own.GetProperty("weighting").GetString())];
            Assert.Equal(peer.Number("estimate"), own.Number("estimate"), 1e-6);
            Assert.Equal(peer.Number("se"), own.Number("se"), 1e-4);
            Assert.Equal(peer.Number("df"), own.Number("df"), 1e-2);
            Assert.Equal(peer.Number("fmi"), own.Number("fmi"), 1e-4);
        }

        Assert.Equal(1, ordinal.GetProperty("gee").GetProperty("thresholds").GetArrayLength());
        Assert.Equal(2, ordinal.GetProperty("glmm").GetProperty("coefficients").GetArrayLength());
    }

    [Fact]
    public void A_win_probability_is_pooled_by_log_odds_and_a_category_as_it_is()
    {
        var pooled = Json($"compare {Write(Categories())} {Model} {Quick} --imputation .imp --by sex").GetProperty("standardized")[0];
        JsonElement[] sets =
        [
            .. Enumerable.Range(1, 5).Select(set =>
                Json($"compare {Write(Categories().Where(row => row[0] == $"{set}"))} {Model} {Quick}").GetProperty("standardized")[0]),
        ];
        Same(pooled, sets, row => row.GetProperty("contrasts")[0].GetProperty("winProbability"), byLogOdds: true, 29);
        Same(pooled, sets, row => row.GetProperty("contrasts")[0].GetProperty("probabilities")[2], byLogOdds: false, 29);
        Same(pooled, sets, row => row.GetProperty("contrasts")[0].GetProperty("meanScore"), byLogOdds: false, 29);
        Same(pooled, sets, row => row.GetProperty("arms")[1].GetProperty("probabilities")[0], byLogOdds: false, 29);
    }

    [Fact]
    public void Subgroups_are_pooled_and_shown()
    {
        var line = $"compare {Write(Categories())} {Model} {Quick} --imputation .imp --by sex";
        var result = Margcond.RunLine(line);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("5 imputations pooled by Rubin's rules", result.Out, StringComparison.Ordinal);
        Assert.Contains("arm 1 against 0, by sex", result.Out, StringComparison.Ordinal);
        Assert.Contains("Barnard and Rubin's df", result.Out, StringComparison.Ordinal);
        var root = Json(line);
        Assert.Equal(2, root.GetProperty("subgroups").GetArrayLength());
        Assert.All(
            root.GetProperty("interactions").EnumerateArray().Where(row => row.GetProperty("rung").GetInt32() >= 2),
            row => Assert.InRange(row.Number("p"), 0, 1));
    }

    [Fact]
    public void A_category_that_one_set_lacks_is_refused()
    {
        string[][] rows = [.. Categories()];
        foreach (var row in rows.Where(row => row[0] == "3" && row[^2] == "4"))
        {
            row[^2] = "3";
        }

        Assert.Contains(
            "The category 4 of g has rows in imputation 1, and none in imputation 3",
            Refusal($"compare {Write(rows)} {Model} --imputation .imp"),
            StringComparison.Ordinal);
        Assert.Contains(
            "The category 4 of g has rows",
            Refusal($"gee {Path.Combine(folder.Path, "rows.csv")} 'g ~ arm + x' --cluster id --family ordinal --imputation .imp"),
            StringComparison.Ordinal);
    }

    private static void Same(JsonElement pooled, JsonElement[] sets, Func<JsonElement, JsonElement> of, bool byLogOdds, double complete)
    {
        var own = of(pooled);
        var numbers = sets.Select(of).Select(row => (Estimate: row.Number("estimate"), Error: row.Number("se"))).ToArray();
        if (byLogOdds)
        {
            numbers =
            [
                .. numbers.Select(row =>
                    (Math.Log(row.Estimate / (1 - row.Estimate)), row.Error / (row.Estimate * (1 - row.Estimate)))),
            ];
        }

        var mean = numbers.Average(row => row.Estimate);
        var within = numbers.Average(row => row.Error * row.Error);
        var added = 1.2 * numbers.Sum(row => (row.Estimate - mean) * (row.Estimate - mean)) / 4;
        var (share, total) = (added / (within + added), within + added);
        var (old, observed) = (4 / (share * share), (complete + 1) / (complete + 3) * complete * (1 - share));
        var estimate = byLogOdds ? 1 / (1 + Math.Exp(-mean)) : mean;
        Assert.Equal(estimate, own.Number("estimate"), 1e-9);
        Assert.Equal(Math.Sqrt(total) * (byLogOdds ? estimate * (1 - estimate) : 1), own.Number("se"), 1e-9);
        Assert.Equal(old * observed / (old + observed), own.Number("df"), 1e-6);
        var errors = sets.Select(set => of(set).Number("seModel")).ToArray();
        var parts = PooledEstimate.Of([.. sets.Select(set => of(set).Number("estimate"))], [.. errors.Select(error => error * error)]);
        Assert.Equal(parts.StandardError, own.Number("seModel"), 1e-9);
    }

    /// <summary>The reference rows with <c>yc</c> cut into four categories, and a sex that goes with nothing.</summary>
    private static IEnumerable<string[]> Categories() => Rows().Where(row => row[0] != "0").Select(row =>
    {
        var value = double.Parse(row[^1], CultureInfo.InvariantCulture);
        var sex = int.Parse(row[1], CultureInfo.InvariantCulture) % 2 == 0 ? "f" : "m";
        return (string[])[.. row, value < 1 ? "1" : value < 2 ? "2" : value < 3.2 ? "3" : "4", sex];
    });

    private string Write(IEnumerable<string[]> rows) => folder.Write(
        "rows.csv", ".imp,.id,id,arm,x,y,yc,g,sex\n" + string.Join('\n', rows.Select(row => string.Join(',', row))) + "\n");
}
