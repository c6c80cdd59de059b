using System.Globalization;
using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;
using MathNet.Numerics.Distributions;

namespace MarginalConditional.Cli.Tests.Commands.Glmm;

/// <summary>
/// Ten small clusters with a random intercept: the likelihood as a sum over a fine grid of the effect, marginal coefficients by the laws
/// that probit and logarithm have, and predictions as weighted averages.
/// </summary>
public sealed class GlmmByHandTests : IDisposable
{
    private static readonly (int Arm, int[] Yes)[] Clusters =
    [
        (0, [1, 1, 0, 1]), (0, [0, 0, 0]), (0, [1, 0, 0, 0]), (0, [0, 0, 1, 0]), (0, [1, 1, 1]),
        (1, [1, 1, 1, 0]), (1, [1, 1]), (1, [0, 1, 0, 0]), (1, [1, 1, 1, 1]), (1, [0, 0, 1]),
    ];

    private readonly TemporaryFolder folder = new();
    private readonly string file;

    public GlmmByHandTests() => file = folder.Write("clusters.csv", "id,arm,y,n\n" + string.Concat(Clusters.SelectMany((one, cluster) =>
        one.Yes.Select((yes, row) => FormattableString.Invariant($"{cluster + 1},{one.Arm},{yes},{Count(cluster, row)}\n")))));

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("logit")]
    [InlineData("probit")]
    [InlineData("cloglog")]
    public void The_likelihood_is_the_integral_and_is_flat_at_the_estimates(string link)
    {
        var fit = Answers.Json($"glmm {file} \"y ~ arm + (1 | id)\" --link {link}");
        var (a, b, sigma) = Parameters(fit);
        Assert.Equal(LogLikelihood(link, a, b, sigma), fit.Number("logLik"), 1e-6);
        const double Step = 1e-4;
        Assert.Equal(0, (LogLikelihood(link, a + Step, b, sigma) - LogLikelihood(link, a - Step, b, sigma)) / (2 * Step), 1e-3);
        Assert.Equal(0, (LogLikelihood(link, a, b + Step, sigma) - LogLikelihood(link, a, b - Step, sigma)) / (2 * Step), 1e-3);
        Assert.Equal(0, (LogLikelihood(link, a, b, sigma + Step) - LogLikelihood(link, a, b, sigma - Step)) / (2 * Step), 1e-3);
        Assert.Equal((-2 * fit.Number("logLik")) + 6, fit.Number("aic"), 1e-9);
        Assert.Equal((-2 * fit.Number("logLik")) + (3 * Math.Log(35)), fit.Number("bic"), 1e-9);
    }

    /// <summary>Of a probit the marginal coefficients are the conditional ones over √(1 + σ²).</summary>
    [Fact]
    public void Marginal_probit_coefficients_shrink_by_one_factor()
    {
        var answer = Answers.Json($"marginalize {file} \"y ~ arm + (1 | id)\" --link probit");
        var factor = Math.Sqrt(1 + answer.Number("randomEffects", 0, "covariance", 0, 0));
        Answers.Near([.. answer.Each("conditional", "estimate").Select(value => value / factor)], answer.Each("coefficients", "estimate"));
    }

    /// <summary>Of a logarithm only the intercept moves, by σ² / 2; of the identity nothing does.</summary>
    [Fact]
    public void Marginal_rates_move_by_half_the_variance()
    {
        var answer = Answers.Json($"marginalize {file} \"n ~ arm + (1 | id)\" --family poisson");
        var (conditional, marginal) = (answer.Each("conditional", "estimate"), answer.Each("coefficients", "estimate"));
        Assert.Equal(conditional[0] + (answer.Number("randomEffects", 0, "covariance", 0, 0) / 2), marginal[0], 1e-9);
        Assert.Equal(conditional[1], marginal[1], 1e-9);
        Assert.True(answer.Number("randomEffects", 0, "sd", 0) > 0.01);
    }

    /// <summary>Of a logit the marginal logits are those of probabilities averaged over the effect.</summary>
    [Fact]
    public void Marginal_logits_are_of_averaged_probabilities()
    {
        var answer = Answers.Json($"marginalize {file} \"y ~ arm + (1 | id)\"");
        var (conditional, marginal) = (answer.Each("conditional", "estimate"), answer.Each("coefficients", "estimate"));
        var sigma = answer.Number("randomEffects", 0, "sd", 0);
        double Marginal(double eta)
        {
            var mean = BruteForce.NormalMean(z => Mean("logit", eta + (sigma * z)), sigma);
            return Math.Log(mean / (1 - mean));
        }

        Assert.Equal(Marginal(conditional[0]), marginal[0], 1e-8);
        Assert.Equal(Marginal(conditional[0] + conditional[1]) - Marginal(conditional[0]), marginal[1], 1e-8);
        Assert.True(Math.Abs(marginal[1]) < Math.Abs(conditional[1]));
    }

    [Fact]
    public void Clustering_is_measured_by_the_variance_of_the_effect()
    {
        var fit = Answers.Json($"glmm {file} \"y ~ arm + (1 | id)\"");
        var variance = fit.Number("randomEffects", 0, "covariance", 0, 0);
        Assert.Equal(Math.Sqrt(variance), fit.Number("randomEffects", 0, "sd", 0), 1e-12);
        Assert.Equal(variance / (variance + (Math.PI * Math.PI / 3)), fit.Number("icc"), 1e-9);
        Assert.Equal(Math.Exp(Math.Sqrt(2 * variance) * Normal.InvCDF(0, 1, 0.75)), fit.Number("medianOddsRatio"), 1e-8);

        // Rows are in clusters of Σn² / n on average, as the rows have them.
        var size = Clusters.Sum(one => Math.Pow(one.Yes.Length, 2)) / 35;
        Assert.Equal(size, fit.Number("clustering", 0, "effectiveGroupSize"), 1e-9);
        var observed = fit.Number("clustering", 0, "iccObserved", "estimate");
        Assert.Equal(1 + ((size - 1) * observed), fit.Number("designEffect"), 1e-9);
        var probit = Answers.Json($"glmm {file} \"y ~ arm + (1 | id)\" --link probit");
        var latent = probit.Number("randomEffects", 0, "covariance", 0, 0);
        Assert.Equal(latent / (latent + 1), probit.Number("icc"), 1e-9);
    }

    [Fact]
    public void A_variance_is_tested_against_the_model_without_it()
    {
        var fit = Answers.Json($"glmm {file} \"y ~ arm + (1 | id)\"");

        // Without the effect: two binomials.
        var shares = new[] { 0, 1 }.Select(arm => Clusters.Where(one => one.Arm == arm).SelectMany(one => one.Yes).ToArray());
        var without = shares.Sum(rows => rows.Sum(yes => Math.Log(yes == 1 ? rows.Average() : 1 - rows.Average())));
        var statistic = 2 * (fit.Number("logLik") - without);
        Assert.Equal(statistic, fit.Number("varianceTests", 0, "statistic"), 1e-6);
        Assert.Equal((1 - ChiSquared.CDF(1, statistic)) / 2, fit.Number("varianceTests", 0, "p"), 1e-8);
    }

    /// <summary>The mode is where the posterior is flat, its error of the curvature there; the mean is an average over it.</summary>
    [Fact]
    public void Predicted_effects_are_of_their_posterior()
    {
        var path = Path.Combine(folder.Path, "effects.csv");
        var fit = Answers.Json($"glmm {file} \"y ~ arm + (1 | id)\" --random-effects {path}");
        var (a, b, sigma) = Parameters(fit);
        var rows = Answers.FileFields(path);
        Assert.Equal(["group", "level", "effect", "mode", "mode_se", "mean", "mean_sd"], rows[0]);
        foreach (var fields in rows[1..])
        {
            var cluster = int.Parse(fields[1], CultureInfo.InvariantCulture) - 1;
            var (mode, error, mean, deviation) = (Value(fields[3]), Value(fields[4]), Value(fields[5]), Value(fields[6]));
            var eta = a + (b * Clusters[cluster].Arm);
            var probability = Mean("logit", eta + mode);
            var size = Clusters[cluster].Yes.Length;
            Assert.Equal(Clusters[cluster].Yes.Sum() - (size * probability), mode / sigma / sigma, 1e-6);
            Assert.Equal(1 / Math.Sqrt((size * probability * (1 - probability)) + (1 / sigma / sigma)), error, 1e-6);
            double Moment(Func<double, double> of) => BruteForce.NormalMean(
                z => of(sigma * z) * Probability("logit", Clusters[cluster].Yes, eta + (sigma * z)), 1);
            var whole = Moment(_ => 1);
            Assert.Equal(Moment(effect => effect) / whole, mean, 1e-6);
            Assert.Equal(Math.Sqrt(Moment(effect => Math.Pow(effect - mean, 2)) / whole), deviation, 1e-6);
        }
    }

    [Fact]
    public void Rows_are_predicted_with_their_cluster_and_without()
    {
        var path = Path.Combine(folder.Path, "rows.csv");
        var fit = Answers.Json($"glmm {file} \"y ~ arm + (1 | id)\" --predictions {path}");
        var (a, b, sigma) = Parameters(fit);
        var rows = Answers.FileFields(path);
        var columns = rows[0].Index().ToDictionary(column => column.Item, column => column.Index, StringComparer.Ordinal);
        Assert.Equal(35, rows.Length - 1);
        foreach (var fields in rows[1..])
        {
            var cluster = int.Parse(fields[columns["id"]], CultureInfo.InvariantCulture) - 1;
            var eta = a + (b * Clusters[cluster].Arm);
            var predictor = eta + fit.Number("randomEffects", 0, "modes", $"{cluster + 1}", 0);
            Assert.Equal(predictor, Value(fields[columns["predictor"]]), 1e-8);
            Assert.Equal(Mean("logit", predictor), Value(fields[columns["mean"]]), 1e-8);
            var marginal = BruteForce.NormalMean(z => Mean("logit", eta + (sigma * z)), sigma);
            Assert.Equal(marginal, Value(fields[columns["marginal"]]), 1e-8);
            Assert.Equal(Value(fields[columns["observed"]]) - Mean("logit", predictor), Value(fields[columns["residual"]]), 1e-8);
        }
    }

    /// <summary>One node is the Laplace approximation: the integrand's height and curvature at its mode.</summary>
    [Fact]
    public void One_node_is_the_Laplace_approximation()
    {
        var fit = Answers.Json($"glmm {file} \"y ~ arm + (1 | id)\" --nodes 1");
        var (a, b, sigma) = Parameters(fit);
        var sum = 0.0;
        foreach (var ((arm, yes), cluster) in Clusters.Select((one, cluster) => (one, cluster)))
        {
            var mode = fit.Number("randomEffects", 0, "modes", $"{cluster + 1}", 0);
            var probability = Mean("logit", a + (b * arm) + mode);
            var curvature = (yes.Length * probability * (1 - probability)) + (1 / sigma / sigma);
            sum += Math.Log(Probability("logit", yes, a + (b * arm) + mode)) - (mode * mode / 2 / sigma / sigma)
                - Math.Log(sigma) - (Math.Log(curvature) / 2);
        }

        Assert.Equal(sum, fit.Number("logLik"), 1e-6);
        Assert.Equal(1, fit.Number("nodes"));
    }

    private static (double A, double B, double Sigma) Parameters(JsonElement fit) => (
        fit.Number("coefficients", 0, "estimate"), fit.Number("coefficients", 1, "estimate"), fit.Number("randomEffects", 0, "sd", 0));

    private static double LogLikelihood(string link, double a, double b, double sigma) => Clusters.Sum(one => Math.Log(
        BruteForce.NormalMean(z => Probability(link, one.Yes, a + (b * one.Arm) + (sigma * z)), 1)));

    private static double Probability(string link, int[] yes, double eta)
    {
        var mean = Mean(link, eta);
        return Math.Pow(mean, yes.Sum()) * Math.Pow(1 - mean, yes.Length - yes.Sum());
    }

    private static double Mean(string link, double eta) => link switch
    {
        "probit" => Normal.CDF(0, 1, eta),
        "cloglog" => 1 - Math.Exp(-Math.Exp(eta)),
        _ => 1 / (1 + Math.Exp(-eta)),
    };

    private static int Count(int cluster, int row) =>
        ((3 * Clusters[cluster].Yes[row]) + (2 * Clusters[cluster].Yes.Length) + (row * (cluster + 1))) % 9;

    private static double Value(string field) => double.Parse(field, CultureInfo.InvariantCulture);
}
