using System.Globalization;
using MarginalConditional.Cli.Tests.Harness;
using MathNet.Numerics.Distributions;

namespace MarginalConditional.Cli.Tests.Commands.Meta;

/// <summary>
/// Five effects and four tables, whose combinations are sums of a few terms (Borenstein and others 2009, chapters 11 to 13).
/// </summary>
public sealed class MetaByHandTests : IDisposable
{
    private const double Quantile = 1.9599639845400545;

    private static readonly double[] Effects = [0.2, 0.9, -0.1, 1.2, 0.5];
    private static readonly double[] Variances = [0.04, 0.09, 0.01, 0.16, 0.05];
    private static readonly double[] Years = [1, 2, 1, 4, 3];
    private static readonly (double A, double N, double C, double M)[] Tables =
        [(4, 20, 8, 20), (6, 30, 9, 30), (10, 50, 25, 50), (3, 15, 3, 15)];

    private readonly TemporaryFolder folder = new();
    private readonly string effects;
    private readonly string tables;

    public MetaByHandTests()
    {
        effects = folder.Write("effects.csv", "study,y,v,se,year\n" + string.Concat(Effects.Select((y, k) => FormattableString.Invariant(
            $"{"ABCDE"[k]},{y},{Variances[k]},{Math.Sqrt(Variances[k]):R},{Years[k]}\n"))));
        tables = folder.Write("tables.csv", "study,ai,n1,ci,n2,bi,di,t1,t2\n" + string.Concat(Tables.Select((one, k) =>
            FormattableString.Invariant(
                $"{"ABCD"[k]},{one.A},{one.N},{one.C},{one.M},{one.N - one.A},{one.M - one.C},{2 * one.N},{3 * one.M}\n"))));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void One_common_effect_is_weighted_by_inverse_variances()
    {
        var answer = Answers.Json($"meta {effects} --yi y --vi v --method FE");
        var (estimate, error) = Combined(0);
        Assert.Equal(estimate, answer.Number("estimate"), 1e-12);
        Assert.Equal(error, answer.Number("se"), 1e-12);
        Assert.Equal(Cochran, answer.Number("q"), 1e-10);
        Assert.Equal(4, answer.Number("qDf"));
        Assert.Equal(1 - ChiSquared.CDF(4, Cochran), answer.Number("qP"), 1e-10);
        Assert.Equal(0, answer.Number("tau2"));
        Assert.Equal(estimate - (Quantile * error), answer.Number("lower"), 1e-9);
        Answers.Near([.. Variances.Select(v => error * error / v)], answer.Each("studies", "weight"));
    }

    [Fact]
    public void The_variance_between_studies_is_what_Q_has_too_much()
    {
        var answer = Answers.Json($"meta {effects} --yi y --vi v --method DL");
        var weights = Variances.Select(v => 1 / v).ToArray();
        var tau = (Cochran - 4) / (weights.Sum() - (weights.Sum(w => w * w) / weights.Sum()));
        var (estimate, error) = Combined(tau);
        Assert.Equal(tau, answer.Number("tau2"), 1e-12);
        Assert.Equal(estimate, answer.Number("estimate"), 1e-12);
        Assert.Equal(error, answer.Number("se"), 1e-12);
        Assert.Equal(100 * (Cochran - 4) / Cochran, answer.Number("i2"), 1e-9);
        Assert.Equal(Cochran / 4, answer.Number("h2"), 1e-9);
        var half = Quantile * Math.Sqrt(tau + (error * error));
        Assert.Equal(estimate - half, answer.Number("predictionLower"), 1e-9);
        Assert.Equal(estimate + half, answer.Number("predictionUpper"), 1e-9);
        for (var k = 0; k < 5; k++)
        {
            var share = tau / (tau + Variances[k]);
            Assert.Equal(share, answer.Number("studies", k, "shrinkageWeight"), 1e-12);
            Assert.Equal((share * Effects[k]) + ((1 - share) * estimate), answer.Number("studies", k, "shrunken"), 1e-12);
        }
    }

    /// <summary>Hedges': the variance of the effects less the mean of their sampling variances.</summary>
    [Fact]
    public void The_interval_of_Hartung_and_Knapp_has_k_less_one_degrees_of_freedom()
    {
        var answer = Answers.Json($"meta {effects} --yi y --sei se --method HE --ci hartung-knapp --student-prediction");
        var tau = (Effects.Sum(y => Math.Pow(y - Effects.Average(), 2)) / 4) - Variances.Average();
        Assert.Equal(tau, answer.Number("tau2"), 1e-12);
        var (estimate, error) = Combined(tau);
        var spread = Effects.Zip(Variances, (y, v) => Math.Pow(y - estimate, 2) / (v + tau)).Sum() / 4;
        Assert.Equal(error * Math.Sqrt(spread), answer.Number("se"), 1e-10);
        Assert.Equal(4, answer.Number("df"));
        Assert.Equal(estimate + (2.7764451051977987 * error * Math.Sqrt(spread)), answer.Number("upper"), 1e-8);
        Assert.Equal(2 * StudentT.CDF(0, 1, 4, -Math.Abs(estimate / error / Math.Sqrt(spread))), answer.Number("p"), 1e-8);

        // Three degrees of freedom for one more study.
        var half = 3.182446305284263 * Math.Sqrt(tau + (error * error * spread));
        Assert.Equal(estimate + half, answer.Number("predictionUpper"), 1e-7);
        var never = Answers.Json($"meta {effects} --yi y --sei se --method HE --ci hartung-knapp-adhoc");
        Assert.Equal(error * Math.Sqrt(Math.Max(1, spread)), never.Number("se"), 1e-10);
    }

    /// <summary>Paule and Mandel's, and by likelihood: the equations that define them hold at the estimate.</summary>
    [Fact]
    public void Estimates_by_iteration_solve_their_equations()
    {
        var mandel = Answers.Json($"meta {effects} --yi y --vi v --method PM").Number("tau2");
        Assert.Equal(4, Q(mandel), 1e-6);
        foreach (var (method, restricted) in new[] { ("ML", false), ("REML", true) })
        {
            var tau = Answers.Json($"meta {effects} --yi y --vi v --method {method}").Number("tau2");
            foreach (var other in new[] { tau * 0.99, tau * 1.01 })
            {
                Assert.True(Likelihood(tau, restricted) > Likelihood(other, restricted), $"{method} at {other}");
            }

            Assert.Equal(0, (Likelihood(tau + 1e-5, restricted) - Likelihood(tau - 1e-5, restricted)) / 2e-5, 1e-3);
        }
    }

    [Fact]
    public void Without_a_study_the_others_are_combined()
    {
        var answer = Answers.Json($"meta {effects} --yi y --vi v --method DL --leave-one-out");
        for (var k = 0; k < 5; k++)
        {
            Assert.Equal($"{"ABCDE"[k]}", answer.At("leaveOneOut", k, "without").GetString());
            var lines = File.ReadAllLines(effects).Where((_, line) => line != k + 1);
            var others = Answers.Json($"meta {folder.Write($"others{k}.csv", string.Join('\n', lines))} --yi y --vi v --method DL");
            foreach (var member in new[] { "estimate", "se", "tau2", "q", "predictionUpper" })
            {
                Assert.Equal(others.Number(member), answer.Number("leaveOneOut", k, member), 1e-12);
            }
        }
    }

    /// <summary>Weighted least squares on the year, by the two normal equations.</summary>
    [Fact]
    public void A_moderator_s_slope_is_weighted_least_squares()
    {
        var answer = Answers.Json($"meta {effects} --yi y --vi v --moderators year --method FE --at year=1,4");
        double Sum(Func<int, double> term) => Enumerable.Range(0, 5).Sum(k => term(k) / Variances[k]);
        var (w, x, xx, y, xy) = (Sum(_ => 1), Sum(k => Years[k]), Sum(k => Years[k] * Years[k]), Sum(k => Effects[k]),
            Sum(k => Years[k] * Effects[k]));
        var determinant = (w * xx) - (x * x);
        var (slope, intercept) = (((w * xy) - (x * y)) / determinant, ((xx * y) - (x * xy)) / determinant);
        Answers.Near([intercept, slope], answer.Each("coefficients", "estimate"), 1e-10);
        Assert.Equal(Math.Sqrt(w / determinant), answer.Number("coefficients", 1, "se"), 1e-10);
        Assert.Equal(-x / determinant, answer.Number("covariance", 0, 1), 1e-10);
        Assert.Equal(Sum(k => Math.Pow(Effects[k] - intercept - (slope * Years[k]), 2)), answer.Number("q"), 1e-9);
        Assert.Equal(slope * slope * determinant / w, answer.Number("moderatorTest", "statistic"), 1e-9);
        Answers.Near([intercept + slope, intercept + (4 * slope)], answer.Each("predictions", "estimate"), 1e-10);
        Answers.Near([.. Years.Select(year => intercept + (slope * year))], answer.Each("studies", "fitted"), 1e-10);
        Assert.Equal(3, answer.Number("qDf"));
    }

    /// <summary>Columns of events and of those without, or of all, are one table.</summary>
    [Theory]
    [InlineData("OR")]
    [InlineData("RR")]
    [InlineData("RD")]
    public void Effects_of_tables_are_by_definition(string measure)
    {
        var answer = Answers.Json($"meta {tables} --measure {measure} --treat ai/n1 --control ci/n2");
        var other = Answers.Json($"meta {tables} --measure {measure} --treat ai,bi --control ci,di");
        foreach (var (k, (a, n, c, m)) in Tables.Index())
        {
            var (b, d) = (n - a, m - c);
            var (effect, variance) = measure switch
            {
                "OR" => (Math.Log(a * d / b / c), (1 / a) + (1 / b) + (1 / c) + (1 / d)),
                "RR" => (Math.Log(a / n / (c / m)), (1 / a) - (1 / n) + (1 / c) - (1 / m)),
                _ => ((a / n) - (c / m), (a * b / n / n / n) + (c * d / m / m / m)),
            };
            Assert.Equal(effect, answer.Number("studies", k, "yi"), 1e-12);
            Assert.Equal(variance, answer.Number("studies", k, "vi"), 1e-12);
            Assert.Equal(effect, other.Number("studies", k, "yi"), 1e-12);
        }
    }

    [Fact]
    public void Rates_are_compared_by_events_and_time()
    {
        var ratio = Answers.Json($"meta {tables} --measure IRR --treat ai,t1 --control ci,t2 --method FE");
        var difference = Answers.Json($"meta {tables} --measure IRD --treat ai,t1 --control ci,t2 --method FE");
        foreach (var (k, (a, n, c, m)) in Tables.Index())
        {
            Assert.Equal(Math.Log(a / (2 * n) / (c / (3 * m))), ratio.Number("studies", k, "yi"), 1e-12);
            Assert.Equal((1 / a) + (1 / c), ratio.Number("studies", k, "vi"), 1e-12);
            Assert.Equal((a / (2 * n)) - (c / (3 * m)), difference.Number("studies", k, "yi"), 1e-12);
            Assert.Equal((a / Math.Pow(2 * n, 2)) + (c / Math.Pow(3 * m, 2)), difference.Number("studies", k, "vi"), 1e-12);
        }
    }

    [Fact]
    public void Mantel_and_Haenszel_and_Peto_combine_tables_without_weights_of_studies()
    {
        var haenszel = Answers.Json($"meta {tables} --measure OR --treat ai/n1 --control ci/n2 --method MH");
        var top = Tables.Sum(one => one.A * (one.M - one.C) / (one.N + one.M));
        var bottom = Tables.Sum(one => (one.N - one.A) * one.C / (one.N + one.M));
        Assert.Equal(Math.Log(top / bottom), haenszel.Number("estimate"), 1e-12);
        var peto = Answers.Json($"meta {tables} --measure OR --treat ai/n1 --control ci/n2 --method Peto");
        var (excess, variance) = (0.0, 0.0);
        foreach (var (a, n, c, m) in Tables)
        {
            var (all, events) = (n + m, a + c);
            excess += a - (n * events / all);
            variance += n * m * events * (all - events) / all / all / (all - 1);
        }

        Assert.Equal(excess / variance, peto.Number("estimate"), 1e-12);
        Assert.Equal(1 / Math.Sqrt(variance), peto.Number("se"), 1e-12);

        // Cochran, Mantel and Haenszel's test is the square of Peto's.
        Assert.Equal(excess * excess / variance, haenszel.Number("tableTests", "cmh"), 1e-9);
    }

    [Fact]
    public void Zeros_get_what_was_asked_for()
    {
        var file = folder.Write("zeros.csv", "study,a,b,c,d\nA,0,10,4,6\nB,3,7,5,5\nC,0,10,0,10\n");
        string Line(string options) => $"meta {file} --measure OR --treat a,b --control c,d --method FE {options}";
        var only = Answers.Json(Line(string.Empty));
        Assert.Equal(Math.Log(0.5 * 6.5 / 10.5 / 4.5), only.Number("studies", 0, "yi"), 1e-12);
        Assert.Equal(Math.Log(3.0 * 5 / 7 / 5), only.Number("studies", 1, "yi"), 1e-12);
        var all = Answers.Json(Line("--zero-cells if0all --add 1"));
        Assert.Equal(Math.Log(4.0 * 6 / 8 / 6), all.Number("studies", 1, "yi"), 1e-12);
        var fewer = Answers.Json(Line("--drop-double-zero"));
        Assert.Equal((2, 1), (fewer.Number("observations"), fewer.Number("dropped")));
    }

    [Fact]
    public void The_file_of_numbers_has_the_studies_and_then_what_they_give()
    {
        var answer = Answers.Json($"meta {effects} --yi y --vi v");
        var rows = Answers.Csv($"meta {effects} --yi y --vi v");
        Assert.Equal(["study", "study", "study", "study", "study", "combined", "prediction", "tau2"], rows[1..].Select(row => row[0]));
        for (var k = 0; k < 5; k++)
        {
            Assert.Equal($"{"ABCDE"[k]}", rows[k + 1][1]);
            Assert.Equal(Effects[k], Value(rows[k + 1][2]));
            Assert.Equal(Math.Sqrt(Variances[k]), Value(rows[k + 1][3]), 1e-15);
            Assert.Equal(answer.Number("studies", k, "shrunken"), Value(rows[k + 1][7]));
        }

        Assert.Equal(answer.Number("estimate"), Value(rows[6][2]));
        Assert.Equal(answer.Number("predictionLower"), Value(rows[7][4]));
        Assert.Equal(answer.Number("tau2"), Value(rows[8][2]));
    }

    private static double Cochran => Q(0);

    private static double Q(double tau)
    {
        var estimate = Combined(tau).Estimate;
        return Effects.Zip(Variances, (y, v) => Math.Pow(y - estimate, 2) / (v + tau)).Sum();
    }

    private static (double Estimate, double Error) Combined(double tau)
    {
        var weights = Variances.Select(v => 1 / (v + tau)).ToArray();
        return (weights.Zip(Effects, (w, y) => w * y).Sum() / weights.Sum(), 1 / Math.Sqrt(weights.Sum()));
    }

    private static double Likelihood(double tau, bool restricted) =>
        (-Variances.Sum(v => Math.Log(v + tau)) - Q(tau) - (restricted ? Math.Log(Variances.Sum(v => 1 / (v + tau))) : 0)) / 2;

    private static double Value(string field) => double.Parse(field, CultureInfo.InvariantCulture);
}
