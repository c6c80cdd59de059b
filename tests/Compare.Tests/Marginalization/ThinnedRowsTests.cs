using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Data.Coding;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.Marginalization;

/// <summary>
/// <see cref="ThinnedRows"/>: marginal coefficients of counts with excess zeros move as differences say, under every link.
/// </summary>
public sealed class ThinnedRowsTests
{
    private static readonly double[] Time = [0, 1, 2, 3, 0, 1, 2, 3, 0, 2];
    private static readonly double[] Arm = [0, 0, 0, 0, 1, 1, 1, 1, 1, 0];
    private static readonly double[] Ones = [.. Enumerable.Repeat(1.0, 10)];

    [Theory]
    [InlineData("log")]
    [InlineData("sqrt")]
    [InlineData("identity")]
    public void Jacobian_matches_finite_differences(string name)
    {
        Assert.True(Link.TryParse(name, out var link));
        double[] psi = [3, 0.3, -0.2, 0.6, -1, 0.4];
        var marginal = Marginalizer.Marginalize(Model(link, psi));
        for (var k = 0; k < psi.Length; k++)
        {
            const double Step = 1e-5;
            var (forward, backward) = (Moved(k, Step), Moved(k, -Step));
            for (var j = 0; j < 3; j++)
            {
                Assert.Equal((forward[j] - backward[j]) / (2 * Step), marginal.Jacobian[(j * psi.Length) + k], 1e-8);
            }
        }

        double[] Moved(int k, double step)
        {
            var moved = psi.ToArray();
            moved[k] += step;
            return Marginalizer.Marginalize(Model(link, moved)).Estimates.ToArray();
        }
    }

    /// <summary>With the log link a random intercept adds σ²/2 to the intercept, and excess zeros the line through log(1 − π).</summary>
    [Fact]
    public void A_log_link_splits_into_the_spread_and_the_zeros()
    {
        double[] psi = [0.5, 0.3, -0.2, 0.6, -1, 0.4];
        var marginal = Marginalizer.Marginalize(Model(Link.Log, psi));
        Assert.Equal(0.5 + 0.18 + marginal.ExcessZeroShift[0], marginal.Estimates[0], 1e-12);
        Assert.Equal(0.3 + marginal.ExcessZeroShift[1], marginal.Estimates[1], 1e-12);
        Assert.Equal(-0.2 + marginal.ExcessZeroShift[2], marginal.Estimates[2], 1e-12);

        // log(1 − π) depends on the arm alone, so that the line through it is exact.
        Assert.Equal(-Math.Log(1 + Math.Exp(-1)), marginal.ExcessZeroShift[0], 1e-12);
        Assert.Equal(Math.Log((1 + Math.Exp(-1)) / (1 + Math.Exp(-0.6))), marginal.ExcessZeroShift[2], 1e-12);
        Assert.Equal(0, marginal.ExcessZeroShift[1], 1e-12);
    }

    [Fact]
    public void Points_are_the_means_of_both_parts()
    {
        double[] psi = [0.5, 0.3, -0.2, 0.6, -1, 0.4];
        var points = Model(Link.Log, psi).Points();
        for (var i = 0; i < points.Length; i++)
        {
            var count = Math.Exp(0.5 + (0.3 * Time[i]) - (0.2 * Arm[i]) + 0.18);
            Assert.Equal(count / (1 + Math.Exp(-1 + (0.4 * Arm[i]))), points[i].Mean, 1e-12 * count);
        }
    }

    // ψ: three coefficients, σ, two log odds.
    private static ConditionalModel Model(Link link, double[] psi) => new(
        new DesignMatrix(10, ["(Intercept)", "time", "arm"], [.. Ones, .. Time, .. Arm], ["(Intercept)", "time", "arm"]),
        link,
        psi[..3],
        [new RandomEffectBlock(Ones, [psi[3]], 1, correlated: true)])
    {
        Zeros = new ThinnedRows(
            link, new DesignMatrix(10, ["(Intercept)", "arm"], [.. Ones, .. Arm], ["(Intercept)", "arm"]), psi.AsSpan(4)),
    };
}
