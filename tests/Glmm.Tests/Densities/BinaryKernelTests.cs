using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Glmm.Tests.Densities;

/// <summary>The vectorized binary kernels equal their scalar twins from the far lower to the far upper tail.</summary>
public sealed class BinaryKernelTests
{
    public static TheoryData<double> Responses => [0, 1, 0.25];

    [Theory]
    [MemberData(nameof(Responses))]
    public void Probit_equals_its_scalar_twin(double response)
    {
        for (var eta = -45.0; eta <= 45; eta += 0.0625)
        {
            var log = ScalarBinary.Probit(eta, response, out var first, out var second, out var third);
            ProbitKernel.Third(
                Vector256.Create(eta),
                Vector256.Create(response),
                default,
                out var logs,
                out var firsts,
                out var seconds,
                out var thirds);
            Close(log, logs[0], 2e-15, eta);
            Close(first, firsts[0], 1e-13, eta);
            Close(second, seconds[0], 1e-13, eta);
            Close(third, thirds[0], 2e-12, eta);
        }
    }

    [Theory]
    [MemberData(nameof(Responses))]
    public void Cloglog_equals_its_scalar_twin(double response)
    {
        for (var eta = -40.0; eta <= 6; eta += 0.03125)
        {
            var log = ScalarBinary.Cloglog(eta, response, out var first, out var second, out var third);
            CloglogKernel.Third(
                Vector256.Create(eta),
                Vector256.Create(response),
                default,
                out var logs,
                out var firsts,
                out var seconds,
                out var thirds);
            Close(log, logs[0], 2e-15, eta);
            Close(first, firsts[0], 1e-14, eta);
            Close(second, seconds[0], 1e-13, eta);
            Close(third, thirds[0], 1e-13, eta);
        }
    }

    [Fact]
    public void The_logarithm_of_one_plus_a_share_is_good_to_one_rounding()
    {
        for (var t = 0.0; t <= 1; t += 1.0 / 4096)
        {
            var log = UnitLogarithm.LogOnePlus(Vector256.Create(t), out var reciprocal);
            Assert.Equal(Elementary.LogOnePlus(t), log[0], 2.3e-16);
            Assert.Equal(1 / (1 + t), reciprocal[0], 2.3e-16);
        }
    }

    [Fact]
    public void The_excess_of_the_inverse_Mills_ratio_falls_like_one_over_t()
    {
        // d(t) = 1/t − 2/t³ + 10/t⁵ − …
        foreach (var t in new[] { 1e3, 1e5, 1e8, 1e150 })
        {
            Assert.Equal(1 - (2 / t / t), MillsRatio.Excess(Vector256.Create(t))[0] * t, 1e-11);
        }

        Assert.Equal(Math.Sqrt(2 / Math.PI), MillsRatio.Excess(Vector256<double>.Zero)[0], 1e-15);
    }

    private static void Close(double expected, double actual, double tolerance, double eta) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * (1 + Math.Abs(expected)), $"at {eta}: {actual:R} is not {expected:R}");
}
