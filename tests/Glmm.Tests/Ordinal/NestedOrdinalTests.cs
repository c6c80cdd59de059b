using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Glmm.Tests.Ordinal;

/// <summary>
/// <see cref="NestedOrdinalIntegrator"/> with its <see cref="OuterNodes"/> and <see cref="ModeGradient"/>: against the double integral by
/// brute force. Its gradient stands against differences, and two categories against the binomial model, in
/// <see cref="OrdinalLikelihoodTests"/>.
/// </summary>
public sealed class NestedOrdinalTests
{
    private const int Steps = 300;
    private const double Far = 8;

    [Theory]
    [InlineData("logit")]
    [InlineData("probit")]
    [InlineData("cloglog")]
    public void Value_is_the_integral_over_effects_within_effects(string link)
    {
        var model = OrdinalShapes.Model("nested by quadrature", link, nominal: false, seed: 9);
        var point = OrdinalShapes.Point(model);
        Assert.Equal(ByBruteForce(model, point), model.Open(25).Evaluate(point, EvaluationNeeds.Value, [], []), 1e-8);
    }

    [Fact]
    public void More_nodes_change_the_fit_less_and_less()
    {
        var frame = OrdinalShapes.Frame("y ~ x + w + (1 | g/h)", seed: 12, groups: 30);
        double[] heights =
        [
            .. new[] { 1, 5, 9, 15 }.Select(nodes =>
            {
                var fit = OrdinalGlmmFitter.Fit(frame, new OrdinalGlmmOptions { Nodes = nodes });
                Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
                Assert.Equal(nodes, fit.Nodes);
                return fit.LogLikelihood;
            }),
        ];
        Assert.True(Math.Abs(heights[1] - heights[3]) < Math.Abs(heights[0] - heights[3]));
        Assert.Equal(heights[3], heights[2], 1e-4);
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        var frame = OrdinalShapes.Frame("y ~ x + w + (1 | g/h)", seed: 5, groups: 40);
        var one = OrdinalGlmmFitter.Fit(frame, new OrdinalGlmmOptions { Threads = 1, Nodes = 3 });
        var four = OrdinalGlmmFitter.Fit(frame, new OrdinalGlmmOptions { Threads = 4, Nodes = 3 });
        Assert.Equal(one.Parameters.ToArray(), four.Parameters.ToArray());
        Assert.Equal(one.JointCovariance.ToArray(), four.JointCovariance.ToArray());
        Assert.Equal(one.ClusterScores.ToArray(), four.ClusterScores.ToArray());
    }

    [Fact]
    public void Groupings_that_cross_or_are_three_have_no_quadrature()
    {
        foreach (var random in new[] { "(1 | g) + (1 | h)", "(1 | g/h/w)" })
        {
            var frame = OrdinalShapes.Frame($"y ~ x + {random}", seed: 5);
            Assert.Contains(
                "Laplace approximation alone",
                OrdinalGlmmFitter.Problem(frame, new OrdinalGlmmOptions { Nodes = 5 })!,
                StringComparison.Ordinal);
            Assert.Null(OrdinalGlmmFitter.Problem(frame, new OrdinalGlmmOptions { Nodes = 1 }));
        }
    }

    private static double ByBruteForce(OrdinalModel model, double[] point)
    {
        var (rows, layout) = (model.Rows, model.Layout);
        var (coarse, fine) = (point[^2], point[^1]);
        var sum = 0.0;
        for (var block = 0; block < rows.Blocks.Count; block++)
        {
            int[] own = [.. Enumerable.Range(rows.Blocks.RowStart(block), rows.Blocks.RowStart(block + 1) - rows.Blocks.RowStart(block))];
            var groups = own.GroupBy(row => rows.Levels[1].Groups[rows.Blocks.RowOrder[row]]).ToArray();
            sum += Math.Log(Integral(v => groups.Aggregate(1.0, (product, group) => product * Integral(u =>
                group.Aggregate(1.0, (inner, row) => inner * Likelihood(row, (coarse * v) + (fine * u)))))));
        }

        return sum;

        double Likelihood(int row, double shift) => Math.Pow(
            Below(row, rows.Codes[row], shift) - Below(row, rows.Codes[row] - 1, shift), rows.Weights[row]);

        double Below(int row, int k, double shift)
        {
            if (k < 0 || k == layout.Thresholds)
            {
                return k < 0 ? 0 : 1;
            }

            var value = point[k] - rows.Offsets[row] - shift;
            for (var j = 0; j < layout.Shared.Length; j++)
            {
                value -= rows.Shared[(row * layout.Shared.Length) + j] * point[layout.Thresholds + j];
            }

            return model.Options.Link.Cumulative(value);
        }
    }

    private static double Integral(Func<double, double> function)
    {
        var sum = 0.0;
        for (var s = 0; s <= Steps; s++)
        {
            var z = -Far + (2 * Far * s / Steps);
            sum += Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI) * function(z) * 2 * Far / Steps;
        }

        return sum;
    }
}
