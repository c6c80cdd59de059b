using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Data.Coding;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Compare.Tests.Marginalization;

public sealed class MarginalizationProperties
{
    private static readonly Arbitrary<(double Intercept, double Effect, double Sigma)> TwoArms = (
        from intercept in Uniform(-4, 4)
        from effect in Uniform(-3, 3)
        from sigma in Uniform(0, 6)
        select (intercept, effect, sigma)).ToArbitrary();

    [Fact]
    public void Marginal_log_odds_ratio_is_no_larger_than_the_conditional_and_has_its_sign() =>
        Prop.ForAll(TwoArms, x =>
        {
            var marginal = Effect(Link.Logit, x.Intercept, x.Effect, x.Sigma);
            return Math.Abs(marginal) <= Math.Abs(x.Effect) + 1e-12 && (marginal * x.Effect >= 0 || Math.Abs(x.Effect) < 1e-12);
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void More_spread_attenuates_more() =>
        Prop.ForAll(TwoArms, x =>
            Math.Abs(Effect(
                Link.Logit,
                x.Intercept,
                x.Effect,
                x.Sigma + 0.1)) <= Math.Abs(Effect(Link.Logit, x.Intercept, x.Effect, x.Sigma)) + 1e-12)
            .Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Rescaling_a_covariate_rescales_its_marginal_coefficient() =>
        Prop.ForAll(TwoArms, x =>
        {
            var plain = Marginal(1, x);
            var scaled = Marginal(10, x);
            return Math.Abs(plain[1] - (10 * scaled[1])) < 1e-11 && Math.Abs(plain[0] - scaled[0]) < 1e-11;
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Slopes_of_the_integral_match_differences() =>
        Prop.ForAll(TwoArms, x =>
        {
            const double Step = 1e-5;
            return new[] { Link.Logit, Link.Cloglog }.All(link =>
            {
                var rule = MarginalMean.For(link);
                var sigma = x.Sigma + 0.01;
                var point = rule.At(x.Intercept, sigma);
                var byPredictor =
                    (rule.At(x.Intercept + Step, sigma).Predictor - rule.At(x.Intercept - Step, sigma).Predictor) / (2 * Step);
                var bySpread = (rule.At(x.Intercept, sigma + Step).Predictor - rule.At(x.Intercept, sigma - Step).Predictor) / (2 * Step);
                return Math.Abs(byPredictor - point.PredictorSlope) < 1e-7 && Math.Abs(bySpread - point.PredictorSpreadSlope) < 1e-7;
            });
        }).Check(Config.QuickThrowOnFailure);

    private static Gen<double> Uniform(double low, double high) =>
        Gen.Choose(0, 1_000_000).Select(k => low + ((high - low) * k / 1e6));

    private static double Effect(Link link, double intercept, double effect, double sigma)
    {
        var rule = MarginalMean.For(link);
        return rule.At(intercept + effect, sigma).Predictor - rule.At(intercept, sigma).Predictor;
    }

    private static double[] Marginal(double scale, (double Intercept, double Effect, double Sigma) x)
    {
        double[] covariate = [0, 1, 2, 3.5, -1];
        var design = TableFile.Design(("(Intercept)", [1, 1, 1, 1, 1]), ("x", [.. covariate.Select(value => value * scale)]));
        var block = new RandomEffectBlock([1, 1, 1, 1, 1], [x.Sigma], 1, correlated: true);
        return Marginalizer.Marginalize(new ConditionalModel(design, Link.Logit, [x.Intercept, x.Effect / scale], [block])).Estimates
            .ToArray();
    }
}
