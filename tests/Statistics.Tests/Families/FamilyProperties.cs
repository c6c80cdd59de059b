using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Statistics.Tests.Families;

public sealed class FamilyProperties
{
    private static readonly Family[] Families =
        [Family.Binomial, Family.Gaussian, Family.Poisson, Family.Gamma, Family.InverseGaussian, Family.NegativeBinomial(0.7)];

    // Responses and means inside every domain: (0, 1).
    private static readonly Arbitrary<(Family Family, double Response, double Mean)> Points = (
        from family in Gen.Elements(Families)
        from response in Gen.Choose(1, 999)
        from mean in Gen.Choose(1, 999)
        select (family, response / 1000.0, mean / 1000.0)).ToArbitrary();

    [Fact]
    public void Deviance_is_never_negative_and_zero_only_at_the_response() => Prop.ForAll(
        Points,
        point => point.Family.UnitDeviance(point.Response, point.Mean) is var deviance
            && deviance >= 0 && (deviance > 1e-9 || Math.Abs(point.Response - point.Mean) < 2e-3))
        .Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Deviance_is_twice_the_quasi_likelihood_lost() => Prop.ForAll(
        Points,
        point =>
        {
            var best = point.Family.QuasiLikelihood(point.Response, point.Response);
            var here = point.Family.QuasiLikelihood(point.Response, point.Mean);
            var rounding = 1e-14 * (1 + Math.Abs(best) + Math.Abs(here));
            return Math.Abs((2 * (best - here)) - point.Family.UnitDeviance(point.Response, point.Mean)) <= rounding;
        })
        .Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Variance_kernel_matches_the_scalar_function() => Prop.ForAll(
        Points,
        point =>
        {
            var means = Enumerable.Repeat(point.Mean, 5).ToArray();
            var variances = new double[5];
            point.Family.Variance(means, variances);
            return variances.All(value => Math.Abs(value - point.Family.Variance(point.Mean)) <= 1e-15 * value);
        })
        .Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Starting_means_are_valid() => Prop.ForAll(
        Points,
        point => point.Family.IsMeanValid(point.Family.StartingMean(point.Response, 1)))
        .Check(Config.QuickThrowOnFailure);
}
