using System.Runtime.Intrinsics;
using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Statistics.Families;
using MathNet.Numerics;

namespace MarginalConditional.Glmm.Tests.Densities;

/// <summary>Every conditional density equals its family's, and its derivatives are derivatives.</summary>
public sealed class DensityProperties
{
    public static TheoryData<string> Names =>
    [
        "logit",
            "probit", "cloglog", "poisson", "gamma", "negative-binomial", "gaussian", "gaussian/log", "poisson/sqrt", "poisson/identity",
            "gamma/inverse", "gamma/identity",
            "inverse-gaussian/log",
                "inverse-gaussian/inverse", "inverse-gaussian/identity", "negative-binomial/sqrt", "negative-binomial/identity",
            ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Kernel_equals_the_density_of_the_family(string name)
    {
        var (family, link, density) = Model(name);
        Prop.ForAll(Arguments(name), sample =>
        {
            // The family's probit density takes 1 − Φ(η), which has lost digits in the upper tail; the kernel has not.
            var (eta, y) = name == "probit" ? (0.5 * sample.Eta, sample.Y) : sample;
            var at = Rows(density, eta, y, 0.7);
            var constant =
                density.Constant(y, 0.7, out _) - (family.Name is "poisson" or "negative-binomial" ? SpecialFunctions.GammaLn(y + 1) : 0);
            var expected = (family.Name == "negative-binomial" ? Family.NegativeBinomial(1 / 0.7) : family).LogDensity(
                y,
                link.Mean(eta),
                1,
                family.HasUnitDispersion ? 1 : 0.7);
            Assert.True(
                Math.Abs(expected - at.Log - constant) <= 1e-9 * (1 + Math.Abs(expected)),
                $"eta {eta}, y {y}: {at.Log + constant:R} is not {expected:R}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Derivatives_equal_differences(string name)
    {
        var (_, _, density) = Model(name);
        Prop.ForAll(Arguments(name), sample =>
        {
            var (eta, y) = sample;
            const double Step = 1e-4;
            var (middle, up, down) = (Rows(density, eta, y, 0.7), Rows(density, eta + Step, y, 0.7), Rows(density, eta - Step, y, 0.7));
            Close((up.Log - down.Log) / (2 * Step), middle.First, "first");
            Close((up.First - down.First) / (2 * Step), middle.Second, "second");
            Close((up.Second - down.Second) / (2 * Step), middle.Third, "third");

            void Close(double difference, double exact, string which) =>
                Assert.True(
                    Math.Abs(difference - exact) <= 2e-6 * (1 + Math.Abs(exact) + Math.Abs(middle.Second)),
                    $"{which} at eta {eta}, y {y}: {exact:R}, differences {difference:R}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Theory]
    [InlineData("logit")]
    [InlineData("probit")]
    [InlineData("cloglog")]
    [InlineData("poisson")]
    [InlineData("negative-binomial")]
    [InlineData("gamma")]
    public void Nothing_overflows_far_out(string name)
    {
        var (_, _, density) = Model(name);
        foreach (var eta in new[] { -700.0, -40, 40, 600 })
        {
            foreach (var y in name == "gamma" ? new[] { 0.5, 3 } : [0.0, 1])
            {
                var at = Rows(density, eta, y, 0.7);
                Assert.True(
                    double.IsFinite(at.Log) && double.IsFinite(at.First) && double.IsFinite(at.Second) && double.IsFinite(at.Third),
                    $"{name} at {eta}, y {y}: {at}");
            }
        }
    }

    [Theory]
    [InlineData(1e-5)]
    [InlineData(1e-9)]
    public void The_negative_binomial_tends_to_Poisson_without_cancellation(double dispersion)
    {
        var (negative, poisson) = (Model("negative-binomial").Density, Model("poisson").Density);
        foreach (var (eta, y) in new[] { (-2.0, 0.0), (0.3, 1), (2, 5), (3, 40) })
        {
            var (at, limit) = (Rows(negative, eta, y, dispersion), Rows(poisson, eta, y, 1));
            var constant = negative.Constant(y, dispersion, out var constantSlope);
            Vector256<double>[] log = [default], first = [default], second = [default];
            negative.DispersionAlongRows(
                [Vector256.Create(y)],
                [Vector256<double>.One],
                dispersion,
                [Vector256.Create(eta)],
                log,
                first,
                second);

            // To first order the densities differ by φ((y − μ)² − y)/2.
            var (mean, size) = (Math.Exp(eta), 1 + y + Math.Exp(eta));
            var expected = dispersion * (((y - mean) * (y - mean)) - y) / 2;
            var tolerance = (dispersion * dispersion * size * size * size) + (1e-14 * size * size);
            Assert.Equal(expected, at.Log + constant - limit.Log, tolerance);
            Assert.Equal(expected, log[0][0] + constantSlope, 2 * tolerance);
            Assert.Equal(limit.Second, at.Second, 10 * dispersion * size * size);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Along_nodes_and_along_rows_agree(string name)
    {
        var (_, _, density) = Model(name);
        var eta = Vector256.Create(0.37);
        Vector256<double>[] log = [Vector256.Create(2.0)], first = [default], second = [default];
        density.AlongNodes(Vector256<double>.One, Vector256.Create(3.0), 0.7, [eta], log, first, second);
        var rows = Rows(density, 0.37, 1, 0.7);
        Assert.Equal(2 + (3 * rows.Log), log[0][0], 1e-12);
        Assert.Equal(3 * rows.First, first[0][0], 1e-12);
        Assert.Equal(3 * rows.Second, second[0][0], 1e-12);
    }

    private static (Family Family, Link Link, ConditionalDensity Density) Model(string name)
    {
        var (family, link) = name switch
        {
            "logit" => (Family.Binomial, Link.Logit),
            "probit" => (Family.Binomial, Link.Probit),
            "cloglog" => (Family.Binomial, Link.Cloglog),
            "poisson" => (Family.Poisson, Link.Log),
            "gamma" => (Family.Gamma, Link.Log),
            "gaussian" => (Family.Gaussian, Link.Identity),
            "negative-binomial" => (Family.NegativeBinomial(1), Link.Log),
            _ => Parse(name),
        };
        return (family, link, ConditionalDensity.For(family, link, freeDispersion: false));
    }

    private static (Family Family, Link Link) Parse(string name)
    {
        var parts = name.Split('/');
        return (parts[0] == "negative-binomial" ? Family.NegativeBinomial(1)
            : Family.TryParse(parts[0], out var family) ? family
            : throw new ArgumentException(name), Link.TryParse(parts[1], out var link) ? link : throw new ArgumentException(name));
    }

    // Predictors of positive means, for links that know others.
    private static bool IsPositive(string name) =>
        name.Contains('/', StringComparison.Ordinal) && !name.EndsWith("log", StringComparison.Ordinal);

    private static Arbitrary<(double Eta, double Y)> Arguments(string name) => IsPositive(name)
        ? Gen.Choose(700, 4000).SelectMany(eta => Gen.Choose(0, 1000).Select(u => (eta / 1000.0, Outcome(name, u)))).ToArbitrary()
        : name.EndsWith("/log", StringComparison.Ordinal)
        ? Gen.Choose(-2000, 2000).SelectMany(eta => Gen.Choose(0, 1000).Select(u => (eta / 1000.0, Outcome(name, u)))).ToArbitrary()
        :
        Gen.Choose(-6000, name == "cloglog"
            ? 2500 : 6000).SelectMany(eta => Gen.Choose(0, 1000).Select(u => (eta / 1000.0, Outcome(name, u)))).ToArbitrary();

    private static double Outcome(string name, int u) => name.Split('/')[0] switch
    {
        "poisson" or "negative-binomial" => u % 12,
        "gamma" or "inverse-gaussian" => (u + 20) / 200.0,
        "gaussian" => (u - 500) / 100.0,
        _ => u % 2,
    };

    private static (double Log, double First, double Second, double Third) Rows(
        ConditionalDensity density,
        double eta,
        double y,
        double dispersion)
    {
        Vector256<double>[] first = [default], second = [default], third = [default];
        var log = density.AlongRows(
            [Vector256.Create(y)],
            [Vector256<double>.One],
            dispersion,
            [Vector256.Create(eta)],
            first,
            second,
            third);
        return (log / Vector256<double>.Count, first[0][0], second[0][0], third[0][0]);
    }
}
