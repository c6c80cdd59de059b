using System.Globalization;
using MarginalConditional.Cli.Tests.Harness;
using MathNet.Numerics.Distributions;

namespace MarginalConditional.Cli.Tests.Commands.Lmm;

/// <summary>
/// Six subjects seen three times each: with so even data restricted maximum likelihood is the analysis of variance, whose mean squares
/// are sums that one can write down, and its tests have exact degrees of freedom (Searle, Casella and McCulloch 1992, section 4.8).
/// </summary>
public sealed class LmmByHandTests : IDisposable
{
    private const int Visits = 3;

    private static readonly double[][] Seen =
        [[4.1, 5, 6.2], [7.3, 8.8, 8.1], [3, 2.2, 4.9], [9.4, 7.7, 9.9], [5.5, 6.1, 4], [8, 9.1, 11.2]];

    private readonly TemporaryFolder folder = new();
    private readonly string file;

    public LmmByHandTests() => file = folder.Write("even.csv", "id,arm,visit,y\n" + string.Concat(Seen.SelectMany((rows, subject) =>
        rows.Select((y, visit) => FormattableString.Invariant($"s{subject},{"ab"[subject % 2]},{visit + 1},{y}\n")))));

    private static double[] Means => [.. Seen.Select(rows => rows.Average())];

    private static double Mean => Means.Average();

    private static double Within => Seen.Sum(rows => rows.Sum(y => Math.Pow(y - rows.Average(), 2))) / (Seen.Length * (Visits - 1));

    private static double Between => Visits * Means.Sum(mean => Math.Pow(mean - Mean, 2)) / (Seen.Length - 1);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Variances_are_differences_of_mean_squares()
    {
        var fit = Answers.Json($"lmm {file} \"y ~ 1 + (1 | id)\" --df kenward-roger");
        Assert.Equal(Within, Math.Pow(fit.Number("residualSd"), 2), 1e-5);
        Assert.Equal((Between - Within) / Visits, fit.Number("randomEffects", 0, "covariance", 0, 0), 1e-4);
        Assert.Equal(Mean, fit.Number("coefficients", 0, "estimate"), 1e-9);
        Assert.Equal(Math.Sqrt(Between / 18), fit.Number("coefficients", 0, "se"), 1e-5);
        Assert.Equal(5, fit.Number("coefficients", 0, "df"), 1e-6);
        var t = Mean / Math.Sqrt(Between / 18);
        Assert.Equal(2 * StudentT.CDF(0, 1, 5, -t), fit.Number("coefficients", 0, "p"), 1e-6);
        Assert.Equal(Mean - (2.570581835636314 * Math.Sqrt(Between / 18)), fit.Number("coefficients", 0, "lower"), 1e-4);
    }

    /// <summary>By full likelihood the mean square between subjects is over their number.</summary>
    [Fact]
    public void Full_likelihood_divides_by_the_number_of_subjects()
    {
        var fit = Answers.Json($"lmm {file} \"y ~ 1 + (1 | id)\" --ml");
        var between = Between * 5 / 6;
        Assert.Equal(Within, Math.Pow(fit.Number("residualSd"), 2), 1e-5);
        Assert.Equal((between - Within) / Visits, fit.Number("randomEffects", 0, "covariance", 0, 0), 1e-4);

        // −2ℓ = n log 2π + K log (m² variance of a mean) + K (m − 1) log σ² + n, at the maximum.
        var deviance = (18 * Math.Log(2 * Math.PI)) + (6 * Math.Log(between)) + (12 * Math.Log(Within)) + 18;
        Assert.Equal(-deviance / 2, fit.Number("logLik"), 1e-6);
        Assert.Equal(deviance + 6, fit.Number("aic"), 1e-6);
        Assert.Equal(deviance + (3 * Math.Log(18)), fit.Number("bic"), 1e-5);
        Assert.False(fit.GetProperty("reml").GetBoolean());
    }

    [Fact]
    public void Predicted_effects_are_means_drawn_to_their_average()
    {
        var (effects, predictions) = (Path.Combine(folder.Path, "effects.csv"), Path.Combine(folder.Path, "rows.csv"));
        var fit = Answers.Json($"lmm {file} \"y ~ 1 + (1 | id)\" --random-effects {effects} --predictions {predictions}");
        var share = (Between - Within) / Between;
        var rows = Answers.FileFields(effects);
        Assert.Equal(["group", "level", "effect", "mode", "mode_se", "prediction_se"], rows[0]);
        for (var subject = 0; subject < 6; subject++)
        {
            var expected = share * (Means[subject] - Mean);
            Assert.Equal(expected, fit.Number("randomEffects", 0, "modes", $"s{subject}", 0), 1e-5);
            Assert.Equal(["id", $"s{subject}", "(Intercept)"], rows[subject + 1][..3]);
            Assert.Equal(expected, Value(rows[subject + 1][3]), 1e-5);

            // Of one effect given the mean: σ_b² less what its subject's mean tells.
            Assert.Equal(Math.Sqrt((Between - Within) / Visits * (1 - share)), Value(rows[subject + 1][4]), 1e-5);
        }

        var lines = Answers.FileFields(predictions);
        var (mean, population, residual) = (
            Array.IndexOf(lines[0], "mean"), Array.IndexOf(lines[0], "population"), Array.IndexOf(lines[0], "residual"));
        foreach (var fields in lines[1..])
        {
            var row = (int)Value(fields[0]) - 1;
            var expected = Mean + (share * (Means[row / Visits] - Mean));
            Assert.Equal(expected, Value(fields[mean]), 1e-5);
            Assert.Equal(Mean, Value(fields[population]), 1e-9);
            Assert.Equal(Seen[row / Visits][row % Visits] - expected, Value(fields[residual]), 1e-5);
        }
    }

    /// <summary>A treatment of whole subjects is tested by their means: Student's t on six less two degrees of freedom.</summary>
    [Theory]
    [InlineData("satterthwaite")]
    [InlineData("kenward-roger")]
    public void Arms_are_compared_by_the_t_test_of_the_subjects_means(string method)
    {
        var fit = Answers.Json($"lmm {file} \"y ~ arm + (1 | id)\" --df {method}");
        double[] a = [Means[0], Means[2], Means[4]];
        double[] b = [Means[1], Means[3], Means[5]];
        var pooled = (a.Sum(one => Math.Pow(one - a.Average(), 2)) + b.Sum(one => Math.Pow(one - b.Average(), 2))) / 4;
        var error = Math.Sqrt(pooled * 2 / 3);
        var t = (b.Average() - a.Average()) / error;
        Assert.Equal(b.Average() - a.Average(), fit.Number("coefficients", 1, "estimate"), 1e-9);
        Assert.Equal(error, fit.Number("coefficients", 1, "se"), 1e-5);
        Assert.Equal(4, fit.Number("coefficients", 1, "df"), 1e-4);
        Assert.Equal(2 * StudentT.CDF(0, 1, 4, -Math.Abs(t)), fit.Number("coefficients", 1, "p"), 1e-5);
        Assert.Equal(t * t, fit.Number("tests", 0, "statistic"), 1e-3);
        Assert.Equal((1, 4), (fit.Number("tests", 0, "numeratorDf"), Math.Round(fit.Number("tests", 0, "denominatorDf"), 4)));
    }

    /// <summary>Visits as a factor are tested within subjects: two-way analysis of variance, on 2 and 10 degrees of freedom.</summary>
    [Fact]
    public void Visits_are_compared_within_subjects()
    {
        var fit = Answers.Json($"lmm {file} \"y ~ visit + (1 | id)\" --factor visit --df kenward-roger --lsmeans visit --pairs");
        double[] visits = [.. Enumerable.Range(0, Visits).Select(visit => Seen.Average(rows => rows[visit]))];
        var residual = Seen.SelectMany((rows, subject) => rows.Select((y, visit) => y - Means[subject] - visits[visit] + Mean))
            .Sum(value => value * value) / 10;
        var statistic = 6 * visits.Sum(value => Math.Pow(value - Mean, 2)) / 2 / residual;
        Assert.Equal(statistic, fit.Number("tests", 0, "statistic"), 1e-5);
        Assert.Equal((2, 10), (fit.Number("tests", 0, "numeratorDf"), Math.Round(fit.Number("tests", 0, "denominatorDf"), 6)));
        Assert.Equal(1 - FisherSnedecor.CDF(2, 10, statistic), fit.Number("tests", 0, "p"), 1e-6);
        Answers.Near([visits[0], visits[1] - visits[0], visits[2] - visits[0]], fit.Each("coefficients", "estimate"));
        Assert.Equal(Math.Sqrt(residual * 2 / 6), fit.Number("coefficients", 2, "se"), 1e-6);
        Answers.Near(visits, fit.Each("means", "estimate"));
        Answers.Near([visits[0] - visits[1], visits[0] - visits[2], visits[1] - visits[2]], fit.Each("pairs", "estimate"));
        Assert.All(fit.Each("pairs", "se"), error => Assert.Equal(Math.Sqrt(residual / 3), error, 1e-6));
    }

    /// <summary>Where subjects are positively correlated a random intercept and one correlation of residuals are one model.</summary>
    [Fact]
    public void A_random_intercept_is_compound_symmetry()
    {
        var random = Answers.Json($"lmm {file} \"y ~ arm + (1 | id)\"");
        var residual = Answers.Json($"lmm {file} \"y ~ arm\" --residual cs --cluster id --wave visit");
        Assert.Equal(random.Number("logLik"), residual.Number("logLik"), 1e-7);
        Answers.Near(random.Each("coefficients", "se"), residual.Each("coefficients", "se"), 1e-5);
        var (variance, error) = (random.Number("randomEffects", 0, "covariance", 0, 0), Math.Pow(random.Number("residualSd"), 2));
        Assert.Equal(variance + error, residual.Number("residualCovariance", 1, 1), 1e-4);
        Assert.Equal(variance, residual.Number("residualCovariance", 0, 2), 1e-4);
        Assert.Equal(variance, residual.Number("residualCovariances", 0, "parameters", "covariance"), 1e-4);
    }

    /// <summary>All of it free, and a mean for every visit: the covariance is that of the sample, over 6 − 1.</summary>
    [Fact]
    public void An_unstructured_covariance_is_the_sample_s()
    {
        var fit = Answers.Json($"lmm {file} \"y ~ visit\" --factor visit --residual un --cluster id --wave visit");
        double[] visits = [.. Enumerable.Range(0, Visits).Select(visit => Seen.Average(rows => rows[visit]))];
        for (var i = 0; i < Visits; i++)
        {
            for (var j = 0; j < Visits; j++)
            {
                var expected = Seen.Sum(rows => (rows[i] - visits[i]) * (rows[j] - visits[j])) / 5;
                Assert.Equal(expected, fit.Number("residualCovariance", i, j), 1e-4);
            }
        }
    }

    /// <summary>The statistic is twice the fall of the log-likelihood; half of its law is at zero: no variance is negative.</summary>
    [Fact]
    public void A_variance_is_tested_by_what_the_likelihood_loses()
    {
        var fit = Answers.Json($"lmm {file} \"y ~ 1 + (1 | id)\" --lrt");
        var without = Answers.Json($"lmm {file} \"y ~ 1\" --cluster id");
        var statistic = 2 * (fit.Number("logLik") - without.Number("logLik"));
        Assert.Equal(statistic, fit.Number("likelihoodRatioTests", 0, "statistic"), 1e-6);
        Assert.True(fit.At("likelihoodRatioTests", 0, "boundary").GetBoolean());
        Assert.Equal((1 - ChiSquared.CDF(1, statistic)) / 2, fit.Number("likelihoodRatioTests", 0, "p"), 1e-9);
        var sample = Seen.SelectMany(rows => rows).Sum(y => Math.Pow(y - Mean, 2)) / 17;
        Assert.Equal(sample, Math.Pow(without.Number("residualSd"), 2), 1e-9);
    }

    [Fact]
    public void Correlation_by_lag_counts_the_pairs_of_visits()
    {
        var fit = Answers.Json($"lmm {file} \"y ~ 1\" --residual ar1 --cluster id --wave visit --lags");
        Answers.Near([1, 2], fit.Each("correlationByLag", "lag"));
        Answers.Near([12, 6], fit.Each("correlationByLag", "pairs"));
        var fitted = fit.Each("correlationByLag", "fitted");
        Assert.Equal(fitted[0] * fitted[0], fitted[1], 1e-9);
    }

    /// <summary>The sandwich without correction, of one mean: squares of the subjects' sums of residuals over n².</summary>
    [Fact]
    public void A_robust_standard_error_is_a_sum_over_subjects()
    {
        var fit = Answers.Json($"lmm {file} \"y ~ 1 + (1 | id)\" --se robust");
        Assert.Equal(Math.Sqrt(Means.Sum(mean => Math.Pow(mean - Mean, 2)) / 36), fit.Number("coefficients", 0, "se"), 1e-9);
        var reduced = Answers.Json($"lmm {file} \"y ~ 1 + (1 | id)\" --se bias-reduced");
        Assert.Equal(Math.Sqrt(Means.Sum(mean => Math.Pow(mean - Mean, 2)) / 30), reduced.Number("coefficients", 0, "se"), 1e-9);
    }

    private static double Value(string field) => double.Parse(field, CultureInfo.InvariantCulture);
}
