using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Predictions;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Predictions;

/// <summary>Posterior moments equal sums over fine grids: nested groupings, correlated and independent effects.</summary>
public sealed class PosteriorTests
{
    private static readonly GlmmOptions Binomial = new() { Family = Family.Binomial, Nodes = 25, CheckNodes = false, Threads = 1 };

    [Fact]
    public void Moments_of_nested_groupings_equal_a_sum_over_both_levels()
    {
        var fit = GlmmFitter.Fit(SyntheticFrames.Make(3, Family.Binomial, [20, 3], size: 6, deviation: 1.4), Binomial);
        var (outer, inner) = (fit.RandomEffects[0].StandardDeviations[0], fit.RandomEffects[1].StandardDeviations[0]);
        Assert.True(outer > 0.2 && inner > 0.2);
        var moments = PosteriorMoments.Of(fit);
        foreach (var cluster in new[] { 0, 7 })
        {
            var groups = Groups(fit, 0, cluster).Select(i => fit.Frame.RandomTerms[1].Groups[i]).Distinct().ToArray();
            double total = 0, mean = 0, square = 0, first = 0, firstSquare = 0;
            for (var v = -7.0; v <= 7; v += 0.05)
            {
                var parts = groups.Select(group => Sums(fit, Groups(fit, 1, group), _ => outer * v, inner)).ToArray();
                var density = Math.Exp(-0.5 * v * v) * parts.Aggregate(1.0, (product, part) => product * part.Total);
                total += density;
                mean += density * outer * v;
                square += density * outer * v * outer * v;
                first += density * parts[0].Mean / parts[0].Total;
                firstSquare += density * parts[0].Square / parts[0].Total;
            }

            Same(moments[0], cluster, 0, mean / total, square / total);
            Same(moments[1], groups[0], 0, first / total, firstSquare / total);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Moments_of_two_effects_equal_a_sum_in_the_plane(bool correlated)
    {
        var fit = GlmmFitter.Fit(SyntheticFrames.Make(5, Family.Binomial, [40], size: 8, effects: 2, correlated: correlated), Binomial);
        var d = fit.RandomEffects[0].Covariance.ToArray();
        var lower = new[] { Math.Sqrt(d[0]), d[1] / Math.Sqrt(d[0]), Math.Sqrt(d[3] - (d[1] * d[1] / d[0])) };
        var moments = PosteriorMoments.Of(fit)[0];
        var rows = Groups(fit, 0, 11);
        double total = 0, mean = 0, square = 0, slope = 0, slopeSquare = 0;
        for (var u = -6.0; u <= 6; u += 0.05)
        {
            for (var v = -6.0; v <= 6; v += 0.05)
            {
                var (intercept, slopeEffect) = (lower[0] * u, (lower[1] * u) + (lower[2] * v));
                var density = Math.Exp((-0.5 * ((u * u) + (v * v))) + LogDensity(
                    fit,
                    rows,
                    i => intercept + (slopeEffect * fit.Frame.Design.Column(1)[i])));
                total += density;
                mean += density * intercept;
                square += density * intercept * intercept;
                slope += density * slopeEffect;
                slopeSquare += density * slopeEffect * slopeEffect;
            }
        }

        Same(moments, 11, 0, mean / total, square / total);
        Same(moments, 11, 1, slope / total, slopeSquare / total);
    }

    [Fact]
    public void Separate_terms_of_one_grouping_have_the_moments_of_one_uncorrelated_term()
    {
        var frame = SyntheticFrames.Make(5, Family.Binomial, [40], size: 8, effects: 2, correlated: false);
        var term = frame.RandomTerms[0];
        var apart = frame.WithTerms(frame.Design, [Part(0), Part(1)]);
        var (together, separate) =
            (PosteriorMoments.Of(GlmmFitter.Fit(frame, Binomial)), PosteriorMoments.Of(GlmmFitter.Fit(apart, Binomial)));
        Assert.Equal(2, separate.Count);
        for (var g = 0; g < 40; g++)
        {
            for (var a = 0; a < 2; a++)
            {
                Assert.Equal(together[0].Modes[(2 * g) + a], separate[a].Modes[g], 1e-6);
                Assert.Equal(together[0].ModeStandardErrors[(2 * g) + a], separate[a].ModeStandardErrors[g], 1e-6);
            }
        }

        RandomTermDesign Part(int column) =>
            new(
                term.Group,
                term.Groups.ToArray(),
                term.GroupCount,
                term.Label,
                [term.Names[column]],
                term.Column(column).ToArray(),
                correlated: true);
    }

    [Fact]
    public void A_Laplace_fit_has_posterior_deviations_too_and_three_levels_have_their_modes()
    {
        var laplace = GlmmFitter.Fit(SyntheticFrames.Make(5, Family.Binomial, [40], size: 8), Binomial with { Nodes = 1 });
        var moments = PosteriorMoments.Of(laplace)[0];
        Assert.Equal(laplace.RandomEffects[0].ModeStandardErrors[3], moments.ModeStandardErrors[3], 0.05);
        Assert.NotEqual(laplace.RandomEffects[0].Modes[3], moments.Modes[3]);
        var three = GlmmFitter.Fit(SyntheticFrames.Make(5, Family.Binomial, [8, 3, 2], size: 5), Binomial with { Nodes = 1 });
        Assert.Equal(three.RandomEffects[1].Modes.ToArray(), PosteriorMoments.Of(three)[1].Modes.ToArray());
    }

    private static void Same(RandomEffectEstimate moments, int group, int effect, double mean, double square)
    {
        Assert.Equal(mean, moments.Modes[(group * moments.Dimension) + effect], 1e-5);
        Assert.Equal(Math.Sqrt(square - (mean * mean)), moments.ModeStandardErrors[(group * moments.Dimension) + effect], 1e-5);
    }

    private static int[] Groups(GlmmFit fit, int term, int group)
    {
        var rows = new List<int>();
        for (var i = 0; i < fit.Frame.Rows; i++)
        {
            if (fit.Frame.RandomTerms[term].Groups[i] == group)
            {
                rows.Add(i);
            }
        }

        return [.. rows];
    }

    private static (double Total, double Mean, double Square) Sums(GlmmFit fit, int[] rows, Func<int, double> shift, double deviation)
    {
        double total = 0, mean = 0, square = 0;
        for (var u = -7.0; u <= 7; u += 0.05)
        {
            var density = Math.Exp((-0.5 * u * u) + LogDensity(fit, rows, i => shift(i) + (deviation * u)));
            total += density;
            mean += density * deviation * u;
            square += density * deviation * u * deviation * u;
        }

        return (total, mean, square);
    }

    private static double LogDensity(GlmmFit fit, int[] rows, Func<int, double> effect)
    {
        var sum = 0.0;
        foreach (var i in rows)
        {
            var eta = effect(i);
            for (var j = 0; j < fit.Coefficients.Length; j++)
            {
                eta += fit.Coefficients[j] * fit.Frame.Design.Column(j)[i];
            }

            sum += (fit.Frame.Response[i] * eta) - Math.Max(eta, 0) - Math.Log(1 + Math.Exp(-Math.Abs(eta)));
        }

        return sum;
    }
}
