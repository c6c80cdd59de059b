using MarginalConditional.Compare.Planning;
using MarginalConditional.Gee.Planning;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Tests.Planning;

/// <summary><see cref="CountInformation"/> against all counts enumerated, the sums of logistic models, and swdpwr 1.11.</summary>
public sealed class CountInformationTests
{
    public static TheoryData<string, double> Scales => new()
    {
        { "logit", 0.7 }, { "logit", 2.5 }, { "probit", 0.5 }, { "cloglog", 0.6 }, { "log", 0.2 }, { "identity", 0.06 },
    };

    [Theory]
    [MemberData(nameof(Scales))]
    public void A_lattice_of_counts_stands_for_all(string name, double deviation)
    {
        const int Size = 4;
        var link = Of(name);
        double[] predictors = [link.Predictor(0.25), link.Predictor(0.35), link.Predictor(0.5)];
        var expected = Enumerated(link, predictors, deviation, Size);
        var information = CountInformation.Of(link, predictors, deviation, Size);
        Assert.Equal(1, Contrast(information, 4) / Contrast(expected, 4), 3e-3);
        Assert.All(Enumerable.Range(0, 16), k =>
            Assert.Equal(expected[k], information[k], 0.06 * Math.Sqrt(expected[5 * (k / 4)] * expected[5 * (k % 4)])));
    }

    /// <summary>There is no intercept at which all periods have risks well within 0 and 1.</summary>
    [Theory]
    [InlineData("probit", -5.0, 5.0, 2.0)]
    [InlineData("probit", -6.5, 6.0, 2.5)]
    [InlineData("cloglog", -9.0, 4.0, 2.0)]
    public void Periods_without_a_common_range_have_the_information_of_all_counts_too(
        string name, double low, double high, double deviation)
    {
        var link = Of(name);
        double[] predictors = [low, high, high];
        var expected = Enumerated(link, predictors, deviation, 4);
        var information = CountInformation.Of(link, predictors, deviation, 4);
        Assert.All(Enumerable.Range(0, 16), k => Assert.Equal(
            expected[k], information[k], 0.06 * Math.Sqrt(expected[5 * (k / 4)] * expected[5 * (k % 4)])));
    }

    [Fact]
    public void Risks_that_leave_their_range_at_once_have_no_plan() => Assert.Throws<ArgumentException>(
        () => CountInformation.Of(Link.Log, [-30.0, -1.0], 0.3, 5));

    [Fact]
    public void Large_logistic_clusters_have_the_information_of_their_sums()
    {
        double[] predictors = [-1.2, -0.4, 0.3, 0.6, 0.9];
        var exact = WedgeConditionalPlan.InformationOf(predictors, 0.6, 40);
        var lattice = CountInformation.Of(Link.Logit, predictors, 0.6, 40);
        Assert.Equal(1, Contrast(lattice, 6) / Contrast(exact, 6), 2e-3);
        Assert.All(Enumerable.Range(0, 36), k =>
            Assert.Equal(exact[k], lattice[k], 0.02 * Math.Sqrt(exact[7 * (k / 6)] * exact[7 * (k % 6)])));
    }

    [Theory]
    [InlineData("identity", 0.2, 0.868)]
    [InlineData("identity", 0.3, 0.352)]
    [InlineData("log", 0.2, 0.855)]
    [InlineData("log", 0.3, 0.248)]
    public void Powers_on_other_scales_are_those_of_swdpwr(string name, double end, double power)
    {
        // swdpwr 1.11: swdpower(K = 20, design of 2 steps by 6 clusters, "binomial", "conditional", link, "cross-sectional",
        // meanresponse_start = .2, meanresponse_end0 = end, meanresponse_end1 = end + .1, alpha0 = .02, alpha1 = .02).
        var plan = new TrialPlan
        {
            Outcome = WedgeConditionalPlan.Of(
                WedgeDesign.Stepped(2),
                WedgeOutcome.Binary(0.2, end, end + 0.1, Of(name)),
                0.02,
                [20],
                end == 0.2 ? PeriodEffects.None : PeriodEffects.Categorical).Outcome,
            Information = 1,
            UsesStudent = false,
        };
        Assert.Equal(power, plan.Power(12), 0.01);
    }

    /// <summary>The variance of the third period's predictor less the first's.</summary>
    private static double Contrast(double[] information, int width)
    {
        var inverse = new double[width * width];
        Assert.True(Cholesky.TryInvert([.. information], width, new double[width * width], inverse));
        return inverse[0] + inverse[2 * (width + 1)] - (2 * inverse[2]);
    }

    private static Link Of(string name) => name switch
    {
        "logit" => Link.Logit,
        "probit" => Link.Probit,
        "cloglog" => Link.Cloglog,
        "log" => Link.Log,
        _ => Link.Identity,
    };

    /// <summary>All counts of three periods, each with its score by a fine midpoint rule over the intercepts that risks allow.</summary>
    private static double[] Enumerated(Link link, double[] predictors, double deviation, int size)
    {
        double[] nodes = [.. Enumerable.Range(-1700, 3401).Select(k => k / 200.0)
            .Where(z => link.Name is not ("log" or "identity")
                || predictors.All(eta => link.Mean(eta + (deviation * z)) is > 1e-10 and < 1 - 1e-10))];
        var all = nodes.Sum(z => Math.Exp(-z * z / 2));
        var information = new double[16];
        for (var code = 0; code < 125; code++)
        {
            int[] y = [code % 5, code / 5 % 5, code / 25];
            var total = 0.0;
            var score = new double[4];
            foreach (var z in nodes)
            {
                double[] p = [.. predictors.Select(eta => Math.Clamp(link.Mean(eta + (deviation * z)), 1e-10, 1 - 1e-10))];
                var density = Math.Exp(-z * z / 2) / all;
                for (var j = 0; j < 3; j++)
                {
                    density *= (y[j] is 0 or 4 ? 1 : y[j] == 2 ? 6 : 4) * Math.Pow(p[j], y[j]) * Math.Pow(1 - p[j], size - y[j]);
                }

                total += density;
                for (var j = 0; j < 3; j++)
                {
                    var own = density * (y[j] - (size * p[j])) * link.Derivative(predictors[j] + (deviation * z)) / (p[j] * (1 - p[j]));
                    score[j] += own;
                    score[3] += own * z;
                }
            }

            for (var a = 0; a < 16; a++)
            {
                information[a] += score[a / 4] * score[a % 4] / total;
            }
        }

        return information;
    }
}
