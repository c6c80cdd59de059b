using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Statistics.Tests.Families;

public sealed class LinkProperties
{
    private static readonly Arbitrary<(Link Link, double Eta)> Points = (
        from link in Gen.Elements(Link.All.ToArray())
        from step in Gen.Choose(-4000, 4000)
        let eta = step / 1000.0
        select (link, link.IsPredictorValid(eta) && Math.Abs(eta) > 0.2 ? eta : 0.2 + Math.Abs(eta))).ToArbitrary();

    [Fact]
    public void Link_of_the_mean_is_the_predictor() => Prop.ForAll(
        Points,
        point => Close(point.Eta, point.Link.Predictor(point.Link.Mean(point.Eta)), Tolerance(point)))
        .Check(Config.QuickThrowOnFailure);

    [Fact]
    public void First_derivative_matches_central_differences() => Prop.ForAll(
        Points,
        point => Close(Difference(point.Link.Mean, point.Eta), point.Link.Derivative(point.Eta), 1e-8))
        .Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Second_derivative_matches_central_differences() => Prop.ForAll(
        Points,
        point => Close(Difference(point.Link.Derivative, point.Eta), point.Link.SecondDerivative(point.Eta), 1e-7))
        .Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Mean_moves_in_the_direction_of_the_derivative() => Prop.ForAll(
        Points,
        point => Math.Sign(point.Link.Mean(point.Eta * 1.001) - point.Link.Mean(point.Eta))
            is var sign && (sign == 0 || sign == Math.Sign(point.Link.Derivative(point.Eta)) * Math.Sign(point.Eta)))
        .Check(Config.QuickThrowOnFailure);

    // Where the mean is within 1 − μ of 1 the predictor can only be recovered as well as 1 − μ is stored.
    private static double Tolerance((Link Link, double Eta) point)
    {
        var slope = Math.Abs(point.Link.Derivative(point.Eta));
        return 1e-13 + (1e-15 * Math.Abs(point.Link.Mean(point.Eta)) / slope);
    }

    private static double Difference(Func<double, double> function, double x)
    {
        const double H = 1e-4;
        return ((8 * (function(x + H) - function(x - H))) - (function(x + (2 * H)) - function(x - (2 * H)))) / (12 * H);
    }

    private static bool Close(double expected, double actual, double tolerance) =>
        Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected));
}
