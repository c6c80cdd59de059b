using System.Globalization;
using MarginalConditional.Cli.Tests.Harness;
using static MarginalConditional.Cli.Tests.Imputed.ImputedRuns;

namespace MarginalConditional.Cli.Tests.Imputed;

/// <summary><c>lmm --imputation --lrt</c> against mitml 0.4.4's D3 and D4 of lme4 1.1-31 fits by full likelihood.</summary>
public sealed class LikelihoodRatioGolden : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("arm", "D3", 4.705906627, 25.745756242, 0.039481509, 0.650612242)]
    [InlineData("arm", "D4", 4.737888889, 26.223431496, 0.038694276, 0.640844499)]
    [InlineData("x", "D3", 15.3802772163, 10.4908569352, 0.0026088738, 1.6142581138)]
    [InlineData("x", "D4", 15.4698518497, 10.5637888978, 0.0025260684, 1.5997462343)]
    [InlineData("s", "D3", 1.22587067, 32.58162676, 0.30668369, 0.44827253)]
    [InlineData("s", "D4", 1.22998279, 84.31923805, 0.29748774, 0.44513253)]
    public void Terms_of_a_model_with_a_random_intercept(
        string term, string kind, double statistic, double degrees, double p, double increase)
    {
        var file = folder.Write(
            "s.csv",
            ".imp,.id,id,arm,x,y,yc,s\n" + string.Join('\n', Rows().Select(row =>
                string.Join(',', row) + "," + "abc"[int.Parse(row[1], CultureInfo.InvariantCulture) % 3])) + "\n");
        Same($"lmm {file} 'yc ~ arm + x + s + (1 | id)' --imputation .imp --lrt", term, kind, statistic, degrees, p, increase);
    }

    /// <summary>Correlated slopes on their boundary, in a basis of each set's own inside the fits.</summary>
    [Theory]
    [InlineData("D3", 5.34316848, 39.6525256, 0.0260842707, 0.465438283)]
    [InlineData("D4", 5.17963875, 35.3932539, 0.0290111885, 0.506428737)]
    public void Terms_of_a_model_with_random_slopes(string kind, double statistic, double degrees, double p, double increase) =>
        Same($"lmm {ImputedRuns.Data} 'yc ~ arm + x + (x | id)' --imputation .imp --lrt", "arm", kind, statistic, degrees, p, increase);

    [Fact]
    public void A_residual_structure_has_D4_alone()
    {
        var tests = Json($"lmm {ImputedRuns.Data} 'yc ~ arm + x' --residual cs --cluster id --imputation .imp --lrt")
            .GetProperty("likelihoodRatioTests");
        Assert.All(tests.EnumerateArray(), test => Assert.Equal("D4", test.GetProperty("kind").GetString()));

        // Compound symmetry is the model with a random intercept.
        Assert.Equal(
            Json($"lmm {ImputedRuns.Data} 'yc ~ arm + x + (1 | id)' --imputation .imp --lrt").GetProperty("likelihoodRatioTests")[1]
                .Number("statistic"),
            tests[0].Number("statistic"),
            1e-5);
    }

    [Fact]
    public void The_table_shows_both()
    {
        var table = Margcond.RunLine($"lmm {ImputedRuns.Data} 'yc ~ arm + x + (1 | id)' --imputation .imp --lrt").Out;
        Assert.Contains("Likelihood-ratio test of", table, StringComparison.Ordinal);
        Assert.Contains("Random terms are left out", table, StringComparison.Ordinal);
    }

    private static void Same(string line, string term, string kind, double statistic, double degrees, double p, double increase)
    {
        var own = Json(line).GetProperty("likelihoodRatioTests").EnumerateArray()
            .Single(row => row.GetProperty("term").GetString() == term && row.GetProperty("kind").GetString() == kind);
        Assert.Equal(statistic, own.Number("statistic"), 2e-6);
        Assert.Equal(degrees, own.Number("denominatorDf"), 1e-4);
        Assert.Equal(p, own.Number("p"), 1e-6);
        Assert.Equal(increase, own.Number("riv"), 2e-6);
    }
}
