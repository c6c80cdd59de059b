using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Intercept;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Intercept;

/// <summary>
/// Values are those of <see cref="PlainIntercept"/>, scores its differences, the information differences of the scores: with more columns
/// than rows and fewer, in one tile of <see cref="InterceptNodes"/> and several, so that every sum of <see cref="InterceptSums"/> counts.
/// </summary>
public sealed class InterceptLikelihoodTests
{
    private const double Step = 1e-4;

    private static readonly (string Name, InterceptLaw Law, bool IsMarginal)[] Models =
    [
        ("normal", InterceptLaw.Normal, false), ("marginal", InterceptLaw.Normal, true), ("bridge", InterceptLaw.Bridge, false),
        ("t", InterceptLaw.StudentT5, false), ("points", InterceptLaw.TwoPoints, false),
    ];

    public static TheoryData<string, string, double> Cases => new()
    {
        { "normal", "logit", 1.2 }, { "marginal", "logit", 0.5 }, { "marginal", "logit", 1.7 }, { "marginal", "cloglog", 0.8 },
        { "marginal", "probit", 1.1 }, { "marginal", "log", 0.7 }, { "bridge", "logit", 0.9 }, { "bridge", "logit", 2.5 },
        { "t", "logit", 1.3 }, { "t", "probit", 0.8 }, { "points", "logit", 1.4 }, { "points", "log", 0.6 }, { "normal", "log", 0.6 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_and_scores_are_those_of_a_fine_grid(string model, string linkName, double sigma)
    {
        foreach (var (frame, beta) in Frames(linkName))
        {
            var (family, link, law, isMarginal) = Model(model, linkName);
            var fitted = new InterceptModel(frame, family, link, law, isMarginal, threads: 1);
            var m = fitted.ParameterCount;
            var scores = new double[fitted.Clusters * m];
            var gradient = new double[m];
            var value = fitted.Open(140).Evaluate(fitted.ToScaled([.. beta, sigma]), gradient, new double[m * m], scores, []);
            for (var j = 0; j < m; j++)
            {
                Assert.Equal(gradient[j], Enumerable.Range(0, fitted.Clusters).Sum(c => scores[(c * m) + j]), 1e-11);
            }

            fitted.ScoresToData(scores);
            Assert.Equal(Enumerable.Range(0, fitted.Clusters).Sum(c => Plain(c, -1, 0)), value, 2e-6);
            for (var c = 0; c < fitted.Clusters; c++)
            {
                for (var j = 0; j < m; j++)
                {
                    Assert.Equal((Plain(c, j, Step) - Plain(c, j, -Step)) / (2 * Step), scores[(c * m) + j], 2e-5);
                }
            }

            double Plain(int cluster, int moved, double by) => PlainIntercept.Log(
                frame,
                cluster,
                family,
                link,
                law,
                isMarginal,
                [.. beta.Select((b, j) => j == moved ? b + by : b)],
                moved == beta.Length ? sigma + by : sigma);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_information_is_minus_the_slope_of_the_score(string model, string linkName, double sigma)
    {
        foreach (var (frame, beta) in Frames(linkName))
        {
            var (family, link, law, isMarginal) = Model(model, linkName);
            var fitted = new InterceptModel(frame, family, link, law, isMarginal, threads: 1);
            HasTheSlopesOfTheScore(fitted, [.. beta, sigma]);
        }
    }

    [Fact]
    public void With_a_deviation_for_each_group_the_likelihood_is_the_sum_of_theirs()
    {
        var frame = PlainIntercept.Frame(4, 3, counts: false, 3, 1, 4, 2, 6, 5, 3);
        int[] groups = [0, 1, 1, 0, 1, 0, 0];
        double[] beta = [-0.4, 0.3, -0.2];
        double[] sigmas = [0.7, 1.6];
        var fitted = new InterceptModel(frame, Family.Binomial, Link.Logit, InterceptLaw.Normal, isMarginal: false, threads: 1, groups);
        Assert.Equal(2, fitted.Deviations);
        var scores = new double[7 * 5];
        var value = fitted.Open(80).Evaluate(fitted.ToScaled([.. beta, .. sigmas]), new double[5], new double[25], scores, []);
        Assert.Equal(Enumerable.Range(0, 7).Sum(c => Plain(c, 0)), value, 1e-7);
        for (var c = 0; c < 7; c++)
        {
            Assert.Equal((Plain(c, Step) - Plain(c, -Step)) / (2 * Step), scores[(c * 5) + 3 + groups[c]], 1e-6);
            Assert.Equal(0, scores[(c * 5) + 4 - groups[c]]);
        }

        HasTheSlopesOfTheScore(fitted, [.. beta, .. sigmas]);

        double Plain(int c, double by) => PlainIntercept.Log(
            frame, c, Family.Binomial, Link.Logit, InterceptLaw.Normal, isMarginal: false, beta, sigmas[groups[c]] + by);
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        var frame = PlainIntercept.Frame(4, 3, counts: false, [.. Enumerable.Range(0, 1500).Select(c => 1 + (c % 5))]);
        double[] one = Numbers(1), four = Numbers(4);
        Assert.Equal(one, four);

        double[] Numbers(int threads)
        {
            var model = new InterceptModel(frame, Family.Binomial, Link.Logit, InterceptLaw.Normal, isMarginal: true, threads);
            var (gradient, information) = (new double[4], new double[16]);
            var (scores, informations) = (new double[1500 * 4], new double[1500 * 16]);
            var value = model.Open(20).Evaluate(model.ToScaled([-0.4, 0.3, -0.2, 1.1]), gradient, information, scores, informations);
            return [value, .. gradient, .. information, .. scores, .. informations];
        }
    }

    /// <summary>Where the modes are sought from decides the last bits of a log-likelihood: from the same ones they are the same.</summary>
    [Fact]
    public void A_likelihood_started_at_another_goes_on_from_its_modes()
    {
        var frame = PlainIntercept.Frame(4, 3, counts: false, [.. Enumerable.Range(0, 100).Select(c => 1 + (c % 5))]);
        var model = new InterceptModel(frame, Family.Binomial, Link.Logit, InterceptLaw.Normal, isMarginal: false, threads: 1);
        var (one, other) = (model.Open(9), model.Open(9));
        At(one, 0.3);
        other.StartAt(one);
        Assert.Equal(At(one, 1.1), At(other, 1.1));

        double[] At(InterceptLikelihood likelihood, double sigma)
        {
            var (gradient, information) = (new double[4], new double[16]);
            return [likelihood.Evaluate(model.ToScaled([-0.4, 0.3, -0.2, sigma]), gradient, information), .. gradient, .. information];
        }
    }

    [Fact]
    public void A_covariance_in_the_data_s_units_is_that_of_the_parameters_there()
    {
        var frame = PlainIntercept.Frame(4, 3, counts: false, 3, 1, 4);
        var model = new InterceptModel(frame, Family.Binomial, Link.Logit, InterceptLaw.Normal, isMarginal: false, threads: 1);
        double[] direction = [0.4, -1.1, 0.7, 0.2];
        var image = model.ToData(direction);
        var covariance = model.CovarianceToData([.. direction.SelectMany(a => direction.Select(b => a * b))]);
        Assert.All(Enumerable.Range(0, 16), at => Assert.Equal(image[at / 4] * image[at % 4], covariance[at], 1e-12));
        Assert.All(model.ToScaled(image).Zip(direction), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
    }

    private static void HasTheSlopesOfTheScore(InterceptModel fitted, double[] parameters)
    {
        var m = fitted.ParameterCount;
        var point = fitted.ToScaled(parameters);
        var (clusters, information, unused) = (fitted.Clusters, new double[m * m], new double[m * m]);
        var (scores, informations) = (new double[clusters * m], new double[clusters * m * m]);
        var (above, below) = (new double[clusters * m], new double[clusters * m]);
        var likelihood = fitted.Open(140);
        likelihood.Evaluate(point, new double[m], information, scores, informations);
        for (var entry = 0; entry < m * m; entry++)
        {
            Assert.Equal(information[entry], Enumerable.Range(0, clusters).Sum(c => informations[(c * m * m) + entry]), 1e-10);
        }

        for (var j = 0; j < m; j++)
        {
            likelihood.Evaluate([.. point.Select((value, l) => l == j ? value + Step : value)], new double[m], unused, above, []);
            likelihood.Evaluate([.. point.Select((value, l) => l == j ? value - Step : value)], new double[m], unused, below, []);
            for (var at = 0; at < clusters * m; at++)
            {
                Assert.Equal((below[at] - above[at]) / (2 * Step), informations[(at / m * m * m) + (at % m * m) + j], 2e-4);
            }
        }
    }

    /// <summary>Clusters of one to five rows with two columns and with seven, and one of sixty rows.</summary>
    private static IEnumerable<(ModelFrame Frame, double[] Beta)> Frames(string link)
    {
        var counts = link == "log";
        yield return (PlainIntercept.Frame(3, 2, counts, 2, 5, 1, 3, 4), [-0.9, 0.3]);
        yield return (PlainIntercept.Frame(5, 7, counts, 4, 2, 3), [-0.9, 0.3, -0.2, 0.1, 0, 0.1, -0.1]);
        yield return (PlainIntercept.Frame(8, 2, counts, 60, 2), [-0.9, 0.3]);
    }

    private static (Family Family, Link Link, InterceptLaw Law, bool IsMarginal) Model(string model, string linkName)
    {
        Assert.True(Link.TryParse(linkName, out var link));
        var (_, law, isMarginal) = Models.Single(entry => entry.Name == model);
        return (link == Link.Log ? Family.Poisson : Family.Binomial, link, law, isMarginal);
    }
}
