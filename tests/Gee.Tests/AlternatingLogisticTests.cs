using MarginalConditional.Gee.Association;
using MarginalConditional.Gee.Tests.Support;

namespace MarginalConditional.Gee.Tests;

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
        Assert.Equal((new PairProbability(first, second, gamma + H).Both - new PairProbability(first, second, gamma - H).Both) / (2 * H), joint.ByLogOddsRatio, 1e-6);
        Assert.Equal((new PairProbability(first + H, second, gamma).Both - new PairProbability(first - H, second, gamma).Both) / (2 * H), joint.ByFirst, 1e-6);
        Assert.Equal((new PairProbability(first, second + H, gamma).Both - new PairProbability(first, second - H, gamma).Both) / (2 * H), joint.BySecond, 1e-6);
    }

    [Fact]
    public void Two_waves_without_covariates_give_the_odds_ratio_of_the_table()
    {
        // Means saturated by wave and one odds ratio: the fit is the 2x2 table itself, and its log odds ratio has the delta-method variance.
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
        var pairs = PairDesign.Create(frame, names, (j, k, z) => z[Array.IndexOf(names, $"({frame.Waves[j] + 1}, {frame.Waves[k] + 1})")] = 1);
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
            Assert.Equal(estimates[k], fit.LogOddsRatios[k], 6e-5);

            // The documentation does not say which Jacobian SAS puts into the covariance of the log odds ratios; ours is the expected one. The
            // observed one, by differences, gives 0.4904, 0.4974, 0.4768, 0.5043, 0.4638, 0.4964. All three agree to 5 %.
            Assert.Equal(errors[k], fit.LogOddsRatioTable()[k].StandardError, 0.05 * errors[k]);
        }
    }

    // The first two waves of every child, as clusters of two rows.
    private static Data.Frames.ModelFrame Pairs(Data.Frames.ModelFrame frame)
    {
        var rows = new List<int>();
        for (var i = 0; i < frame.Clusters.Count; i++)
        {
            rows.Add(frame.Clusters.Start(i));
            rows.Add(frame.Clusters.Start(i) + 1);
        }

        string[] names = ["(Intercept)", "second"];
        return new Data.Frames.ModelFrame(
            new Data.Frames.DesignMatrix(rows.Count, names, [.. rows.Select(_ => 1.0), .. rows.Select((_, at) => (double)(at % 2))], names),
            [.. rows.Select(row => frame.Response[row])],
            new Data.Frames.Clusters("id", [.. Enumerable.Range(0, frame.Clusters.Count + 1).Select(i => 2 * i)], i => $"{i}"));
    }
}
