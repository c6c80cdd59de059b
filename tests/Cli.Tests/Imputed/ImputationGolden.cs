using System.Text.Json;
using MarginalConditional.Cli.Imputed;
using MarginalConditional.Tests;

namespace MarginalConditional.Cli.Tests.Imputed;

/// <summary>
/// Pooled fits against R 4.2.2 with mice 3.15.0, mitml 0.4.4, geepack 1.3.9, lme4 1.1.31 and emmeans 1.8.4.1: <see cref="FitPool"/> over
/// the sets of <see cref="ImputedTables"/>.
/// </summary>
public sealed class ImputationGolden
{
    [Theory]
    [InlineData("k-p", "K_minus_p")]
    [InlineData("normal", "normal")]
    [InlineData("mice", "mice_default")]
    public void Gee_has_the_numbers_of_geepack_pooled_by_mice(string df, string expected)
    {
        var root = ImputedRuns.Json($"{ImputedRuns.Gee} --imputation .imp --df {df}");
        Check(root, Expected("imputation_gee").GetProperty(expected), 1e-6, 1e-3);
        Assert.Equal(5, root.GetProperty("imputations").GetInt32());
        Assert.Equal(5, root.GetProperty("fits").GetArrayLength());
    }

    [Theory]
    [InlineData("normal", "infinite")]
    [InlineData("mice", "mice_default")]
    public void Lmm_has_the_numbers_of_lme4_pooled_by_mice(string df, string expected) => Check(
        ImputedRuns.Json($"lmm {ImputedRuns.Data} 'yc ~ arm + x + (1 | id)' --imputation .imp --df {df}"),
        Expected("imputation_lmm").GetProperty(expected), 1e-5, 1e-3);

    /// <summary>mitml's <c>testEstimates(extra.pars = TRUE)</c>: variances .147394 and 1.309044, whose roots are shown.</summary>
    [Fact]
    public void Standard_deviations_are_pooled_by_their_variances()
    {
        var root = ImputedRuns.Json($"lmm {ImputedRuns.Data} 'yc ~ arm + x + (1 | id)' --imputation .imp");
        var quantities = root.GetProperty("quantities").EnumerateArray().ToDictionary(row => row.GetProperty("name").GetString()!);
        Assert.Equal(Math.Sqrt(.147394497573), quantities["SD of (Intercept), id"].Number("pooled"), 1e-5);
        Assert.Equal(Math.Sqrt(1.309043849741), quantities["Residual SD"].Number("pooled"), 1e-5);
        Assert.Equal(-.987673327510935, quantities["SD of (Intercept), id"].Number("meanLog"), 1e-4);
        Assert.Equal(.133534141817807, quantities["Residual SD"].Number("meanLog"), 1e-6);
        Assert.Equal(JsonValueKind.Null, quantities["AIC"].GetProperty("pooled").ValueKind);
        Assert.True(quantities["AIC"].Number("min") < quantities["AIC"].Number("max"));
    }

    [Fact]
    public void Contrasts_are_made_in_each_set_and_then_pooled()
    {
        var root = ImputedRuns.Json($"{ImputedRuns.Gee} --imputation .imp --df k-p --contrast 'arm - x'");
        var (row, parts) = (root.Term("contrasts", "arm - x"), root.Term("pooling", "arm - x"));
        Row(row, parts, Expected("imputation_contrast").GetProperty("arm - x"), 1e-6, 1e-3);
    }

    [Fact]
    public void Joint_tests_are_D1()
    {
        var root = ImputedRuns.Json($"{ImputedRuns.Gee} --imputation .imp");
        var expected = Expected("imputation_contrast").GetProperty("joint_D1");
        var test = root.Term("terms", "all terms");
        Assert.Equal(expected.Number("F"), test.Number("statistic"), 1e-5);
        Assert.Equal(2, test.GetProperty("rank").GetInt32());
        Assert.Equal(expected.Number("df2"), test.Number("denominatorDf"), 1e-2);
        Assert.Equal(expected.Number("riv"), test.Number("riv"), 1e-6);
        Assert.Equal(expected.Number("p"), test.Number("p"), 1e-8);

        // mitml's .D1 of geeglm(y ~ arm * x, corstr = "independence").
        var three = ImputedRuns.Json(
            $"gee {ImputedRuns.Data} 'y ~ arm * x' --cluster id --corr independence --imputation .imp").Term("terms", "all terms");
        Assert.Equal(8.48912216635, three.Number("statistic"), 1e-5);
        Assert.Equal(308.78791718, three.Number("denominatorDf"), 1e-2);
    }

    /// <summary>glmer with 15 nodes, pooled by <c>pool.scalar(n = 177, k = 1)</c>.</summary>
    [Fact]
    public void Glmm_has_the_numbers_of_lme4_pooled_by_mice()
    {
        var root = ImputedRuns.Json($"glmm {ImputedRuns.Data} 'y ~ arm + x + (1 | id)' --imputation .imp --df mice");
        var arm = root.Term("coefficients", "arm");
        Assert.Equal(1.29836291067, arm.Number("estimate"), 1e-6);
        Assert.Equal(.399490429559, arm.Number("se"), 1e-6);
        Assert.Equal(72.7300614183, arm.Number("df"), 1e-3);
        Assert.Equal(.187713388455, arm.Number("fmi"), 1e-6);

        // Its third and fourth set have no variance between clusters: no log odds of the ICC, and the standard deviation says so.
        var quantities = root.GetProperty("quantities").EnumerateArray().ToDictionary(row => row.GetProperty("name").GetString()!);
        Assert.True(quantities["SD of (Intercept), id"].GetProperty("atBoundary").GetInt32() > 0);
        Assert.Equal(JsonValueKind.Null, quantities["Latent ICC, id"].GetProperty("pooled").ValueKind);
    }

    /// <summary>emmeans of each lmer fit, asymptotic, pooled by <c>pool.scalar</c>; new rows by <c>fixef</c> and <c>vcov</c>.</summary>
    [Fact]
    public void Means_and_predictions_are_pooled_as_emmeans_by_mice()
    {
        using var folder = new Harness.TemporaryFolder();
        var rows = folder.Write("new.csv", "arm,x,id\n1,0.5,new\n");
        var file = Path.Combine(folder.Path, "predicted.csv");
        var root = ImputedRuns.Json(
            $"lmm {ImputedRuns.Data} 'yc ~ arm + x + (1 | id)' --factor arm --imputation .imp --lsmeans arm --pairs --joint "
                + $"--newdata {rows} --predictions {file}");
        var means = root.GetProperty("means");
        Mean(means[0], 1.68787136744, .183735314367, 52.2600896378, .302838581004);
        Mean(means[1], 2.32752196589, .162752919545, 655.313608573, .0809284737157);
        Mean(root.GetProperty("pairs")[0], -.639650598445, .251888527098, 76.4377031224, .248175473993);

        // One comparison of one factor: its D1 is the square of its t.
        var joint = root.Term("jointTests", "arm");
        Assert.Equal(Math.Pow(.639650598445 / .251888527098, 2), joint.Number("statistic"), 1e-4);
        Assert.Equal(root.GetProperty("pairs")[0].Number("p"), joint.Number("p"), 1e-8);

        var predicted = root.GetProperty("predictions")[0];
        Assert.Equal(2.57814910088, predicted.Number("population"), 1e-5);
        Assert.Equal(.16815306979, predicted.Number("populationSe"), 1e-5);
        Assert.Contains(predicted.Number("population").ToString("R", System.Globalization.CultureInfo.InvariantCulture),
            File.ReadAllText(file), StringComparison.Ordinal);
    }

    private static void Mean(JsonElement mean, double estimate, double error, double df, double fraction)
    {
        Assert.Equal(estimate, mean.Number("estimate"), 1e-5);
        Assert.Equal(error, mean.Number("se"), 1e-5);
        Assert.Equal(df, mean.Number("df"), 1e-3 * df);
        Assert.Equal(fraction, mean.Number("fmi"), 1e-5);
    }

    private static void Check(JsonElement root, JsonElement expected, double tolerance, double df)
    {
        foreach (var term in expected.EnumerateObject())
        {
            Row(root.Term("coefficients", term.Name), root.Term("pooling", term.Name), term.Value, tolerance, df);
        }
    }

    private static void Row(JsonElement row, JsonElement parts, JsonElement expected, double tolerance, double df)
    {
        foreach (var name in (string[])["estimate", "se", "lower", "upper", "p"])
        {
            Assert.Equal(expected.Number(name), row.Number(name), 5 * tolerance);
        }

        foreach (var name in (string[])["within", "between", "riv", "lambda", "fmi"])
        {
            Assert.Equal(expected.Number(name), parts.Number(name), 20 * tolerance);
        }

        Assert.Equal(expected.Number("df"), row.Number("df"), df * expected.Number("df"));
        var complete = parts.GetProperty("dfComplete");
        Assert.Equal(expected.GetProperty("dfcom").ValueKind, complete.ValueKind);
        Assert.Equal(expected.GetProperty("dfcom").ToString(), complete.ToString());
    }

    private static JsonElement Expected(string name) =>
        ReferenceFiles.Json(ReferenceFiles.Beside("Cli.Tests", "Imputed", "Golden", name + ".json")).GetProperty("expected");
}
