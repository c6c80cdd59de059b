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

    [Theory]
    [InlineData("logit")]
    [InlineData("cloglog")]
    public void Value_of_three_levels_is_the_integral_within_the_integral_within_the_integral(string link)
    {
        // Three groups within each of two within each of three, a row each.
        var frame = OrdinalShapes.Frame("y ~ x + (1 | g/w/h)", seed: 9, groups: 3);
        var model = new OrdinalModel(frame, new OrdinalGlmmOptions
        {
            Link = CumulativeLink.TryParse(link, out var found) ? found : throw new ArgumentException(link, nameof(link)),
            Nodes = 25,
        });
        Assert.Equal(2, model.Inner.Count);
        var point = OrdinalShapes.Point(model);
        Assert.Equal(ByBruteForce(model, point, steps: 90), model.Open(25).Evaluate(point, EvaluationNeeds.Value, [], []), 1e-8);
    }

    [Fact]
    public void Nested_groupings_have_quadrature_unasked_where_rows_are_not_too_many()
    {
        var two = OrdinalGlmmFitter.Fit(OrdinalShapes.Frame("y ~ x + (1 | g/h)", seed: 12, groups: 20), new OrdinalGlmmOptions());
        Assert.Equal(9, two.Nodes);
        var three = OrdinalShapes.Frame("y ~ x + (1 | g/w/h)", seed: 12, groups: 20);
        Assert.Equal(9, new OrdinalModel(three, new OrdinalGlmmOptions()).Nodes);
        int Default(string formula, int groups) =>
            new OrdinalModel(OrdinalShapes.Frame(formula, seed: 12, groups: groups), new OrdinalGlmmOptions()).Nodes;
        Assert.Equal(5, Default("y ~ x + (1 | g/w/h)", 230));
        Assert.Equal(1, Default("y ~ x + (1 | g/w/h)", 700));
        Assert.Equal(1, Default("y ~ x + (1 | g) + (1 | h)", 7));
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
    public void Groupings_that_cross_have_no_quadrature()
    {
        var frame = OrdinalShapes.Frame("y ~ x + (1 | g) + (1 | h)", seed: 5);
        Assert.Contains(
            "Laplace approximation alone",
            OrdinalGlmmFitter.Problem(frame, new OrdinalGlmmOptions { Nodes = 5 })!,
            StringComparison.Ordinal);
        Assert.Null(OrdinalGlmmFitter.Problem(frame, new OrdinalGlmmOptions { Nodes = 1 }));
    }

    private static double ByBruteForce(OrdinalModel model, double[] point, int steps = Steps)
    {
        var (rows, layout) = (model.Rows, model.Layout);
        return Within(0, Enumerable.Range(0, rows.Codes.Length), 0, asLog: true);

        // The product over a level's groups of the integrals over their effects, and of what is within them.
        double Within(int level, IEnumerable<int> among, double shift, bool asLog)
        {
            var own = among.ToArray();
            if (level == rows.Levels.Count)
            {
                return own.Aggregate(1.0, (product, row) => product * Likelihood(row, shift));
            }

            var deviation = point[^(rows.Levels.Count - level)];
            var integrals = own.GroupBy(row => rows.Levels[level].Groups[rows.Blocks.RowOrder[row]])
                .Select(group => Integral(v => Within(level + 1, group, shift + (deviation * v), asLog: false), steps));
            return asLog ? integrals.Sum(Math.Log) : integrals.Aggregate(1.0, (product, value) => product * value);
        }

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

    private static double Integral(Func<double, double> function, int steps)
    {
        var sum = 0.0;
        for (var s = 0; s <= steps; s++)
        {
            var z = -Far + (2 * Far * s / steps);
            sum += Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI) * function(z) * 2 * Far / steps;
        }

        return sum;
    }
}
