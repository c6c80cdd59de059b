using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ordinal;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Compare.Tests.Ordinal;

/// <summary>
/// <see cref="OrdinalSums"/> by differences and by definition; <see cref="OrdinalFunctions"/>, <see cref="OrdinalEstimates"/>,
/// <see cref="OrdinalArm"/> and <see cref="OrdinalLadder"/> through them.
/// </summary>
public sealed class OrdinalSumsTests
{
    [Theory]
    [InlineData("logit", "rating ~ temp + contact + (1 | judge)", false)]
    [InlineData("cloglog", "rating ~ temp + contact + (1 | judge)", true)]
    [InlineData("loglog", "rating ~ temp + contact + (1 + contact | judge)", false)]
    public void Slopes_are_those_of_the_sums(string link, string formula, bool nominal)
    {
        var (fit, sums) = Sums(link, formula, nominal);
        var m = fit.ParameterCount;
        var slopes = new double[sums.Count * m];
        sums.Slopes(slopes);
        double[] up = new double[sums.Count], down = new double[sums.Count];
        for (var j = 0; j < m; j++)
        {
            const double H = 1e-5;
            var moved = fit.Parameters.ToArray();
            moved[j] += H;
            sums.Without(moved, -1, up);
            moved[j] -= 2 * H;
            sums.Without(moved, -1, down);
            for (var s = 0; s < sums.Count; s++)
            {
                Assert.Equal((up[s] - down[s]) / (2 * H), slopes[(s * m) + j], 1e-6 * Math.Max(1, Math.Abs(slopes[(s * m) + j])));
            }
        }
    }

    [Fact]
    public void Sums_of_each_cluster_add_up()
    {
        var (_, sums) = Sums("logit", "rating ~ temp + contact + (1 | judge)", nominal: false);
        double[] each = new double[sums.Clusters.Count * sums.Count], all = new double[sums.Count], without = new double[sums.Count];
        sums.OfEach([], each);
        sums.Without(sums.Parameters, -1, all);
        sums.Without(sums.Parameters, 2, without);
        for (var s = 0; s < sums.Count; s++)
        {
            Assert.Equal(all[s], Enumerable.Range(0, sums.Clusters.Count).Sum(c => each[(c * sums.Count) + s]), 1e-10);
            Assert.Equal(all[s] - each[(2 * sums.Count) + s], without[s], 1e-10);
        }
    }

    [Fact]
    public void Functions_have_the_slopes_of_their_values()
    {
        var layout = new OrdinalAverages(3, 4);
        double[] averages = new double[layout.Averages];
        for (var e = 0; e < averages.Length; e++)
        {
            averages[e] = (0.15 * (1 + (e % 4))) + (0.013 * (e / 4));
        }

        var functions = new OrdinalFunctions(layout, 1, robust: true);
        double[] scores = [0, 1, 3, 4, 10];
        foreach (var function in new[]
        {
            functions.Category(1, 0), functions.Category(1, 4), functions.Score(2, scores), functions.Cumulative(1, 2),
            functions.Win(2, lower: false), functions.Win(1, lower: true), OrdinalFunctions.Logit(functions.Win(2, lower: false)),
            OrdinalFunctions.Difference(functions.Score(2, scores), functions.Score(0, scores)),
            functions.Rung(1, 2, [0, 1, 2, 3], CumulativeLink.Cloglog), functions.Rung(3, 1, [1, 2], CumulativeLink.Loglog),
        })
        {
            const double H = 1e-6;
            var gradient = new double[averages.Length];
            function(averages, gradient);
            for (var e = 0; e < averages.Length; e++)
            {
                double[] up = [.. averages], down = [.. averages];
                (up[e], down[e]) = (up[e] + H, down[e] - H);
                Assert.Equal((function(up, []) - function(down, [])) / (2 * H), gradient[e], 1e-7);
            }
        }
    }

    [Fact]
    public void Win_probability_counts_pairs()
    {
        // P(Y ≤ k) of two arms, three categories.
        var layout = new OrdinalAverages(2, 2);
        var averages = new double[layout.Averages];
        double[] control = [0.5, 0.3, 0.2], treated = [0.2, 0.3, 0.5];
        (averages[layout.Model(0, 0, 0)], averages[layout.Model(0, 0, 1)]) = (0.5, 0.8);
        (averages[layout.Model(0, 1, 0)], averages[layout.Model(0, 1, 1)]) = (0.2, 0.5);
        var expected = 0.0;
        for (var a = 0; a < 3; a++)
        {
            for (var b = 0; b < 3; b++)
            {
                expected += treated[a] * control[b] * (a > b ? 1 : a == b ? 0.5 : 0);
            }
        }

        var functions = new OrdinalFunctions(layout, 0, robust: false);
        Assert.Equal(expected, functions.Win(1, lower: false)(averages, []), 1e-14);
        Assert.Equal(1 - expected, functions.Win(1, lower: true)(averages, []), 1e-14);
        Assert.Equal(2.3, functions.Score(1, [1, 2, 3])(averages, []), 1e-14);
    }

    [Fact]
    public void Leave_one_out_errors_are_near_those_of_refits()
    {
        var comparison = OrdinalComparisonGolden.Compare("rating ~ temp + contact + (1 | judge)");
        var closed = OrdinalComparisonGolden.Compare(
            "rating ~ temp + contact + (1 | judge)", errors: StandardizedErrors.Closed);
        var plain = OrdinalComparisonGolden.Compare(
            "rating ~ temp + contact + (1 | judge)", errors: StandardizedErrors.Influence);
        var frame = comparison.Frame;
        var scores = new List<double>();
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            var rest = Data.Frames.FrameSubset.WithoutCluster(frame, c);
            var fit = OrdinalGlmmFitter.Fit(rest, comparison.Glmm.Options with { CheckNodes = false });
            scores.Add(fit.FixedParameters[5]);
        }

        var k = (double)scores.Count;
        var mean = scores.Average();
        var jackknife = Math.Sqrt((k - 1) / k * scores.Sum(score => (score - mean) * (score - mean)));
        var rung = comparison.Ladder.Rungs[0].Inference;
        Assert.Equal(jackknife, rung.StandardError, 0.1 * jackknife);
        Assert.Equal(rung.StandardError, closed.Ladder.Rungs[0].Inference.StandardError, 0.02 * rung.StandardError);
        Assert.Equal(rung.StandardError, plain.Ladder.Rungs[0].Inference.StandardError, 0.4 * rung.StandardError);
    }

    private static (OrdinalGlmmFit Fit, OrdinalSums Sums) Sums(string name, string formula, bool nominal)
    {
        var frame = OrdinalComparisonGolden.Frame(formula);
        var link = CumulativeLink.TryParse(name, out var found) ? found : throw new ArgumentException(name, nameof(name));
        var fit = OrdinalGlmmFitter.Fit(
            frame, new OrdinalGlmmOptions { Link = link, NominalColumns = nominal ? [2] : [], MaximumIterations = 60 });
        var observed = OrdinalArm.Observed(fit);
        var recipe = frame.Recipe!;
        return (fit, new OrdinalSums(
            fit,
            [observed.Under(recipe.With("contact", "no")), observed.Under(recipe.With("contact", "yes"))],
            recipe.CodesOf("contact")));
    }
}
