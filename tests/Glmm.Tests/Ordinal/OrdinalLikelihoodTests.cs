using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Glmm.Tests.Ordinal;

/// <summary>
/// <see cref="OrdinalLikelihood"/> with its <see cref="OrdinalBlock"/>, <see cref="OrdinalIntegrator"/>, <see cref="OrdinalNodes"/>,
/// <see cref="OrdinalSlopes"/>, <see cref="OrdinalRows"/> and <see cref="OrdinalBlocks"/>, against differences, integrals by brute force
/// and the binomial model; <see cref="OrdinalStart"/> and <see cref="OrdinalModel"/> through them.
/// </summary>
public sealed class OrdinalLikelihoodTests
{
    public static TheoryData<string> Shapes => [.. OrdinalShapes.All.Keys];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Gradient_equals_central_differences_for_every_link(string shape)
    {
        foreach (var link in CumulativeLink.Names)
        {
            foreach (var nominal in new[] { false, true })
            {
                var model = OrdinalShapes.Model(shape, link, nominal, seed: 4);
                var point = OrdinalShapes.Point(model);
                var likelihood = model.Open(model.Nodes);
                var gradient = new double[point.Length];
                likelihood.Evaluate(point, EvaluationNeeds.Gradient, gradient, []);
                for (var j = 0; j < point.Length; j++)
                {
                    const double H = 1e-4;
                    double At(double step)
                    {
                        var moved = (double[])point.Clone();
                        moved[j] += step;
                        return likelihood.Evaluate(moved, EvaluationNeeds.Value, [], []);
                    }

                    // Of the fourth order.
                    var difference = ((8 * (At(H) - At(-H))) - At(2 * H) + At(-2 * H)) / (12 * H);
                    Assert.True(
                        Math.Abs(difference - gradient[j]) < 1e-7 * Math.Max(1, Math.Abs(difference)),
                        $"{shape}, {link}, {model.Layout.Count} fixed, parameter {j}: {difference} by differences, {gradient[j]}");
                }
            }
        }
    }

    [Theory]
    [InlineData("logit")]
    [InlineData("probit")]
    [InlineData("cloglog")]
    [InlineData("loglog")]
    public void Value_is_the_integral_over_the_random_intercepts(string link)
    {
        var model = OrdinalShapes.Model("intercept", link, nominal: true, seed: 2);
        var point = OrdinalShapes.Point(model);
        var value = model.Open(40).Evaluate(point, EvaluationNeeds.Value, [], []);
        Assert.Equal(Trapezoid(model, point), value, 1e-9);
    }

    [Fact]
    public void Clusters_scores_add_up_to_the_gradient()
    {
        foreach (var shape in new[] { "intercept", "slope", "nested", "nested by quadrature" })
        {
            var model = OrdinalShapes.Model(shape, "logit", nominal: false, seed: 6);
            var point = OrdinalShapes.Point(model);
            var likelihood = model.Open(model.Nodes);
            var (m, gradient) = (point.Length, new double[point.Length]);
            likelihood.Evaluate(point, EvaluationNeeds.Gradient, gradient, []);
            var scores = new double[likelihood.Clusters * m];
            likelihood.ClusterScores(point, scores);
            Assert.Equal(7, likelihood.Clusters);
            for (var j = 0; j < m; j++)
            {
                Assert.Equal(gradient[j], Enumerable.Range(0, likelihood.Clusters).Sum(i => scores[(i * m) + j]), 1e-9);
            }
        }
    }

    [Fact]
    public void There_is_no_information_and_none_is_written()
    {
        var model = OrdinalShapes.Model("intercept", "logit", nominal: false, seed: 2);
        var point = OrdinalShapes.Point(model);
        var likelihood = model.Open(5);
        var information = Enumerable.Repeat(7.0, point.Length * point.Length).ToArray();
        likelihood.Evaluate(point, EvaluationNeeds.Information, new double[point.Length], information);
        Assert.False(likelihood.HasInformation);
        Assert.All(information, value => Assert.Equal(7, value));
    }

    /// <summary>Modes and their errors at the maximum, where quadrature and Laplace have the same.</summary>
    [Theory]
    [InlineData("(1 | g)", 5)]
    [InlineData("(1 + x | g)", 3)]
    [InlineData("(1 | g) + (1 | h)", 1)]
    [InlineData("(1 | g/h)", 1)]
    public void Modes_of_effects_on_two_categories_are_those_of_the_binomial_model(string random, int nodes)
    {
        var frame = OrdinalShapes.Frame($"y ~ x + w + {random}", seed: 11, weighted: true, groups: 12, categories: 2);
        var fit = OrdinalGlmmFitter.Fit(frame, new OrdinalGlmmOptions { Nodes = nodes });
        var peer = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial, Nodes = nodes });
        Assert.Equal(peer.RandomEffects.Count, fit.RandomEffects.Count);
        Assert.Contains(fit.RandomEffects.SelectMany(effect => effect.Modes.ToArray()), mode => Math.Abs(mode) > 0.1);
        foreach (var (one, other) in fit.RandomEffects.Zip(peer.RandomEffects))
        {
            Assert.All(one.Modes.ToArray().Zip(other.Modes.ToArray()), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
            Assert.All(
                one.ModeStandardErrors.ToArray().Zip(other.ModeStandardErrors.ToArray()),
                pair => Assert.Equal(pair.Second, pair.First, 1e-5));
        }
    }

    [Fact]
    public void Thresholds_out_of_order_have_no_likelihood()
    {
        var model = OrdinalShapes.Model("intercept", "logit", nominal: false, seed: 2);
        var point = OrdinalShapes.Point(model);
        point[1] = point[0] - 0.1;
        Assert.Equal(double.NegativeInfinity, model.Open(5).Evaluate(point, EvaluationNeeds.Value, [], []));
    }

    [Theory]
    [InlineData("y ~ x + w + (1 | g)", "logit", 9)]
    [InlineData("y ~ x + w + (1 + x | g)", "probit", 5)]
    [InlineData("y ~ x + w + (1 | g) + (1 | h)", "logit", 1)]
    [InlineData("y ~ x + w + (1 | g/h)", "logit", 7)]
    [InlineData("y ~ x + w + (1 + x | g) + (1 | h:g)", "probit", 5)]
    [InlineData("y ~ x + w + (1 | g)", "cloglog", 9)]
    public void Two_categories_are_the_binomial_model(string formula, string link, int nodes)
    {
        var frame = OrdinalShapes.Frame(formula, seed: 11, weighted: true, groups: 15, categories: 2);
        var cumulative = OrdinalGolden.Link(link);
        var fit = OrdinalGlmmFitter.Fit(frame, new OrdinalGlmmOptions { Link = cumulative, Nodes = nodes });

        // P(Y ≤ 1) = F(θ − xβ): for symmetric links the event is the upper category, for others the lower, with all signs turned.
        var turned = link == "cloglog";
        var binary = frame.WithResponse([.. frame.Response.ToArray().Select(y => turned ? 1 - y : y)]);
        if (turned)
        {
            binary = new Data.Frames.ModelFrame(binary.Design, [.. binary.Response], binary.Clusters)
            {
                RandomTerms = binary.RandomTerms,
                Weights = binary.Weights,
                Offset = [.. binary.Offset.ToArray().Select(offset => -offset)],
            };
        }

        var peer = GlmmFitter.Fit(binary, new GlmmOptions { Family = Family.Binomial, Link = cumulative.Marginal, Nodes = nodes });
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
        Assert.Equal(peer.LogLikelihood, fit.LogLikelihood, 1e-8);
        Assert.Equal(turned ? peer.Coefficients[0] : -peer.Coefficients[0], fit.Thresholds[0], 1e-6);
        for (var j = 1; j < peer.Coefficients.Length; j++)
        {
            Assert.Equal(turned ? -peer.Coefficients[j] : peer.Coefficients[j], fit.FixedParameters[j], 1e-6);
        }

        for (var j = peer.Coefficients.Length; j < peer.ParameterCount; j++)
        {
            Assert.Equal(peer.Parameters[j], fit.Parameters[j], 1e-6);
        }

        var m = peer.ParameterCount;
        for (var j = 0; j < m; j++)
        {
            Assert.Equal(Math.Sqrt(peer.JointCovariance[j * (m + 1)]), Math.Sqrt(fit.JointCovariance[j * (m + 1)]), 1e-4);
        }
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        var frame = OrdinalShapes.Frame("y ~ x + w + (1 | g)", seed: 5, groups: 600);
        var one = OrdinalGlmmFitter.Fit(frame, new OrdinalGlmmOptions { Threads = 1 });
        var four = OrdinalGlmmFitter.Fit(frame, new OrdinalGlmmOptions { Threads = 4 });
        Assert.Equal(one.Parameters.ToArray(), four.Parameters.ToArray());
        Assert.Equal(one.JointCovariance.ToArray(), four.JointCovariance.ToArray());
    }

    private static double Trapezoid(OrdinalModel model, double[] point)
    {
        const int Steps = 4_000;
        const double Far = 12;
        var rows = model.Rows;
        var layout = model.Layout;
        var sum = 0.0;
        for (var block = 0; block < rows.Blocks.Count; block++)
        {
            var integral = 0.0;
            for (var s = 0; s <= Steps; s++)
            {
                var v = -Far + (2 * Far * s / Steps);
                var product = Math.Exp(-0.5 * v * v) / Math.Sqrt(2 * Math.PI);
                for (var i = rows.Blocks.RowStart(block); i < rows.Blocks.RowStart(block + 1); i++)
                {
                    double Below(int k)
                    {
                        if (k < 0 || k == layout.Thresholds)
                        {
                            return k < 0 ? 0 : 1;
                        }

                        var u = point[k] - (rows.Shared[i] * point[layout.Thresholds])
                            - (rows.Nominal[i] * point[layout.NominalPlace(0, k)]) - rows.Offsets[i] - (rows.Effects[i] * point[^1] * v);
                        return model.Options.Link.Cumulative(u);
                    }

                    product *= Math.Pow(Below(rows.Codes[i]) - Below(rows.Codes[i] - 1), rows.Weights[i]);
                }

                integral += product * 2 * Far / Steps;
            }

            sum += Math.Log(integral);
        }

        return sum;
    }
}
