using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee.Association;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Tests.Association;

/// <summary>Alternating logistic regressions.</summary>
public class AlternatingLogisticTests
{
    [Theory]
    [InlineData(0.3, 0.6, 1.2)]
    [InlineData(0.05, 0.9, -2)]
    [InlineData(0.5, 0.5, 0)]
    [InlineData(0.2, 0.7, 8)]
    public void Joint_probability_has_the_odds_ratio_and_its_derivatives(double first, double second, double gamma)
    {
        var joint = new PairProbability(first, second, gamma);
        var both = joint.Both;
        Assert.Equal(gamma, Math.Log(both * (1 - first - second + both) / ((first - both) * (second - both))), 1e-6);
        const double H = 1e-6;
        Assert.Equal(
            (new PairProbability(first, second, gamma + H).Both - new PairProbability(first, second, gamma - H).Both) / (2 * H),
            joint.ByLogOddsRatio,
            1e-6);
        Assert.Equal(
            (new PairProbability(first + H, second, gamma).Both - new PairProbability(first - H, second, gamma).Both) / (2 * H),
            joint.ByFirst,
            1e-6);
        Assert.Equal(
            (new PairProbability(first, second + H, gamma).Both - new PairProbability(first, second - H, gamma).Both) / (2 * H),
            joint.BySecond,
            1e-6);
    }

    [Fact]
    public void Two_waves_without_covariates_give_the_odds_ratio_of_the_table()
    {
        // Means saturated by wave and one odds ratio: the fit is the 2x2
        // table itself, and its log odds ratio has the delta-method variance.
        var frame = ReferenceCase.Frame("ohio", "resp ~ factor(age)", "id");
        var keep = Pairs(frame);
        var fit = AlternatingLogistic.Fit(keep, PairDesign.Exchangeable(keep), new AssociationOptions());
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
        var counts = new double[4];
        for (var i = 0; i < keep.Clusters.Count; i++)
        {
            counts[(int)((2 * keep.Response[2 * i]) + keep.Response[(2 * i) + 1])]++;
        }

        Assert.Equal(Math.Log(counts[0] * counts[3] / (counts[1] * counts[2])), fit.LogOddsRatios[0], 1e-7);
        Assert.Equal(Math.Sqrt(counts.Sum(count => 1 / count)), fit.LogOddsRatioTable()[0].StandardError, 1e-6);
    }

    // SAS Institute. SAS/STAT User's Guide, The GENMOD Procedure, Example: Log Odds Ratios and the ALR Algorithm (respiratory data of
    // Stokes, Davis and Koch, as in the R package geepack; fully parametrized clusters): six log odds ratios, one for each pair of visits.
    [Fact]
    public void Respiratory_trial_with_one_odds_ratio_for_each_pair_of_visits()
    {
        var frame = ReferenceCase.Frame("respiratory_stokes", "outcome ~ treatment + center + sex + age + baseline", "patient", "visit");
        string[] names = ["(1, 2)", "(1, 3)", "(1, 4)", "(2, 3)", "(2, 4)", "(3, 4)"];
        var pairs = PairDesign.Create(
            frame,
            names,
            (j, k, z) => z[Array.IndexOf(names, $"({frame.Waves[j] + 1}, {frame.Waves[k] + 1})")] = 1);
        var fit = AlternatingLogistic.Fit(frame, pairs, new AssociationOptions());
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());

        // The documentation's references are P and M, ours A and F.
        double[] means = [-1.2611, 0.6287, -0.1024, -0.0162, 1.8980];
        double[] meanErrors = [0.3406, 0.3486, 0.4362, 0.0125, 0.3404];
        for (var j = 0; j < means.Length; j++)
        {
            Assert.Equal(means[j], fit.Coefficients[j + 1], 6e-5);
            Assert.Equal(meanErrors[j], fit.CoefficientTable()[j + 1].StandardError, 6e-5);
        }

        double[] estimates = [1.6109, 1.0771, 1.5875, 2.1224, 1.8818, 2.1046];
        double[] errors = [0.4892, 0.4834, 0.4735, 0.5022, 0.4686, 0.4949];
        for (var k = 0; k < 6; k++)
        {
            // The information given the observed outcomes, each outcome of a pair given the other in turn, as documented in docs/gee.md.
            // With the first given the second only, the errors would be 0.4780, 0.4899, 0.4649, 0.5222, 0.4695, 0.4841; with the
            // information expected over
            // all outcomes 0.4933, 0.4747, 0.4768, 0.5080, 0.4890, 0.4956.
            Assert.Equal(estimates[k], fit.LogOddsRatios[k], 6e-5);
            Assert.Equal(errors[k], fit.LogOddsRatioTable()[k].StandardError, 6e-5);
        }
    }

    [Fact]
    public void Bread_is_the_expected_derivative_of_the_equations_and_the_cross_term_vanishes_on_average()
    {
        // One pair with its four outcomes, each with its probability under the model.
        double[] beta = [0.4, -0.7];
        double[] alpha = [0.8, 0.5];
        const double H = 1e-5;
        var (scores, information, cross) = Average(beta, alpha);
        Assert.All(scores, value => Assert.Equal(0, value, 1e-12));
        Assert.All(cross, value => Assert.Equal(0, value, 1e-12));
        for (var j = 0; j < 2; j++)
        {
            var byAlpha = Difference(beta, Moved(alpha, j, H), Moved(alpha, j, -H));
            var byBeta = Enumerable.Range(0, 2)
                .Select(k => (Scores(Moved(beta, j, H), alpha)[k] - Scores(Moved(beta, j, -H), alpha)[k]) / (2 * H));
            Assert.All(byBeta, value => Assert.Equal(0, value, 1e-8));
            for (var k = 0; k < 2; k++)
            {
                Assert.Equal(-information[(2 * k) + j], byAlpha[k], 1e-8);
            }
        }

        double[] Difference(double[] at, double[] up, double[] down) =>
            [.. Enumerable.Range(0, 2).Select(k => (Scores(at, up)[k] - Scores(at, down)[k]) / (2 * H))];

        // The scores at moved parameters, averaged over the outcomes of the model at (beta, alpha).
        double[] Scores(double[] movedBeta, double[] movedAlpha) => Average(movedBeta, movedAlpha).Scores;

        (double[] Scores, double[] Information, double[] Cross) Average(double[] atBeta, double[] atAlpha)
        {
            var (scores, information, cross) = (new double[2], new double[4], new double[4]);
            var (first, second) = (Link.Logit.Mean(beta[0] + (0.3 * beta[1])), Link.Logit.Mean(beta[0] - (1.2 * beta[1])));
            var both = new PairProbability(first, second, alpha[0] + (0.6 * alpha[1])).Both;
            foreach (var (y1, y2, probability) in new[]
            {
                (1.0, 1.0, both),
                (1, 0, first - both),
                (0, 1, second - both),
                (0, 0, 1 - first - second + both),
            })
            {
                var frame = Cluster([y1, y2], [0.3, -1.2]);
                var sums = new AssociationSums(
                    frame,
                    PairDesign.Create(frame, ["one", "z"], (_, _, z) => (z[0], z[1]) = (1, 0.6)),
                    Link.Logit);
                Assert.Equal(-1, sums.Evaluate(atBeta, atAlpha));
                Add(scores, sums.PairScores, probability);
                Add(information, sums.PairInformation, probability);
                Add(cross, sums.Cross, probability);
            }

            return (scores, information, cross);
        }

        static void Add(double[] to, double[] values, double factor)
        {
            for (var i = 0; i < to.Length; i++)
            {
                to[i] += factor * values[i];
            }
        }

        static double[] Moved(double[] values, int at, double by) => [.. values.Select((value, i) => i == at ? value + by : value)];
    }

    [Fact]
    public void Standard_errors_agree_with_the_jackknife_over_clusters()
    {
        var sample = ClusteredSample.Create(3, Family.Binomial, clusters: 150);
        var fit = AlternatingLogistic.Fit(sample.Frame, PairDesign.Exchangeable(sample.Frame), new AssociationOptions());
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
        var clusters = sample.Frame.Clusters.Count;
        var refits = new double[clusters];
        Parallel.For(0, clusters, i =>
        {
            var rest = FrameSubset.WithoutCluster(sample.Frame, i);
            refits[i] = AlternatingLogistic.Fit(rest, PairDesign.Exchangeable(rest), new AssociationOptions()).LogOddsRatios[0];
        });
        var jackknife = Math.Sqrt((clusters - 1.0) / clusters * refits.Sum(value => Math.Pow(value - refits.Average(), 2)));

        // They differ by a term of order 1 / K: 1.4 % with 200 clusters, below 1 % with 300.
        Assert.Equal(1, fit.LogOddsRatioTable()[0].StandardError / jackknife, 0.025);
    }

    [Fact]
    public void The_order_of_rows_within_clusters_does_not_matter()
    {
        var frame = ClusteredSample.Create(4, Family.Binomial).Frame;
        int[] order = [.. Enumerable.Range(0, frame.Clusters.Count)
            .SelectMany(i => Enumerable.Range(frame.Clusters.Start(i), frame.Clusters.Size(i)).Reverse())];
        var reversed = new ModelFrame(
            new DesignMatrix(
                frame.Rows,
                frame.Design.Names,
                [.. Enumerable.Range(0, 3).SelectMany(j => order.Select(row => frame.Design.Column(j)[row]))],
                frame.Design.Terms),
            [.. order.Select(row => frame.Response[row])],
            frame.Clusters);
        var one = AlternatingLogistic.Fit(frame, PairDesign.Exchangeable(frame), new AssociationOptions());
        var other = AlternatingLogistic.Fit(reversed, PairDesign.Exchangeable(reversed), new AssociationOptions());
        Assert.Equal(one.LogOddsRatios[0], other.LogOddsRatios[0], 1e-9);
        Assert.Equal(one.LogOddsRatioTable()[0].StandardError, other.LogOddsRatioTable()[0].StandardError, 1e-9);
    }

    private static ModelFrame Cluster(double[] y, double[] x) =>
        new(new DesignMatrix(2, ["(Intercept)", "x"], [1, 1, .. x], ["(Intercept)", "x"]), y, new Clusters("id", [0, 2], _ => "one"));

    // The first two waves of every child, as clusters of two rows.
    private static ModelFrame Pairs(ModelFrame frame)
    {
        var rows = new List<int>();
        for (var i = 0; i < frame.Clusters.Count; i++)
        {
            rows.Add(frame.Clusters.Start(i));
            rows.Add(frame.Clusters.Start(i) + 1);
        }

        string[] names = ["(Intercept)", "second"];
        return new ModelFrame(
            new DesignMatrix(rows.Count, names, [.. rows.Select(_ => 1.0), .. rows.Select((_, at) => (double)(at % 2))], names),
            [.. rows.Select(row => frame.Response[row])],
            new Clusters("id", [.. Enumerable.Range(0, frame.Clusters.Count + 1).Select(i => 2 * i)], i => $"{i}"));
    }
}
