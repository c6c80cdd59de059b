using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.Marginalization;

/// <summary><see cref="AttenuationCurve"/> of two arms, where the marginal odds ratio is that of two integrals, summed finely.</summary>
public sealed class AttenuationCurveTests
{
    private static readonly GlmmFit Fit = GlmmFitter.Fit(
        ReferenceFrames.Build("toenail", "y ~ treatment + (1 | patientID)"),
        new GlmmOptions { Family = Family.Binomial, Nodes = 25 });

    [Fact]
    public void Every_point_is_the_difference_of_two_integrals()
    {
        var curve = AttenuationCurve.Of(Fit, 1)!;
        var (intercept, effect) = (Fit.Coefficients[0], Fit.Coefficients[1]);
        Assert.Equal("treatmentterbinafine", curve.Name);
        Assert.Equal(effect, curve.Conditional);
        Assert.Equal(Fit.RandomEffects[0].StandardDeviations[0], curve.Spread);
        Assert.Equal(25, curve.Points.Count);
        Assert.Equal(0, curve.Points[0].Spread);
        Assert.Equal(1.5 * curve.Spread, curve.Points[^1].Spread, 12);
        foreach (var (spread, exact, _, _) in curve.Points)
        {
            Assert.Equal(Logit(Mean(intercept + effect, spread)) - Logit(Mean(intercept, spread)), exact, 9);
        }

        Assert.Equal(
            Logit(Mean(intercept + effect, curve.Spread)) - Logit(Mean(intercept, curve.Spread)), curve.Marginal, 9);
    }

    /// <summary>Zeger, Liang and Albert 1988, equation 3.4; Neuhaus, Kalbfleisch and Hauck 1991, equation 7.</summary>
    [Fact]
    public void The_closed_forms_are_those_of_their_authors()
    {
        var curve = AttenuationCurve.Of(Fit, 1)!;
        var constant = 16 * Math.Sqrt(3) / (15 * Math.PI);
        foreach (var (spread, _, zeger, neuhaus) in curve.Points)
        {
            Assert.Equal(curve.Conditional / Math.Sqrt(1 + (constant * constant * spread * spread)), zeger, 9);
            var mean = Mean(Fit.Coefficients[0], spread);
            var within = Integral(z => Expit(Fit.Coefficients[0] + (spread * z)) * (1 - Expit(Fit.Coefficients[0] + (spread * z))));
            Assert.Equal(curve.Conditional * within / (mean * (1 - mean)), neuhaus, 9);
        }
    }

    [Fact]
    public void Other_links_and_several_effects_have_none()
    {
        var frame = ReferenceFrames.Build("toenail", "y ~ treatment + (1 | patientID)");
        Assert.Null(AttenuationCurve.Of(
            GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial, Link = Link.Probit, Nodes = 9 }), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => AttenuationCurve.Of(Fit, 2));
    }

    private static double Mean(double predictor, double spread) => Integral(z => Expit(predictor + (spread * z)));

    /// <summary>Over a standard normal, by the trapezoidal rule with a step far below what it needs.</summary>
    private static double Integral(Func<double, double> of)
    {
        const double Step = 0.002;
        var sum = 0.0;
        for (var k = -5000; k <= 5000; k++)
        {
            var z = Step * k;
            sum += of(z) * Math.Exp(-0.5 * z * z);
        }

        return sum * Step / Math.Sqrt(2 * Math.PI);
    }

    private static double Expit(double value) => 1 / (1 + Math.Exp(-value));

    private static double Logit(double mean) => Math.Log(mean / (1 - mean));
}
