using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Glmm.Profiles;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Families;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace MarginalConditional.Glmm.Tests.Ordinal;

/// <summary>
/// Profile intervals of cumulative models against ordinal 2022.11-16, against the binomial model, and against a search without
/// derivatives: <see cref="ProfiledOrdinal"/> and <see cref="ProfiledFit"/>.
/// </summary>
public sealed class OrdinalProfileTests
{
    private const double Quantile = 3.841458820694124;

    private static readonly OrdinalGlmmFit Wine = OrdinalGlmmFitter.Fit(
        OrdinalGolden.Frame("wine", "rating ~ temp + contact + (1 | judge)"), new OrdinalGlmmOptions { Nodes = 25 });

    /// <summary>
    /// σ by clmm2's profile (60 steps and a spline), coefficients by clmm with an offset that holds them and R's uniroot; both fits have 25
    /// nodes.
    /// </summary>
    [Fact]
    public void Wine_has_the_limits_of_clmm2_and_of_clmm_with_offsets()
    {
        var deviation = Assert.Single(OrdinalProfiles.OfVariances(Wine));
        Assert.Equal("SD (Intercept) | judge", deviation.Label);
        Assert.Equal(0.504875064, deviation.Lower, 2e-4);
        Assert.Equal(2.27225492, deviation.Upper, 2e-4);
        var rows = OrdinalProfiles.OfFixedParameters(Wine).ToDictionary(row => row.Label, StringComparer.Ordinal);
        Assert.Equal(0.862728063, rows["contactyes"].Lower, 1e-4);
        Assert.Equal(2.881824897, rows["contactyes"].Upper, 1e-4);
        Assert.Equal(1.95724819, rows["tempwarm"].Lower, 1e-4);
        Assert.Equal(4.30648905, rows["tempwarm"].Upper, 1e-4);
    }

    /// <summary>Twice the difference of the log-likelihoods of clmm and clm, 9.918925309, on half a χ² with 1 df.</summary>
    [Fact]
    public void The_test_of_the_variance_is_the_likelihood_ratio_against_clm()
    {
        var test = Assert.Single(OrdinalProfiles.VarianceTests(Wine));
        Assert.Equal(9.918925309, test.Statistic, 1e-5);
        Assert.Equal((0, 1), (test.LowerDegreesOfFreedom, test.UpperDegreesOfFreedom));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    public void Limits_of_thresholds_are_just_rejected(int threshold)
    {
        var interval = OrdinalProfiles.OfFixedParameters(Wine)[threshold];
        foreach (var limit in new[] { interval.Lower, interval.Upper })
        {
            Assert.Equal(Quantile, 2 * (Wine.LogLikelihood - Search(Wine, threshold, limit)), 2e-3);
        }
    }

    /// <summary>A limit beyond the neighbouring threshold is reached: all thresholds move together.</summary>
    [Fact]
    public void Coefficients_by_threshold_have_limits()
    {
        var fit = OrdinalGlmmFitter.Fit(
            OrdinalGolden.Frame("wine", "rating ~ temp + contact + (1 | judge)"), new OrdinalGlmmOptions { NominalColumns = [2] });
        foreach (var interval in OrdinalProfiles.OfFixedParameters(fit))
        {
            Assert.True(interval.Lower < interval.Estimate && interval.Estimate < interval.Upper, interval.ToString());
        }

        var weights = new double[fit.Layout.Count];
        (weights[^1], weights[^2]) = (1, -1);
        var contrast = OrdinalProfiles.OfContrast(fit, weights);
        Assert.InRange(0, contrast.Lower, contrast.Upper);
        Assert.Throws<ArgumentException>(() => OrdinalProfiles.OfContrast(fit, new double[fit.Layout.Count]));
    }

    [Fact]
    public void Two_categories_have_the_intervals_of_the_binomial_model()
    {
        var frame = OrdinalShapes.Frame("y ~ x + w + (1 + x | g)", seed: 11, groups: 25, categories: 2);
        var fit = OrdinalGlmmFitter.Fit(frame, new OrdinalGlmmOptions { Nodes = 5 });
        var peer = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial, Nodes = 5 });
        var (own, other) = (OrdinalProfiles.OfFixedParameters(fit), GlmmProfiles.OfCoefficients(peer));
        Assert.Equal(-other[0].Upper, own[0].Lower, 1e-4);
        for (var j = 1; j < own.Count; j++)
        {
            Equal(other[j], own[j]);
        }

        var (spreads, peers) = (OrdinalProfiles.OfVariances(fit), GlmmProfiles.OfVariances(peer));
        for (var j = 0; j < spreads.Count; j++)
        {
            Equal(peers[j], spreads[j]);
        }
    }

    private static void Equal(ProfileInterval expected, ProfileInterval actual)
    {
        Assert.Equal(expected.Label, actual.Label);
        Assert.Equal(expected.Lower, actual.Lower, 1e-4);
        Assert.Equal(expected.Upper, actual.Upper, 1e-4);
        Assert.Equal((expected.LowerIsEdge, expected.UpperIsEdge), (actual.LowerIsEdge, actual.UpperIsEdge));
    }

    /// <summary>The largest log-likelihood with a threshold held, without derivatives.</summary>
    private static double Search(OrdinalGlmmFit fit, int threshold, double value)
    {
        var model = new OrdinalModel(fit.Frame, fit.Options);
        var likelihood = model.Open(fit.Nodes);
        var count = fit.Layout.Count;
        double[] start = [.. fit.Parameters];
        for (var k = 0; k < fit.Layout.Thresholds; k++)
        {
            start[k] += value - fit.Parameters[threshold];
        }

        var scaled = new double[start.Length];
        double At(Vector<double> free)
        {
            var all = free.ToList();
            all.Insert(threshold, value);
            double[] point = [.. all];
            model.Scaling.FromData(point.AsSpan(0, count), scaled);
            point.AsSpan(count).CopyTo(scaled.AsSpan(count));
            var height = likelihood.Evaluate(scaled, EvaluationNeeds.Value, [], []);
            return double.IsFinite(height) ? -height : 1e6;
        }

        var first = Vector<double>.Build.DenseOfEnumerable(start.Where((_, j) => j != threshold));
        var minimum = new NelderMeadSimplex(1e-9, 20_000).FindMinimum(ObjectiveFunction.Value(At), first);
        return -minimum.FunctionInfoAtMinimum.Value;
    }
}
