using System.Text.Json;
using MarginalConditional.Cli.Commands.Glmm;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Glmm;

/// <summary>
/// Distributions beside the families, dispersion ratios and <see cref="ResidualsPart"/> through the console: the numbers of JSON, one
/// sentence and exit code 2 for what cannot be.
/// </summary>
public sealed class GlmmDistributionTests
{
    private const string Counts = "../../Glmm.Tests/Reference/mixtures";

    [Theory]
    [InlineData("beta-binomial")]
    [InlineData("betabinomial")]
    public void A_beta_binomial_has_the_precision_of_glmmTMB(string name)
    {
        // mixtures.json: sigma 2.795532.
        var root = Json("events / trials ~ arm + x + (1 | g)", "--family", name, "--nodes", "1");
        Assert.Equal("beta-binomial", root.GetProperty("family").GetString());
        Assert.Equal(2.795532, root.GetProperty("precision").GetDouble(), 1e-3);
        Assert.Equal(196 - 1, root.GetProperty("dispersionRatio").GetProperty("df").GetInt32());
        Assert.False(root.TryGetProperty("icc", out _));
    }

    [Fact]
    public void Excess_zeros_are_asked_for_by_the_family_or_the_option()
    {
        const string Formula = "number ~ arm + x + (1 | g)";
        var family = Json(Formula, "--family", "zero-inflated-poisson", "--nodes", "1");
        var option = Json(Formula, "--family", "poisson", "--zero-inflation", "--nodes", "1");
        Assert.Equal("zero-inflated-poisson", option.GetProperty("family").GetString());
        Assert.Equal(family.GetProperty("logLik").GetDouble(), option.GetProperty("logLik").GetDouble());

        // mixtures.json: log odds −0.505592.
        Assert.Equal(-0.505592, option.GetProperty("zeroInflation")[0].GetProperty("estimate").GetDouble(), 1e-4);
        Assert.Equal(1 / (1 + Math.Exp(0.505592)), option.GetProperty("zeroProbability").GetDouble(), 1e-4);
        var formula = Json(Formula, "--family", "poisson", "--zero-inflation", "~ x", "--nodes", "1");
        Assert.Equal(2, formula.GetProperty("zeroInflation").GetArrayLength());
        Assert.Equal(-427.874052, formula.GetProperty("logLik").GetDouble(), 1e-5);
    }

    [Fact]
    public void Residuals_have_their_figures_and_obey_the_seed()
    {
        string[] asked = ["--family", "poisson", "--residuals", "40", "--seed", "3"];
        var root = Json("number ~ arm + x + (1 | g)", asked).GetProperty("simulatedResiduals");
        Assert.Equal(40, root.GetProperty("draws").GetInt32());
        Assert.Equal(92, root.GetProperty("zeros").GetProperty("statistic").GetDouble());
        Assert.InRange(root.GetProperty("uniformity").GetProperty("p").GetDouble(), 1.0 / 41, 1);
        var again = Json("number ~ arm + x + (1 | g)", asked).GetProperty("simulatedResiduals");
        Assert.Equal(root.GetRawText(), again.GetRawText());
    }

    [Theory]
    [InlineData("y ~ arm + x + (1 | g)", "--zero-inflation is for counts", "--zero-inflation", "x")]
    [InlineData("number ~ arm + x + (1 | g)", "has random effects", "--family", "poisson", "--zero-inflation", "x + (1 | g)")]
    [InlineData("number ~ arm + x + (1 | g)", "has a left side", "--family", "poisson", "--zero-inflation", "y ~ x")]
    [InlineData("w ~ arm + x + (1 | g)", "No outcome is 0", "--family", "poisson", "--zero-inflation", "x")]
    [InlineData("number ~ arm + x + (1 | g)", "Pseudo-likelihood", "--family", "zero-inflated-poisson", "--method", "repl")]
    [InlineData("number ~ arm + x + (1 | g)", "needs at least 20 draws", "--family", "poisson", "--residuals", "3")]
    public void What_cannot_be_is_one_sentence(string formula, string sentence, params string[] options)
    {
        var result = Margcond.Run(["glmm", Repository.Data(Counts), formula, .. options]);
        Assert.Equal(2, result.ExitCode);
        var said = string.Join(' ', result.Error.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(sentence, said, StringComparison.Ordinal);
        Assert.Empty(result.Out);
    }

    [Fact]
    public void Single_outcomes_have_no_beta_binomial_and_gee_none_at_all()
    {
        var single = Margcond.Run("glmm", Repository.Data("toenail"), "y ~ time + (1 | patientID)", "--family", "beta-binomial");
        Assert.Equal(2, single.ExitCode);
        Assert.Contains("needs numbers of trials", single.Error, StringComparison.Ordinal);
        var gee = Margcond.Run("gee", Repository.Data(Counts), "events / trials ~ x", "--cluster", "g", "--family", "beta-binomial");
        Assert.Equal(2, gee.ExitCode);
        Assert.Contains("beside random effects", gee.Error, StringComparison.Ordinal);
    }

    /// <summary>
    /// excess-zeros.R: the response of the median cluster of arm A 1.465394 (.330186), of a new row in group 1 10.486707; the fit kept and
    /// used again says the same.
    /// </summary>
    [Fact]
    public void Means_and_predictions_count_excess_zeros_of_a_kept_fit_too()
    {
        using var folder = new TemporaryFolder();
        var (kept, rows, written) = (
            Path.Combine(folder.Path, "fit.json"),
            folder.Write("rows.csv", "arm,x,g\nA,-0.5,1\n"), Path.Combine(folder.Path, "predicted.csv"));
        string[] asked = ["--lsmeans", "arm", "--scale", "median", "--newdata", rows, "--predictions", written];
        string[] model = ["--family", "poisson", "--zero-inflation", "x + arm", "--nodes", "1", "--save", kept];
        var first = Json("number ~ arm + x + (1 | g)", [.. model, .. asked]);
        var mean = first.GetProperty("means")[0];
        Assert.Equal(1.465394, mean.GetProperty("estimate").GetDouble(), 2e-5);
        Assert.Equal(0.330186, mean.GetProperty("se").GetDouble(), 2e-5);
        Assert.Equal(10.486707, first.GetProperty("predictions")[0].GetProperty("mean").GetDouble(), 5e-5);
        var table = File.ReadAllText(written);
        var again = Margcond.Run(["glmm", "--fit", kept, "--format", "json", .. asked]);
        Assert.Equal(0, again.ExitCode);
        Assert.Equal(
            first.GetProperty("means").GetRawText(), JsonDocument.Parse(again.Out).RootElement.GetProperty("means").GetRawText());
        Assert.Equal(table, File.ReadAllText(written));
    }

    [Fact]
    public void Predictions_of_fitted_rows_are_less_than_those_of_the_counts()
    {
        using var folder = new TemporaryFolder();
        var written = Path.Combine(folder.Path, "predicted.csv");
        var root = Json("number ~ arm + x + (1 | g)", "--family", "zero-inflated-poisson", "--predictions", written);
        var lines = File.ReadAllLines(written).Select(line => line.Split(',')).ToArray();
        var (eta, mean) = (Array.IndexOf(lines[0], "predictor"), Array.IndexOf(lines[0], "mean"));
        var rest = 1 - root.GetProperty("zeroProbability").GetDouble();
        Assert.All(lines.Skip(1), cells => Assert.Equal(
            rest * Math.Exp(Number(cells[eta])), Number(cells[mean]), 1e-9 * Number(cells[mean])));

        static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static JsonElement Json(string formula, params string[] options)
    {
        var result = Margcond.Run(["glmm", Repository.Data(Counts), formula, "--format", "json", .. options]);
        Assert.Equal(0, result.ExitCode);
        return JsonDocument.Parse(result.Out).RootElement;
    }
}
