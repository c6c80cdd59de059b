using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Statistics.Families;
using MathNet.Numerics;

namespace MarginalConditional.Glmm.Tests.Densities;

/// <summary>
/// The beta-binomial of <see cref="BetaBinomialKernel{TLink}"/> over <see cref="RisingSum"/> is the textbook's with its Gamma functions,
/// its derivatives are differences, and without dispersion it is the binomial.
/// </summary>
public sealed class BetaBinomialKernelTests
{
    public static TheoryData<string, double, double> Rows
    {
        get
        {
            var rows = new TheoryData<string, double, double>();
            foreach (var link in new[] { "logit", "probit", "cloglog" })
            {
                foreach (var (events, trials) in new[] { (0, 1), (2, 7), (16, 16), (17, 40), (0, 33), (250, 900) })
                {
                    rows.Add(link, events, trials);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Densities_are_those_of_Gamma_functions(string link, double events, double trials)
    {
        foreach (var eta in new[] { -2.3, -0.4, 0.7, 1.6 })
        {
            foreach (var dispersion in new[] { 0.02, 0.3, 4 })
            {
                var expected = Textbook(Mean(link, eta), events, trials, dispersion);
                Assert.Equal(expected, Log(link, eta, events, trials, dispersion), 1e-10 * (1 + trials));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Derivatives_are_differences(string link, double events, double trials)
    {
        var density = Density(link);
        foreach (var eta in new[] { -1.8, 0.3, 1.4 })
        {
            const double Phi = 0.15;
            var (first, second, third) = Slopes(density, eta, events, trials, Phi);
            Close(Difference(h => Log(link, eta + h, events, trials, Phi)), first);
            Close(Difference(h => Slopes(density, eta + h, events, trials, Phi).First), second);
            Close(Difference(h => Slopes(density, eta + h, events, trials, Phi).Second), third);
            var (log, slope, bend) = (new Vector256<double>[1], new Vector256<double>[1], new Vector256<double>[1]);
            density.DispersionAlongRows([Code(events, trials)], [Vector256<double>.One], Phi, [Vector256.Create(eta)], log, slope, bend);
            density.Constant(EventCode.Of(events, trials), Phi, out var rest);
            Close(Difference(h => Log(link, eta, events, trials, Phi * Math.Exp(h))), log[0][0] + rest);
            Close(Difference(h => Slopes(density, eta, events, trials, Phi * Math.Exp(h)).First), slope[0][0]);
            Close(Difference(h => Slopes(density, eta, events, trials, Phi * Math.Exp(h)).Second), bend[0][0]);
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Without_dispersion_it_is_the_binomial(string link, double events, double trials)
    {
        var mean = Mean(link, 0.3);
        var binomial = (events * Math.Log(mean)) + ((trials - events) * Math.Log(1 - mean));
        Assert.Equal(binomial, Log(link, 0.3, events, trials, 1e-15), 1e-9);
        Assert.Equal(binomial, Log(link, 0.3, events, trials, 1e-300), 1e-9);
    }

    [Fact]
    public void The_tails_stay_finite()
    {
        foreach (var link in new[] { "logit", "probit", "cloglog" })
        {
            foreach (var eta in new[] { -900.0, -40, 40, 900 })
            {
                foreach (var (events, trials) in new[] { (0, 20), (7, 20), (20, 20) })
                {
                    var (first, second, third) = Slopes(Density(link), eta, events, trials, 0.2);
                    Assert.True(double.IsFinite(Log(link, eta, events, trials, 0.2) + first + second + third), $"{link} {eta} {events}");
                }
            }
        }
    }

    [Theory]
    [InlineData(0.3, 57, 0.11)]
    [InlineData(1e-6, 200, 3)]
    [InlineData(0.9, 100000, 1e-4)]
    public void Rising_sums_are_plain_sums(double mean, int count, double step)
    {
        var (log, first, second, third) = (0.0, 0.0, 0.0, 0.0);
        for (var j = 0; j < count; j++)
        {
            var share = mean / (mean + (j * step));
            log += Math.Log(mean + (j * step));
            (first, second, third) = (first + share, second + (share * share), third + Math.Pow(share, 3));
        }

        var sums = new RisingSum(Vector256.Create(mean), Vector256.Create((double)count), Vector256.Create(step));
        Assert.Equal(log, sums.Log[0], 1e-11 * (1 + Math.Abs(log)));
        Assert.Equal(first, sums.First[0], 1e-11 * first);
        Assert.Equal(second, sums.Second[0], 1e-11 * second);
        Assert.Equal(third, sums.Third[0], 1e-11 * third);
    }

    private static ConditionalDensity Density(string link)
    {
        Assert.True(Link.TryParse(link, out var function));
        return ConditionalDensity.For(Family.Binomial, function, freeDispersion: true, OutcomeMixture.Beta);
    }

    private static double Mean(string link, double eta)
    {
        Assert.True(Link.TryParse(link, out var function));
        return function.Mean(eta);
    }

    private static Vector256<double> Code(double events, double trials) => Vector256.Create(EventCode.Of(events, trials));

    private static double Log(string link, double eta, double events, double trials, double dispersion)
    {
        var density = Density(link);
        var log = new Vector256<double>[1];
        density.AlongNodes(
            Code(events, trials), Vector256<double>.One, dispersion, [Vector256.Create(eta)], log, new Vector256<double>[1]);
        return log[0][0] + density.Constant(EventCode.Of(events, trials), dispersion, out _);
    }

    private static (double First, double Second, double Third) Slopes(
        ConditionalDensity density, double eta, double events, double trials, double dispersion)
    {
        var (first, second, third) = (new Vector256<double>[1], new Vector256<double>[1], new Vector256<double>[1]);
        density.AlongRows(
            [Code(events, trials)], [Vector256<double>.One], dispersion, [Vector256.Create(eta)], first, second, third);
        return (first[0][0], second[0][0], third[0][0]);
    }

    private static double Textbook(double mean, double events, double trials, double dispersion)
    {
        var (a, b) = (mean / dispersion, (1 - mean) / dispersion);
        return SpecialFunctions.GammaLn(events + a) + SpecialFunctions.GammaLn(trials - events + b)
            - SpecialFunctions.GammaLn(trials + a + b)
            - SpecialFunctions.GammaLn(a) - SpecialFunctions.GammaLn(b) + SpecialFunctions.GammaLn(a + b);
    }

    private static double Difference(Func<double, double> function, double h = 1e-3) =>
        ((8 * (function(h) - function(-h))) - (function(2 * h) - function(-2 * h))) / (12 * h);

    private static void Close(double expected, double actual) => Assert.Equal(expected, actual, 1e-7 * (1 + Math.Abs(expected)));
}
