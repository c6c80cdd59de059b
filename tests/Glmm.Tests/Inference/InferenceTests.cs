using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Glmm.Profiles;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Tests.Inference;

/// <summary>Intervals, tests and measures, each against a fact that does not use the code under test.</summary>
public sealed class InferenceTests
{
    private const double Quantile = 3.841458820694124;
    private static readonly GlmmOptions Binomial = new() { Family = Family.Binomial, Nodes = 15 };
    private static readonly GlmmFit Ohio = GlmmFitter.Fit(ReferenceCase.Frame("ohio", "resp ~ age + smoke + (1 | id)"), Binomial);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_fit_with_the_coefficient_fixed_at_a_profile_limit_is_just_rejected(int coefficient)
    {
        var interval = GlmmProfiles.OfCoefficient(Ohio, coefficient);
        foreach (var limit in new[] { interval.Lower, interval.Upper })
        {
            var restricted = GlmmFitter.Fit(Fixed(Ohio.Frame, coefficient, limit), Binomial);
            Assert.Equal(Quantile, 2 * (Ohio.LogLikelihood - restricted.LogLikelihood), 1e-4);
        }
    }

    [Fact]
    public void The_intercept_has_a_profile_interval_too()
    {
        var interval = GlmmProfiles.OfCoefficient(Ohio, 0);
        var restricted = GlmmFitter.Fit(Fixed(Ohio.Frame, 0, interval.Lower), Binomial);
        Assert.Equal(Quantile, 2 * (Ohio.LogLikelihood - restricted.LogLikelihood), 1e-4);
        Assert.InRange(Ohio.Coefficients[0], interval.Lower, interval.Upper);
    }

    [Fact]
    public void A_contrast_held_at_its_profile_limit_is_just_rejected()
    {
        var interval = GlmmProfiles.OfContrast(Ohio, [0, 1, -1]);
        Assert.InRange(Ohio.Coefficients[1] - Ohio.Coefficients[2], interval.Lower, interval.Upper);
        foreach (var limit in new[] { interval.Lower, interval.Upper })
        {
            // age·(b₂ + limit) + smoke·b₂: one column age + smoke and an offset.
            var frame = Ohio.Frame;
            var n = frame.Rows;
            double[] design = [.. frame.Design.Column(0), .. frame.Design.Column(1)];
            var offset = new double[n];
            for (var i = 0; i < n; i++)
            {
                offset[i] = limit * design[n + i];
                design[n + i] += frame.Design.Column(2)[i];
            }

            var held = new ModelFrame(
                new DesignMatrix(n, ["(Intercept)", "sum"], design, ["(Intercept)", "sum"]),
                frame.Response.ToArray(),
                frame.Clusters)
            { Offset = offset, RandomTerms = frame.RandomTerms };
            Assert.Equal(Quantile, 2 * (Ohio.LogLikelihood - GlmmFitter.Fit(held, Binomial).LogLikelihood), 1e-4);
        }

        Assert.Throws<ArgumentException>(() => GlmmProfiles.OfContrast(Ohio, [0, 0, 0]));
    }

    [Fact]
    public void The_variance_test_halves_the_tail_of_one_degree_of_freedom()
    {
        var test = VarianceTest.Of(Ohio).Single();
        var independent = 0.0;
        var frame = Ohio.Frame;
        var glm = Marginal(frame);
        for (var i = 0; i < frame.Rows; i++)
        {
            var eta = Enumerable.Range(0, 3).Sum(j => frame.Design.Column(j)[i] * glm[j]);
            independent += (frame.Response[i] * eta) - Math.Log(1 + Math.Exp(eta));
        }

        Assert.Equal(2 * (Ohio.LogLikelihood - independent), test.Statistic, 1e-6);
        Assert.Equal((0, 1), (test.LowerDegreesOfFreedom, test.UpperDegreesOfFreedom));
        Assert.Equal(1, test.PValue / StandardNormal.UpperTail(Math.Sqrt(test.Statistic)), 1e-9);
    }

    [Fact]
    public void Comparing_a_slope_with_an_intercept_mixes_one_and_two_degrees_of_freedom()
    {
        var larger = GlmmFitter.Fit(ReferenceCase.Frame("slope_binary", "y ~ arm * t + (t | id)"), Binomial with { Nodes = 7 });
        var smaller = GlmmFitter.Fit(ReferenceCase.Frame("slope_binary", "y ~ arm * t + (1 | id)"), Binomial);
        var test = VarianceTest.Between(larger, smaller);
        Assert.Equal((1, 2), (test.LowerDegreesOfFreedom, test.UpperDegreesOfFreedom));
        Assert.True(test.Statistic > 5);
        var (one, two) = (2 * StandardNormal.UpperTail(Math.Sqrt(test.Statistic)), Math.Exp(-test.Statistic / 2));
        Assert.Equal(1, test.PValue / ((one + two) / 2), 1e-9);
        Assert.Throws<ArgumentException>(() => VarianceTest.Between(smaller, larger));
    }

    /// <summary>
    /// What is below the rounding of two likelihoods is none: a statistic of 0 has the tails 1 and 1, and what is above stays.
    /// </summary>
    [Fact]
    public void A_statistic_within_rounding_is_zero()
    {
        var options = Binomial with { Nodes = 5 };
        var smaller = GlmmFitter.Fit(ReferenceCase.Frame("slope_binary", "y ~ arm * t + (1 | id)"), options);
        var frame = ReferenceCase.Frame("slope_binary", "y ~ arm * t + (t | id)");
        var larger = GlmmFitter.Fit(frame, options);
        var statistic = VarianceTest.Between(larger, smaller).Statistic;
        Assert.Equal(2 * (larger.LogLikelihood - smaller.LogLikelihood), statistic);
        foreach (var (share, within) in new[] { (1.001, true), (0.999, false) })
        {
            var rounded = options with { Tolerances = options.Tolerances with { TestRounding = share * statistic } };
            var test = VarianceTest.Between(GlmmFitter.Fit(frame, rounded), smaller);
            Assert.Equal(within ? 0 : statistic, test.Statistic);
            Assert.Equal(within, test.PValue == 1);
        }
    }

    /// <summary>A slope takes its correlation along where it has one: two parameters, or one alone.</summary>
    [Theory]
    [InlineData("(t || id)", 0)]
    [InlineData("(t | id)", 1)]
    public void A_slope_is_tested_with_its_correlations(string effects, int correlations)
    {
        var fit = GlmmFitter.Fit(ReferenceCase.Frame("slope_binary", $"y ~ arm * t + {effects}"), Binomial with { Nodes = 5 });
        var without = GlmmFitter.Fit(ReferenceCase.Frame("slope_binary", "y ~ arm * t + (1 | id)"), Binomial with { Nodes = 5 });
        var test = Assert.Single(VarianceTest.Of(fit));
        Assert.Equal((correlations, correlations + 1), (test.LowerDegreesOfFreedom, test.UpperDegreesOfFreedom));
        Assert.Equal(2 * (fit.LogLikelihood - without.LogLikelihood), test.Statistic, 1e-4);
    }

    [Fact]
    public void Cluster_scores_add_up_to_zero_and_their_products_resemble_the_information()
    {
        var m = Ohio.ParameterCount;
        var sums = new double[m];
        for (var k = 0; k < Ohio.Frame.Clusters.Count; k++)
        {
            Dense.AddScaled(1, Ohio.ClusterScores.Slice(k * m, m), sums);
        }

        Assert.All(sums, sum => Assert.Equal(0, sum, 1e-5));
        var robust = RobustCovariance.Of(Ohio);
        for (var j = 0; j < m; j++)
        {
            Assert.InRange(Math.Sqrt(robust[(j * m) + j] / Ohio.JointCovariance[(j * m) + j]), 0.7, 1.4);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Robust_standard_errors_of_nested_groupings_add_squares_over_the_coarsest(int nodes)
    {
        var frame = SyntheticFrames.Make(9, Family.Binomial, [25, 3], size: 5, deviation: 1.2);
        var fit = GlmmFitter.Fit(frame, Binomial with { Nodes = nodes, CheckNodes = false, Threads = 1 });
        var m = fit.ParameterCount;
        var point = fit.Solution.Parameters.ToArray();
        fit.Model.Map.Jacobians(point, out var scaledByReported, out _);
        var meat = new double[m * m];
        var total = Value(frame, Array.Empty<int>());
        for (var cluster = 0; cluster < 25; cluster++)
        {
            // The cluster's score is what the gradient loses when its rows weigh nothing: differences of the log-likelihood.
            var without = Value(frame, [cluster]);
            var score = new double[m];
            for (var j = 0; j < m; j++)
            {
                score[j] = Slope(total, j) - Slope(without, j);
            }

            var reported = new double[m];
            Dense.MultiplyTransposed(scaledByReported, score, reported);
            Dense.RankOneUpdateLower(1, reported, meat);
        }

        Dense.MirrorLower(meat, m);
        var expected = new double[m * m];
        Dense.Sandwich(fit.JointCovariance, meat, m, m, new double[m * m], expected);
        var robust = RobustCovariance.Of(fit);
        for (var j = 0; j < m; j++)
        {
            Assert.Equal(Math.Sqrt(expected[(j * m) + j]), Math.Sqrt(robust[(j * m) + j]), 1e-5);
        }

        Func<double[], double> Value(ModelFrame all, int[] left)
        {
            var weights = new double[all.Rows];
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] = left.Contains(all.RandomTerms[0].Groups[i]) ? 0 : 1;
            }

            var weighted = new ModelFrame(all.Design, all.Response.ToArray(), all.Clusters)
            {
                RandomTerms = all.RandomTerms,
                Weights = weights,
            };
            var likelihood = new PreparedModel(weighted, fit.Options).Open(nodes);
            return psi => likelihood.Evaluate(psi, EvaluationNeeds.Value, [], []);
        }

        double Slope(Func<double[], double> value, int j)
        {
            const double Step = 1e-3;
            double At(double h)
            {
                var moved = (double[])point.Clone();
                moved[j] += h;
                return value(moved);
            }

            return ((8 * (At(Step) - At(-Step))) - (At(2 * Step) - At(-2 * Step))) / (12 * Step);
        }
    }

    private static double[] Marginal(ModelFrame frame)
    {
        // Newton's method on the plain logistic likelihood.
        var beta = new double[3];
        for (var step = 0; step < 30; step++)
        {
            var (gradient, information) = (new double[3], new double[9]);
            for (var i = 0; i < frame.Rows; i++)
            {
                double[] x = [frame.Design.Column(0)[i], frame.Design.Column(1)[i], frame.Design.Column(2)[i]];
                var mean = 1 / (1 + Math.Exp(-Dense.Dot(x, beta)));
                Dense.AddScaled(frame.Response[i] - mean, x, gradient);
                Dense.RankOneUpdateLower(mean * (1 - mean), x, information);
            }

            Cholesky.TryFactor(information, 3, out _);
            Cholesky.Solve(information, 3, gradient);
            Dense.AddScaled(1, gradient, beta);
        }

        return beta;
    }

    // The same model with one coefficient held at a value: its column moves into the offset.
    private static ModelFrame Fixed(ModelFrame frame, int coefficient, double value)
    {
        var n = frame.Rows;
        var others = Enumerable.Range(0, frame.Design.Columns).Where(j => j != coefficient).ToArray();
        var design = others.SelectMany(j => frame.Design.Column(j).ToArray()).ToArray();
        var offset = frame.Design.Column(coefficient).ToArray().Select(x => x * value).ToArray();
        return new ModelFrame(
            new DesignMatrix(n, [.. others.Select(j => frame.Design.Names[j])], design, [.. others.Select(j => frame.Design.Terms[j])]),
            frame.Response.ToArray(),
            frame.Clusters)
        {
            Offset = offset,
            RandomTerms = frame.RandomTerms,
        };
    }
}
