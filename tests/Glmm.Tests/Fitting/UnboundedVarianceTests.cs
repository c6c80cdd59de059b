using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Predictions;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Glmm.Tests.Fitting;

/// <summary><see cref="UnboundedVariance"/>: outcomes that random effects can tell apart.</summary>
public class UnboundedVarianceTests
{
    [Theory]
    [InlineData(10, 20)]
    [InlineData(4, 30)]
    public void The_supremum_is_that_of_a_binomial_of_the_clusters(int events, int clusters)
    {
        // One intercept: the limit is K log-likelihoods of a proportion of clusters.
        var share = (double)events / clusters;
        var expected = (events * Math.Log(share)) + ((clusters - events) * Math.Log(1 - share));
        var model = new PreparedModel(Frame(clusters, c => c < events ? 5 : 0), new GlmmOptions { Family = Family.Binomial });
        Assert.Equal(expected, UnboundedVariance.Supremum(model, [0, 3], [0])!.Value, 1e-9);
        var fit = GlmmFitter.Fit(model.Frame, model.Options);
        Assert.True(fit.IsUnbounded && fit.HasInfiniteEstimates);
        Assert.Equal(expected, fit.LogLikelihood, 1e-9);
        Assert.True(double.IsNaN(fit.Coefficients[0]));
    }

    /// <summary>
    /// Equal rows of a group with different outcomes, or a count above 0, forbid it at once: looked for pair by pair, and where there are
    /// some the search that goes on without them finds nothing either.
    /// </summary>
    [Theory]
    [InlineData("binomial")]
    [InlineData("poisson")]
    public void What_ends_the_question_early_is_what_pairs_of_rows_say_and_the_search_agrees(string name)
    {
        Assert.True(Family.TryParse(name, out var family));
        var (ended, asked) = (0, 0);
        for (var pick = 0; pick < 64; pick++)
        {
            // Three groups of two rows: whether the rows of a group are alike, and every outcome, from the bits of a number.
            double[] kind = [0, pick & 1, 0, 1, 1, 1 - ((pick >> 1) & 1)];
            double[] outcome = [0, 0, (pick >> 2) & 1, (pick >> 3) & 1, (pick >> 4) & 1, (pick >> 5) & 1];
            string[] names = ["(Intercept)", "kind"];
            var frame = new ModelFrame(
                new DesignMatrix(6, names, [.. Enumerable.Repeat(1.0, 6), .. kind], names),
                outcome,
                new Clusters("id", [0, 2, 4, 6], c => $"{c}"));
            var model = new PreparedModel(frame, new GlmmOptions { Family = family, Threads = 1 });
            var expected = Enumerable.Range(0, 3).Any(group => family == Family.Binomial
                ? kind[2 * group] == kind[(2 * group) + 1] && outcome[2 * group] != outcome[(2 * group) + 1]
                : outcome[2 * group] + outcome[(2 * group) + 1] > 0);
            Assert.Equal(expected, UnboundedVariance.HoldsBothSides(model));
            if (expected)
            {
                ended++;
                Assert.Null(UnboundedVariance.Search(model, [0.1, -0.2, 1.5], [0.1, -0.2]));
            }
            else
            {
                asked++;
                Assert.Equal(
                    UnboundedVariance.Search(model, [0.1, -0.2, 1.5], [0.1, -0.2]),
                    UnboundedVariance.Supremum(model, [0.1, -0.2, 1.5], [0.1, -0.2]));
            }
        }

        Assert.True(ended > 10 && asked > 3, $"{ended} and {asked}");
    }

    /// <summary>
    /// One cluster is separated by a covariate, and those left are all or nothing: what is separated is predicted, nothing else is.
    /// </summary>
    [Fact]
    public void Where_the_rest_is_unbounded_separated_rows_alone_are_predicted()
    {
        var plain = Frame(20, c => c < 10 ? 5 : 0);
        string[] names = ["(Intercept)", "x"];
        double[] covariate = [.. Enumerable.Range(0, 100).Select(i => i < 5 ? 1.0 : 0)];
        var frame = new ModelFrame(
            new DesignMatrix(100, names, [.. Enumerable.Repeat(1.0, 100), .. covariate], names), plain.Response.ToArray(), plain.Clusters);
        var fit = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial });
        Assert.True(fit.Separated is not null && fit.Finite!.IsUnbounded);
        var predictions = GlmmPrediction.Of(fit);
        Assert.All(predictions.Take(5), prediction => Assert.Equal(1, prediction.Mean));
        Assert.All(predictions.Skip(5), prediction => Assert.True(double.IsNaN(prediction.Mean) && double.IsNaN(prediction.Marginal)));
        Assert.All(PredictedMeans.Marginal(fit.Finite, out _), mean => Assert.True(double.IsNaN(mean)));
    }

    [Fact]
    public void One_mixed_cluster_bounds_the_variance()
    {
        var fit = GlmmFitter.Fit(Frame(20, c => c == 0 ? 2 : c < 10 ? 5 : 0), new GlmmOptions { Family = Family.Binomial, Nodes = 61 });
        Assert.False(fit.IsUnbounded);
        Assert.True(double.IsFinite(fit.Coefficients[0]));
    }

    // Every cluster turns from 0 to 1 once, at its own time: given its effect nothing is left to chance. The limit is that of a probit
    // model of the times, grouped: for clusters that turn between times 1 and 2 Φ(δ₀ + 2δ₁) − Φ(δ₀ + δ₁), and so on.
    [Theory]
    [InlineData(7)]
    [InlineData(15)]
    [InlineData(31)]
    public void Clusters_that_turn_once_bound_nothing(int nodes)
    {
        int[] turns = [0, 1, 1, 2, 2, 2, 3, 3, 4, 5];
        double[] times = [.. turns.SelectMany(_ => Enumerable.Range(0, 5).Select(t => (double)t))];
        string[] names = ["(Intercept)", "time"];
        var frame = new ModelFrame(
            new DesignMatrix(50, names, [.. Enumerable.Repeat(1.0, 50), .. times], names),
            [.. turns.SelectMany(turn => Enumerable.Range(0, 5).Select(t => t >= turn ? 1.0 : 0))],
            new Clusters("id", [.. Enumerable.Range(0, 11).Select(c => 5 * c)], c => $"{c}"));
        var fit = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial, Nodes = nodes });
        Assert.True(fit.IsUnbounded);

        // By brute force over δ.
        var best = double.NegativeInfinity;
        for (var constant = -3.0; constant < 0; constant += 0.005)
        {
            for (var slope = 0.2; slope < 2; slope += 0.005)
            {
                double Below(int turn) => turn == 0 ? 0 : turn > 5 ? 1
                    : StandardNormal.Cumulative(constant + (slope * (turn - 1)));
                var value = turns.Sum(turn => Math.Log((turn == 5 ? 1 : Below(turn + 1)) - Below(turn)));
                best = Math.Max(best, value);
            }
        }

        Assert.Equal(best, fit.LogLikelihood, 1e-3);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(15, false)]
    [InlineData(15, true)]
    public void Slopes_and_levels_do_not_hide_it(int nodes, bool nested)
    {
        var columns = Frame(20, c => c % 2 == 0 ? 5 : 0);
        int[] groups = [.. Enumerable.Range(0, 100).Select(i => i / 5)];
        double[] ones = [.. Enumerable.Repeat(1.0, 100)], within = [.. Enumerable.Range(0, 100).Select(i => (double)(i % 5))];
        var frame = new ModelFrame(columns.Design, columns.Response.ToArray(), columns.Clusters)
        {
            RandomTerms = nested
                ?
                [
                    new RandomTermDesign("a", [.. groups.Select(g => g / 4)], 5, g => $"{g}", ["(Intercept)"], ones, correlated: true),
                    new RandomTermDesign("a:b", groups, 20, g => $"{g}", ["(Intercept)"], ones, correlated: true),
                ]
                : [new RandomTermDesign("id", groups, 20, g => $"{g}", ["(Intercept)", "t"], [.. ones, .. within], correlated: true)],
        };
        var fit = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial, Nodes = nodes });
        Assert.True(fit.IsUnbounded);
        Assert.Equal(ConvergenceStatus.Separation, fit.Convergence.Status);
    }

    [Theory]
    [InlineData("a/b/c")]
    [InlineData("1 + t + s")]
    public void Three_effects_do_not_hide_it(string terms)
    {
        var columns = Frame(16, c => c % 2 == 0 ? 5 : 0);
        int[] groups = [.. Enumerable.Range(0, 80).Select(i => i / 5)];
        double[] ones = [.. Enumerable.Repeat(1.0, 80)];
        double[] design =
        [
            .. ones,
            .. Enumerable.Range(0, 80).Select(i => (double)(i % 5)),
            .. Enumerable.Range(0, 80).Select(i => (double)(i * i % 5)),
        ];
        var frame = new ModelFrame(columns.Design, columns.Response.ToArray(), columns.Clusters)
        {
            RandomTerms = terms == "a/b/c"
                ? [.. new[] { (8, 2), (2, 8), (1, 16) }.Select(level => new RandomTermDesign(
                    $"level{level.Item2}",
                    [.. groups.Select(g => g / level.Item1)],
                    level.Item2,
                    g => $"{g}",
                    ["(Intercept)"],
                    ones,
                    true))]
                : [new RandomTermDesign("id", groups, 16, g => $"{g}", ["(Intercept)", "t", "s"], design, correlated: true)],
        };
        var fit = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial });
        Assert.True(fit.IsUnbounded);
        Assert.Equal(ConvergenceStatus.Separation, fit.Convergence.Status);
    }

    // Nobody treated has an event, and no fixed effect says so: an effect of the treatment that grows leaves half of the treated
    // likelihood of 1, more than any finite one.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Counts_of_zero_under_one_effect_bound_nothing_and_one_event_does(bool oneEvent)
    {
        const int Rows = 60;
        double[] treated = [.. Enumerable.Range(0, Rows).Select(i => (double)(i % 2))];
        double[] counts = [.. treated.Select((t, i) => t == 1 ? 0.0 : 1 + (i % 3))];
        counts[1] = oneEvent ? 1 : 0;
        string[] names = ["(Intercept)"];
        var frame = new ModelFrame(
            new DesignMatrix(Rows, names, [.. Enumerable.Repeat(1.0, Rows)], names),
            counts,
            new Clusters("id", [.. Enumerable.Range(0, 7).Select(c => 10 * c)], c => $"{c}"))
        {
            RandomTerms = [new RandomTermDesign(
                "id", [.. Enumerable.Range(0, Rows).Select(i => i / 10)], 6, g => $"{g}", ["treated"], treated, correlated: true)],
        };
        Assert.Equal(!oneEvent, GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Poisson }).IsUnbounded);
    }

    // A standard deviation of sixty on the scale of the logarithm is strange, and no sign of anything: every cluster has outcomes that
    // a growing effect would leave behind.
    [Fact]
    public void No_standard_deviation_is_too_large_by_itself()
    {
        foreach (var family in new Family[] { Family.Poisson, Family.Gamma })
        {
            string[] names = ["(Intercept)"];
            var frame = new ModelFrame(
                new DesignMatrix(12, names, [.. Enumerable.Repeat(1.0, 12)], names),
                [.. Enumerable.Range(1, 12).Select(i => (double)i)],
                new Clusters("id", [0, 3, 6, 9, 12], c => $"{c}"));
            var model = new PreparedModel(frame, new GlmmOptions { Family = family, Link = Link.Log });
            Assert.Null(UnboundedVariance.Supremum(model, family == Family.Poisson ? [0, 60] : [0, 60, 0], [0]));
        }
    }

    // One row a cluster and no covariate: every variance has the same likelihood. That is no rise.
    [Theory]
    [InlineData("logit")]
    [InlineData("probit")]
    public void A_likelihood_that_no_variance_changes_does_not_rise(string link)
    {
        Assert.True(Link.TryParse(link, out var parsed));
        var frame = new ModelFrame(
            new DesignMatrix(40, ["(Intercept)"], [.. Enumerable.Repeat(1.0, 40)], ["(Intercept)"]),
            [.. Enumerable.Range(0, 40).Select(i => i % 3 == 0 ? 1.0 : 0)],
            new Clusters("id", [.. Enumerable.Range(0, 41)], c => $"{c}"));
        Assert.False(GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial, Link = parsed }).IsUnbounded);
    }

    // Clusters of five rows with so many events each.
    private static ModelFrame Frame(int clusters, Func<int, int> events)
    {
        var n = 5 * clusters;
        return new ModelFrame(
            new DesignMatrix(n, ["(Intercept)"], [.. Enumerable.Repeat(1.0, n)], ["(Intercept)"]),
            [.. Enumerable.Range(0, n).Select(i => i % 5 < events(i / 5) ? 1.0 : 0)],
            new Clusters("id", [.. Enumerable.Range(0, clusters + 1).Select(c => 5 * c)], c => $"{c}"));
    }
}
