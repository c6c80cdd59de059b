using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Glmm.Profiles;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Families;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace MarginalConditional.Glmm.Tests.Profiles;

/// <summary>
/// At the limits of a profile interval the log-likelihood, maximized by a search without derivatives, is what the level says.
/// </summary>
public sealed class ProfileTests
{
    private const double Quantile = 3.841458820694124;

    [Theory]
    [InlineData("sd0")]
    [InlineData("sd1")]
    [InlineData("correlation")]
    public void Limits_of_two_correlated_effects_are_just_rejected(string held)
    {
        var frame = SyntheticFrames.Make(7, Family.Binomial, [60], size: 12, effects: 2);
        var fit = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial, Nodes = 15, CheckNodes = false, Threads = 1 });
        var interval = held switch
        {
            "sd0" => GlmmProfiles.OfStandardDeviation(fit, 0, 0),
            "sd1" => GlmmProfiles.OfStandardDeviation(fit, 0, 1),
            _ => GlmmProfiles.OfCorrelation(fit, 0, 0, 1),
        };
        foreach (var limit in new[] { interval.Lower, interval.Upper })
        {
            // Standard deviation 0, standard deviation 1, correlation.
            var place = held switch { "sd0" => 0, "sd1" => 1, _ => 2 };
            Assert.Equal(Quantile, 2 * (fit.LogLikelihood - Search(fit, place, limit)), 2e-3);
        }
    }

    /// <summary>Curves of gaussian outcomes, for which one node is exact whatever the order of the effects.</summary>
    [Fact]
    public void Curves_have_the_intervals_of_the_table_and_the_deviances_of_a_search()
    {
        var frame = SyntheticFrames.Make(23, Family.Gaussian, [40], size: 12, effects: 2);
        var fit = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Gaussian, Nodes = 1, CheckNodes = false, Threads = 1 });
        var traces = GlmmProfiles.TracesOfStandardDeviations(fit, [(0, 1), (0, 0)]);
        Assert.Equal([.. GlmmProfiles.OfVariances(fit).Take(2).Reverse()], traces.Select(trace => trace.Interval));
        Assert.All(traces, trace => Assert.Equal(25, trace.Points.Count));
        foreach (var (value, deviance) in new[] { traces[1].Points[0], traces[1].Points[6], traces[1].Points[^1] })
        {
            Assert.Equal(deviance, 2 * (fit.LogLikelihood - Search(fit, 0, value)), 2e-3);
        }
    }

    [Fact]
    public void Without_a_maximum_or_evaluations_there_is_no_curve()
    {
        var frame = SyntheticFrames.Make(23, Family.Gaussian, [40], size: 12, effects: 2);
        var options = new GlmmOptions { Family = Family.Gaussian, Nodes = 1, CheckNodes = false, Threads = 1 };
        foreach (var poor in new[]
        {
            options with { MaximumIterations = 1 }, options with { Tolerances = new GlmmTolerances { AllProfileEvaluations = 3 } },
        })
        {
            var traces = GlmmProfiles.TracesOfStandardDeviations(GlmmFitter.Fit(frame, poor), [(0, 0), (0, 1)]);
            Assert.All(traces, trace => Assert.Empty(trace.Points));
            Assert.All(traces, trace => Assert.Equal(double.NaN, trace.Interval.Upper));
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(0, 1)]
    [InlineData(0, 2)]
    public void Limits_of_three_correlated_effects_are_just_rejected(int first, int second)
    {
        // Gaussian outcomes, for which one node is exact whatever the order of the effects.
        var frame = SyntheticFrames.Make(23, Family.Gaussian, [40], size: 12, effects: 3);
        var fit = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Gaussian, Nodes = 1, CheckNodes = false, Threads = 1 });
        var interval = first == second
            ? GlmmProfiles.OfStandardDeviation(fit, 0, first)
            : GlmmProfiles.OfCorrelation(fit, 0, first, second);
        Assert.False(interval.LowerIsEdge || interval.UpperIsEdge);
        foreach (var limit in new[] { interval.Lower, interval.Upper })
        {
            var place = first == second ? first : 2 + first + second;
            Assert.Equal(Quantile, 2 * (fit.LogLikelihood - Search(fit, place, limit)), 1e-3);
        }
    }

    /// <summary>The model of the first fit has two coefficients or more, and one term of one effect.</summary>
    [Fact]
    public void Parameters_that_a_fit_does_not_have_have_no_profile()
    {
        var fit = GlmmFitter.Fit(
            SyntheticFrames.Make(5, Family.Binomial, [10], effects: 2), new GlmmOptions { Family = Family.Binomial, Nodes = 1 });
        var p = fit.Coefficients.Length;
        foreach (var coefficient in new[] { -1, p })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => GlmmProfiles.OfCoefficient(fit, coefficient));
        }

        Assert.Throws<ArgumentNullException>(() => GlmmProfiles.OfStandardDeviation(null!));
        foreach (var (term, effect) in new[] { (-1, 0), (1, 0), (0, -1), (0, 2) })
        {
            var refused = Assert.Throws<ArgumentOutOfRangeException>(() => GlmmProfiles.OfStandardDeviation(fit, term, effect));
            Assert.Equal(term == 0 ? "effect" : "term", refused.ParamName);
            Assert.Throws<ArgumentOutOfRangeException>(() => GlmmProfiles.TracesOfStandardDeviations(fit, [(0, 0), (term, effect)]));
            Assert.Throws<ArgumentOutOfRangeException>(() => GlmmProfiles.OfCorrelation(fit, term, effect, 1));
            Assert.Throws<ArgumentOutOfRangeException>(() => GlmmProfiles.OfCorrelation(fit, term == 0 ? 0 : term, 1, effect));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => GlmmProfiles.OfCorrelation(fit, 0, 1, 1));
        Assert.Throws<ArgumentException>(() => GlmmProfiles.OfContrast(fit, new double[p]));
        Assert.Throws<ArgumentException>(() => GlmmProfiles.OfContrast(fit, [1]));
    }

    [Fact]
    public void A_search_takes_few_evaluations_as_the_fit_knows_its_information()
    {
        // Two groupings have no information but by differences, which alone would take four evaluations.
        var frame = SyntheticFrames.Make(11, Family.Poisson, [15, 3], size: 6, effects: 1);
        var fit = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Poisson, Nodes = 1, CheckNodes = false, Threads = 1 });
        var held = HeldContrast.Of(new ProfiledGlmm(fit), AffineRestriction.Unit(3, 1));
        var profile = new Profile(held, fit.Options.Tolerances, new ProfileBudget(1_000, 1_000));
        profile.Begin();
        var root = profile.Root(profile.Estimate + 0.01);
        Assert.InRange(root, 0.01, 1);
        var left = 0;
        while (profile.Budget.TryTake())
        {
            left++;
        }

        Assert.InRange(1_000 - left, 1, 4);
    }

    [Fact]
    public void Intervals_end_at_the_edges_of_the_parameters_and_say_so()
    {
        // Forty clusters without random effects: zero cannot be rejected, and no correlation can.
        var frame = SyntheticFrames.Make(4, Family.Binomial, [40], size: 5, effects: 2, deviation: 0.05);
        var fit = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial, Nodes = 9 });
        for (var effect = 0; effect < 2; effect++)
        {
            var deviation = GlmmProfiles.OfStandardDeviation(fit, 0, effect);
            Assert.Equal((0, true), (deviation.Lower, deviation.LowerIsEdge));
            Assert.InRange(deviation.Upper, Math.Max(0.05, fit.RandomEffects[0].StandardDeviations[effect]), 3);
            Assert.False(deviation.UpperIsEdge);
        }

        var correlation = GlmmProfiles.OfCorrelation(fit, 0, 0, 1);
        Assert.Equal((-1, 1), (correlation.Lower, correlation.Upper));
        Assert.True(correlation.LowerIsEdge && correlation.UpperIsEdge);
    }

    [Fact]
    public void A_correlation_near_one_has_one_limit_at_the_edge()
    {
        var frame = Shared(SyntheticFrames.Make(7, Family.Gaussian, [50], size: 10, effects: 2));
        var fit = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Gaussian, Nodes = 1, Threads = 1 });
        var interval = GlmmProfiles.OfCorrelation(fit, 0, 0, 1);
        Assert.Equal((1, true), (interval.Upper, interval.UpperIsEdge));
        Assert.InRange(interval.Lower, 0.3, 0.999);
        Assert.Equal(Quantile, 2 * (fit.LogLikelihood - Search(fit, 2, interval.Lower)), 1e-3);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    public void The_test_of_an_effect_compares_with_the_fit_without_it(int effect, int dimension)
    {
        var larger = GlmmFitter.Fit(
            SyntheticFrames.Make(7, Family.Binomial, [60], size: 12, effects: dimension),
            new GlmmOptions { Family = Family.Binomial, Nodes = 15 });
        var test = Assert.Single(VarianceTest.Of(larger));
        Assert.Equal((dimension - 1, dimension), (test.LowerDegreesOfFreedom, test.UpperDegreesOfFreedom));
        Assert.Equal($"{(effect == 0 ? "(Intercept)" : "x")} | g0", test.Label);
        if (dimension == 2)
        {
            var term = larger.Frame.RandomTerms[0];
            var intercept = new RandomTermDesign(
                term.Group,
                term.Groups.ToArray(),
                term.GroupCount,
                term.Label,
                ["(Intercept)"],
                term.Column(0).ToArray(),
                correlated: true);
            var smaller = GlmmFitter.Fit(larger.Frame.WithTerms(larger.Frame.Design, [intercept]), larger.Options);
            Assert.Equal(VarianceTest.Between(larger, smaller).Statistic, test.Statistic, 2e-3);
        }
    }

    // The same effect for the intercept and the slope: b(1 + x).
    private static ModelFrame Shared(ModelFrame frame)
    {
        var response = frame.Response.ToArray();
        var term = frame.RandomTerms[0];
        for (var i = 0; i < response.Length; i++)
        {
            response[i] = (0.9 * Math.Sin(7.7 * term.Groups[i]) * (1 + frame.Design.Column(1)[i])) + (1.3 * Math.Cos(911.7 * i));
        }

        return frame.WithResponse(response);
    }

    // max ℓ with one of (standard deviations, correlations) held, by the simplex of Nelder and Mead over everything else.
    private static double Search(GlmmFit fit, int place, double held)
    {
        var model = fit.Model;
        var likelihood = model.Open(fit.Nodes);
        var factor = model.Levels[0].Factor;
        var q = factor.Dimension;
        var p = model.Scaling.Columns;
        var solution = fit.Solution.Parameters.ToArray();
        var estimate = factor.Covariance(solution.AsSpan(p, factor.ParameterCount));
        var rest = solution.AsSpan(p + factor.ParameterCount).ToArray();
        var deviations = Enumerable.Range(0, q).Select(a => Math.Sqrt(estimate[(a * q) + a])).ToArray();
        var pairs = Enumerable.Range(0, q).SelectMany(a => Enumerable.Range(a + 1, q - a - 1).Select(b => (a, b))).ToArray();
        double[] start =
        [
            .. solution[..p],
            .. deviations.Select(deviation => Math.Log(deviation)),
            .. pairs.Select(pair => Math.Atanh(Math.Clamp(
                estimate[(pair.a * q) + pair.b] / (deviations[pair.a] * deviations[pair.b]),
                -0.95,
                0.95))),
            .. rest,
        ];
        var fixedPlace = p + place;
        start[fixedPlace] = place < q ? Math.Log(held * model.Levels[0].Scales[place]) : Math.Atanh(held);
        var free = Enumerable.Range(0, start.Length).Where(j => j != fixedPlace).ToArray();
        var best = Vector<double>.Build.DenseOfEnumerable(free.Select(j => start[j]));
        var value = double.PositiveInfinity;
        for (var restart = 0; restart < 30; restart++)
        {
            var steps = Vector<double>.Build.Dense(free.Length, restart % 2 == 0 ? 0.2 : -0.05);
            var result = NelderMeadSimplex.Minimum(ObjectiveFunction.Value(Negative), best, steps, 1e-9, 20000);
            best = result.MinimizingPoint;
            var gain = value - result.FunctionInfoAtMinimum.Value;
            value = result.FunctionInfoAtMinimum.Value;
            if (gain < 1e-5)
            {
                break;
            }
        }

        return -value;

        double Negative(Vector<double> point)
        {
            var all = (double[])start.Clone();
            for (var k = 0; k < free.Length; k++)
            {
                all[free[k]] = point[k];
            }

            var covariance = new double[q * q];
            for (var a = 0; a < q; a++)
            {
                covariance[(a * q) + a] = Math.Exp(2 * all[p + a]);
            }

            for (var k = 0; k < pairs.Length; k++)
            {
                var (a, b) = pairs[k];
                covariance[(a * q) + b] = covariance[(b * q) + a] = Math.Tanh(all[p + q + k]) * Math.Exp(all[p + a] + all[p + b]);
            }

            if (Matrix<double>.Build.Dense(q, q, covariance).Evd().EigenValues.Any(eigen => eigen.Real <= 0))
            {
                return 1e10;
            }

            var psi = new double[model.Map.ParameterCount];
            all.AsSpan(0, p).CopyTo(psi);
            factor.FromCovariance(covariance, psi.AsSpan(p, factor.ParameterCount));
            all.AsSpan(start.Length - rest.Length).CopyTo(psi.AsSpan(p + factor.ParameterCount));
            return -likelihood.Evaluate(psi, EvaluationNeeds.Value, [], []);
        }
    }
}
