using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Likelihood;

/// <summary>Quadrature with enough nodes equals integrals summed over fine grids, one and two levels, intercepts and slopes.</summary>
public sealed class BruteForceTests
{
    private const double Step = 0.02;
    private const double Range = 8;

    [Fact]
    public void A_random_intercept_equals_a_fine_sum()
    {
        var frame = SyntheticFrames.Make(21, Family.Binomial, [5]);
        double[] psi = [0.1, 0.4, -0.2, 0.9];
        var expected = 0.0;
        for (var c = 0; c < 5; c++)
        {
            var cluster = c;
            expected += Math.Log(Sum(b => Math.Exp(Rows(frame, psi, i => frame.RandomTerms[0].Groups[i] == cluster, _ => 0.9 * b))));
        }

        Assert.Equal(expected, Value(frame, psi, 40), 1e-8);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nested_intercepts_equal_a_fine_sum_over_both_levels(bool repeats)
    {
        var frame = SyntheticFrames.Make(22, Family.Binomial, repeats ? [4, 3] : [3, 2], size: repeats ? 3 : 4, repeats: repeats);
        double[] psi = [0.1, 0.4, -0.2, 0.9, 0.7];
        var expected = 0.0;
        for (var outer = 0; outer < frame.RandomTerms[0].GroupCount; outer++)
        {
            var group = outer;
            expected += Math.Log(Sum(v =>
            {
                var product = 1.0;
                foreach (var inner in Enumerable.Range(0, frame.Rows)
                    .Where(i => frame.RandomTerms[0].Groups[i] == group)
                    .Select(i => frame.RandomTerms[1].Groups[i])
                    .Distinct())
                {
                    product *=
                        Sum(u => Math.Exp(Rows(frame, psi, i => frame.RandomTerms[1].Groups[i] == inner, _ => (0.9 * v) + (0.7 * u))));
                }

                return product;
            }));
        }

        Assert.Equal(expected, Value(frame, psi, 30), 1e-7);
    }

    [Fact]
    public void Correlated_slopes_equal_a_fine_sum_in_the_plane()
    {
        var frame = SyntheticFrames.Make(23, Family.Poisson, [3], effects: 2, size: 4);
        double[] psi = [0.1, 0.4, -0.2, 0.8, 0.3, 0.5];
        var fit = new PreparedModel(frame, new GlmmOptions { Family = Family.Poisson, Threads = 1 });
        var upper = new[] { 0.8, 0.3, 0.5 };
        var expected = 0.0;
        for (var c = 0; c < 3; c++)
        {
            var cluster = c;
            expected += Math.Log(Sum(u0 => Sum(u1 => Math.Exp(Rows(
                frame,
                psi,
                i => frame.RandomTerms[0].Groups[i] == cluster,
                i => (upper[0] * u0) + (upper[1] * u1) + (frame.Design.Column(1)[i] * upper[2] * u1))))));
        }

        var reported = new double[fit.Map.ParameterCount];
        psi.CopyTo(reported, 0);
        var scaled = Scaled(fit, reported);
        var value = fit.Open(30).Evaluate(scaled, EvaluationNeeds.Value, [], []);
        Assert.Equal(expected, value + Factorials(frame), 1e-6);
    }

    [Theory]
    [InlineData("gaussian", "log")]
    [InlineData("poisson", "sqrt")]
    [InlineData("poisson", "identity")]
    [InlineData("gamma", "inverse")]
    [InlineData("gamma", "identity")]
    [InlineData("inverse-gaussian", "log")]
    [InlineData("inverse-gaussian", "inverse")]
    [InlineData("inverse-gaussian", "identity")]
    [InlineData("negative-binomial(2)", "sqrt")]
    [InlineData("negative-binomial(2)", "identity")]
    public void Other_links_equal_a_fine_sum_with_all_constants(string familyName, string linkName)
    {
        Assert.True(Family.TryParse(familyName, out var family));
        Assert.True(Link.TryParse(linkName, out var link));
        const double Dispersion = 0.6;
        var negative = family is Family.NegativeBinomialFamily;
        var frame = SyntheticFrames.Make(24, family, [5]);
        double[] psi = [family == Family.Gaussian ? 0.2 : 1.4, 0.1, -0.05, 0.1];
        var model = new PreparedModel(
            frame,
            new GlmmOptions { Family = family, Link = link, Dispersion = negative ? null : Dispersion, Threads = 1 });
        var expected = 0.0;
        for (var c = 0; c < 5; c++)
        {
            var rows = Enumerable.Range(0, frame.Rows).Where(i => frame.RandomTerms[0].Groups[i] == c).ToArray();
            expected += Math.Log(Sum(b => Math.Exp(rows.Sum(i =>
            {
                var eta = psi[0] + (psi[1] * frame.Design.Column(1)[i]) + (psi[2] * frame.Design.Column(2)[i]) + (psi[3] * b);
                return link != Link.Log && eta <= 0
                    ? double.NegativeInfinity
                    : family.LogDensity(frame.Response[i], link.Mean(eta), 1, family.HasUnitDispersion ? 1 : Dispersion);
            }))));
        }

        var scaled = Scaled(model, [.. psi, .. negative ? [Math.Log(0.5)] : Array.Empty<double>()]);
        Assert.Equal(expected, model.Open(40).Evaluate(scaled, EvaluationNeeds.Value, [], []), 1e-7 * Math.Abs(expected));
    }

    private static double Factorials(ModelFrame frame)
    {
        var sum = 0.0;
        foreach (var y in frame.Response)
        {
            for (var k = 2; k <= y; k++)
            {
                sum += Math.Log(k);
            }
        }

        return sum;
    }

    // The parameters above are in the data's units with an upper factor: β by the scaling, Λ by the scales of Z.
    private static double[] Scaled(PreparedModel model, double[] psi)
    {
        var scaled = (double[])psi.Clone();
        model.Scaling.FromData(psi.AsSpan(0, 3), scaled.AsSpan(0, 3));
        var at = 3;
        foreach (var level in model.Levels)
        {
            for (var e = 0; e < level.Factor.ParameterCount; e++, at++)
            {
                scaled[at] *= level.Scales[level.Factor.Rows[e]];
            }
        }

        return scaled;
    }

    private static double Value(ModelFrame frame, double[] psi, int nodes)
    {
        var model = new PreparedModel(frame, new GlmmOptions { Family = Family.Binomial, Threads = 1 });
        return model.Open(nodes).Evaluate(Scaled(model, psi), EvaluationNeeds.Value, [], []);
    }

    private static double Sum(Func<double, double> integrand)
    {
        var sum = 0.0;
        for (var z = -Range; z <= Range; z += Step * 5)
        {
            sum += Step * 5 * integrand(z) * Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);
        }

        return sum;
    }

    private static double Rows(ModelFrame frame, double[] psi, Func<int, bool> belongs, Func<int, double> effect)
    {
        var sum = 0.0;
        for (var i = 0; i < frame.Rows; i++)
        {
            if (!belongs(i))
            {
                continue;
            }

            var eta = psi[0] + (psi[1] * frame.Design.Column(1)[i]) + (psi[2] * frame.Design.Column(2)[i]) + effect(i);
            sum += frame.Response[i] is var y && frame.Response.ToArray().All(value => value is 0 or 1)
                ? (y * eta) - Math.Max(eta, 0) - Math.Log(1 + Math.Exp(-Math.Abs(eta)))
                : (y * eta) - Math.Exp(eta);
        }

        return sum;
    }
}
