using System.Text.Json;
using MarginalConditional.Cli.Commands.Glmm;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Glmm;

/// <summary><see cref="GlmmCommand"/> through the console: what <see cref="GlmmReport"/> and <see cref="GlmmReportTable"/> print.</summary>
public sealed class GlmmCommandTests
{
    [Fact]
    public void The_toenail_trial_is_shown_with_its_clustering() =>
        Approved.Match("GlmmToenail", Margcond.Run(
            "glmm",
            Repository.Data("toenail"),
            "y ~ treatment * time + (1 | patientID)",
            "--nodes",
            "25",
            "--exponentiate").Transcript);

    [Fact]
    public void Nested_levels_have_measures_of_their_own_and_names()
    {
        const string Data = "../../Profiling.Tests/Strangers/separation-three-level";
        var nested = Json(Data, "y ~ x + (1 | arm2/id)");
        Assert.False(nested.TryGetProperty("icc", out _));
        Assert.False(nested.TryGetProperty("designEffect", out _));
        var levels = nested.GetProperty("clustering").EnumerateArray().ToArray();
        Assert.Equal(["arm2", "id:arm2"], levels.Select(level => level.GetProperty("level").GetString()));
        var single = Json(Data, "y ~ x + (1 | id)");
        foreach (var name in new[] { "iccLatent", "iccObserved", "designEffect" })
        {
            Assert.Equal(
                single.GetProperty("clustering")[0].GetProperty(name).GetProperty("estimate").GetDouble(),
                levels[1].GetProperty(name).GetProperty("estimate").GetDouble(),
                1e-4);
        }

        Assert.Equal(4.355, single.GetProperty("designEffect").GetDouble(), 1e-3);
        var table = Margcond.Run("glmm", Repository.Data(Data), "y ~ x + (1 | arm2/id)").Out;
        Assert.Contains("Two rows of one arm2", table, StringComparison.Ordinal);
        Assert.Contains("Two rows of one id:arm2", table, StringComparison.Ordinal);
        Assert.Contains("Design effect at 10.0 a group             4.36", table, StringComparison.Ordinal);
    }

    [Fact]
    public void A_random_slope_is_shown_with_its_correlation() =>
        Approved.Match("GlmmSlope", Margcond.Run(
            "glmm",
            Repository.Data("slope_count"),
            "y ~ arm * t + (t | id)",
            "--family",
            "poisson",
            "--se",
            "robust").Transcript);

    [Fact]
    public void Automatic_nodes_settle_and_say_which_number()
    {
        var root = Json("toenail", "y ~ treatment * time + (1 | patientID)", "--nodes", "auto");
        Assert.InRange(root.GetProperty("nodes").GetInt32(), 16, 100);
        Assert.DoesNotContain(
            root.GetProperty("warnings").EnumerateArray(),
            warning => warning.GetString()!.Contains("log-likelihood", StringComparison.Ordinal));
    }

    [Fact]
    public void Few_nodes_are_warned_of_with_the_amount()
    {
        var root = Json("toenail", "y ~ treatment * time + (1 | patientID)", "--nodes", "5");
        Assert.Contains(
            root.GetProperty("warnings").EnumerateArray(),
            warning => warning.GetString()!.Contains("nodes", StringComparison.Ordinal));
    }

    [Fact]
    public void Nested_groupings_are_listed_coarsest_first()
    {
        var root = Json("pastes", "strength ~ 1 + (1 | batch/cask)", "--family", "gaussian", "--nodes", "3");
        Assert.Equal(
            ["batch", "cask:batch"],
            root.GetProperty("randomEffects").EnumerateArray().Select(term => term.GetProperty("group").GetString()!));
        Assert.Equal(30, root.GetProperty("randomEffects")[1].GetProperty("modes").EnumerateObject().Count());
    }

    [Fact]
    public void Profile_intervals_and_a_bootstrap_come_with_the_json()
    {
        var root = Json("cbpp", "incidence / size ~ period + (1 | herd)",
            "--factor", "period", "--ci", "profile", "--bootstrap", "20", "--seed", "4",
            "--contrast", "period2");
        var contrast = root.GetProperty("contrasts")[0];
        Assert.Equal(root.GetProperty("coefficients")[1].GetProperty("lower").GetDouble(), contrast.GetProperty("lower").GetDouble(), 1e-6);
        Assert.NotEqual(
            contrast.GetProperty("estimate").GetDouble() * 2,
            contrast.GetProperty("lower").GetDouble() + contrast.GetProperty("upper").GetDouble(),
            1e-3);
        var interval = Assert.Single(root.GetProperty("profileIntervals").EnumerateArray());
        Assert.Equal("SD (Intercept) | herd", interval.GetProperty("of").GetString());
        Assert.InRange(0.64, interval.GetProperty("lower").GetDouble(), interval.GetProperty("upper").GetDouble());
        Assert.Equal(20, root.GetProperty("bootstrap").GetProperty("attempted").GetInt32());
        Assert.Equal(5, root.GetProperty("bootstrap").GetProperty("parameters").GetArrayLength());
        Assert.True(root.GetProperty("varianceTests")[0].GetProperty("p").GetDouble() < 0.01);
    }

    [Fact]
    public void A_negative_binomial_without_its_size_estimates_it()
    {
        var root = Json("epilepsy", "y ~ lbase + trt + (1 | subject)", "--family", "negative-binomial");
        Assert.InRange(root.GetProperty("dispersion").GetDouble(), 0.01, 1);
    }

    [Fact]
    public void Predictions_random_effects_and_draws_go_to_files()
    {
        using var folder = new TemporaryFolder();
        string[] paths = [Path.Combine(folder.Path, "p.csv"), Path.Combine(folder.Path, "r.csv"), Path.Combine(folder.Path, "d.csv")];
        var result = Margcond.Run(
            "glmm", Repository.Data("cbpp"), "incidence / size ~ period + (1 | herd)",
            "--factor", "period", "--predictions", paths[0], "--random-effects",
            paths[1], "--simulated", paths[2], "--draws", "200", "--seed", "9");
        Assert.Equal(0, result.ExitCode);

        var predictions = Rows(paths[0]);
        Assert.Equal([
            "row", "herd", "observed", "predictor", "predictor_se", "mean", "mean_se", "lower", "upper", "marginal", "marginal_se",
            "marginal_lower", "marginal_upper", "residual", "pearson",
        ], predictions[0]);
        Assert.Equal(Enumerable.Range(1, 56), predictions.Skip(1).Select(line => (int)Number(line[0])).Order());
        var row = predictions[5].Select(Number).ToArray();
        Assert.Equal(1 / (1 + Math.Exp(-row[3])), row[5], 1e-12);
        Assert.Equal(row[2] - row[5], row[13], 1e-12);
        Assert.True(row[7] < row[5] && row[5] < row[8] && row[11] < row[9] && row[9] < row[12]);

        var effects = Rows(paths[1]);
        Assert.Equal(["group", "level", "effect", "mode", "mode_se", "mean", "mean_sd"], effects[0]);
        Assert.Equal(16, effects.Count);

        // Over many draws the events of a row average its trials times its marginal mean.
        var draws = Rows(paths[2]);
        Assert.Equal(204, draws[0].Length);
        var means = Enumerable.Range(1, 56).Select(i => draws[i].Skip(4).Average(Number)).ToArray();
        var expected = Enumerable.Range(1, 56).Select(i => Number(draws[i][2]) * Number(predictions[i][9])).ToArray();
        Assert.Equal(expected.Sum(), means.Sum(), 0.05 * expected.Sum());
    }

    [Fact]
    public void Draws_depend_on_the_seed_and_their_number_alone()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(Draw("a.csv", "2", "5"), Draw("b.csv", "3", "5"));
        Assert.NotEqual(Draw("c.csv", "2", "5"), Draw("d.csv", "2", "6"));

        string Draw(string name, string draws, string seed)
        {
            var path = Path.Combine(folder.Path, name);
            Assert.Equal(0, Margcond.Run("glmm", Repository.Data("ohio"), "resp ~ age + (1 | id)", "--simulated", path, "--draws", draws,
                "--seed", seed).ExitCode);
            return string.Join(';', Rows(path).Select(row => string.Join(',', row.Take(5))));
        }
    }

    [Fact]
    public void Profile_rows_stand_in_the_csv_and_ends_at_an_edge_are_said()
    {
        var csv = Margcond.Run("glmm", Repository.Data("pastes"), "strength ~ 1 + (1 | batch/cask)", "--family", "gaussian", "--nodes",
            "3", "--ci", "profile", "--format", "csv");
        Assert.Equal(
            ["term", "(Intercept)", "SD (Intercept) | batch", "SD (Intercept) | cask:batch", "residual SD"],
            csv.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')[0]));
        var table = Margcond.Run("glmm", Repository.Data("pastes"), "strength ~ 1 + (1 | batch/cask)", "--family", "gaussian", "--nodes",
            "3", "--ci", "profile");
        Assert.Contains("SD (Intercept) | batch: 0, the edge of the range, is not rejected.", table.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model")]
    [InlineData("robust")]
    public void Contrasts_and_joint_tests_follow_from_the_covariance_shown(string errors)
    {
        var root = Json("cbpp", "incidence / size ~ period + (1 | herd)",
            "--factor", "period", "--se", errors, "--contrast", "period3 - period2");
        var b = root.GetProperty("coefficients").EnumerateArray().Select(row => row.GetProperty("estimate").GetDouble()).ToArray();
        var v = root
            .GetProperty("covariance")
            .EnumerateArray()
            .Select(row => row.EnumerateArray().Select(value => value.GetDouble()).ToArray())
            .ToArray();
        Assert.All(
            Enumerable.Range(0, 4),
            j => Assert.Equal(Math.Sqrt(v[j][j]), root.GetProperty("coefficients")[j].GetProperty("se").GetDouble(), 1e-12));
        var contrast = root.GetProperty("contrasts")[0];
        Assert.Equal(b[2] - b[1], contrast.GetProperty("estimate").GetDouble(), 1e-12);
        Assert.Equal(Math.Sqrt(v[2][2] + v[1][1] - (2 * v[2][1])), contrast.GetProperty("se").GetDouble(), 1e-12);

        // bᵀV⁻¹b of the three periods by Cramer's rule.
        double Determinant(double[][] a) => (a[0][0] * ((a[1][1] * a[2][2]) - (a[1][2] * a[2][1])))
            - (a[0][1] * ((a[1][0] * a[2][2]) - (a[1][2] * a[2][0]))) + (a[0][2] * ((a[1][0] * a[2][1]) - (a[1][1] * a[2][0])));
        double[][] block = [v[1][1..4], v[2][1..4], v[3][1..4]];
        var statistic = Enumerable.Range(0, 3).Sum(j => b[j + 1]
            * Determinant([.. block.Select((row, i) => row.Select((value, k) => k == j ? b[i + 1] : value).ToArray())])
            / Determinant(block));
        var joint = root.GetProperty("terms")[0];
        Assert.Equal(statistic, joint.GetProperty("statistic").GetDouble(), 1e-8);
        Assert.Equal(3, joint.GetProperty("rank").GetInt32());
    }

    [Fact]
    public void A_gamma_model_takes_the_inverse_link()
    {
        var root = Json("unbalanced_shuffled", "positive ~ arm + x1 + (1 | id)", "--family", "gamma", "--link", "inverse");
        Assert.InRange(root.GetProperty("coefficients")[2].GetProperty("estimate").GetDouble(), -0.2, -0.12);
    }

    [Theory]
    [InlineData("--draws 3", "--simulated is not given")]
    [InlineData("--predictions nowhere/at/all.csv", "--predictions is nowhere/at/all.csv, but there is no folder")]
    [InlineData("--method mpl --df kenward-roger", "needs a fit by restricted")]
    [InlineData("--method repl --ci profile", "--ci belongs to quadrature")]
    [InlineData("--method repl --predictions x.csv", "--predictions belongs to quadrature")]
    [InlineData("--link log", "is not available")]
    [InlineData("--nodes 0", "whole number from 1")]
    [InlineData("--penalty -1", "positive standard deviation")]
    [InlineData("--ci profile --se robust", "does not go with")]
    [InlineData("--bootstrap 1", "at least 2")]
    public void What_cannot_be_is_refused_with_a_sentence(string options, string message)
    {
        var result = Margcond.Run(["glmm", Repository.Data("ohio"), "resp ~ age + (1 | id)", .. options.Split(' ')]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(
            message,
            result.Error.ReplaceLineEndings(" ").Replace("          ", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Empty(result.Out);
    }

    [Theory]
    [InlineData("compare DATA 'resp ~ age' --cluster id --treatment age --link log")]
    [InlineData("marginalize DATA 'resp ~ age + (1 | id)' --link log")]
    [InlineData("profile DATA 'resp ~ age + (1 | id)' --link log")]
    public void Every_command_refuses_a_link_without_a_mixed_model(string line)
    {
        var result = Margcond.RunLine(line.Replace("DATA", Repository.Data("ohio"), StringComparison.Ordinal));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(
            "not available; choose",
            string.Join(' ', result.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Separated_data_end_with_exit_code_three_and_a_name()
    {
        using var folder = new TemporaryFolder();
        var rows = Enumerable.Range(0, 120).Select(i => $"{i / 6},{i % 6},{(i % 6 > 2 ? 1 : 0)}");
        var path = folder.Write("separated.csv", "id,dose,y\n" + string.Join('\n', rows) + "\n");
        var result = Margcond.Run("glmm", path, "y ~ dose + (1 | id)");
        Assert.Equal(3, result.ExitCode);
        Assert.Contains(
            "separated along \"dose\"",
            result.Error.ReplaceLineEndings(" ").Replace("          ", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    private static List<string[]> Rows(string path) => [.. File.ReadAllLines(path).Select(line => line.Split(','))];

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static JsonElement Json(string data, string formula, params string[] options)
    {
        var result = Margcond.Run(["glmm", Repository.Data(data), formula, .. options, "--format", "json"]);
        Assert.True(result.ExitCode == 0, result.Error);
        using var document = JsonDocument.Parse(result.Out);
        return document.RootElement.Clone();
    }
}
