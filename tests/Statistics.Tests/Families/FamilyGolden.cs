using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Statistics.Tests.Families;

/// <summary>
/// Log-densities against R 4.2.2 (<c>dbinom</c>, <c>dnorm</c>, <c>dpois</c>, <c>dgamma</c>, <c>dnbinom</c>), printed with 17 digits.
/// </summary>
/// <remarks>The tolerance allows for the relative error 1e-14 of the log-gamma function.</remarks>
public sealed class FamilyGolden
{
    [Fact]
    public void Log_densities_agree_with_R()
    {
        Assert.Equal(-1.7638174820367838, Family.Binomial.LogDensity(7 / 20.0, 0.31, 20, 1), 1e-12);
        Assert.Equal(-0.77329316726759512, Family.Gaussian.LogDensity(1.2, 0.7, 2, 0.8), 1e-14);
        Assert.Equal(-2.8383746199089734, Family.Poisson.LogDensity(11, 7.5, 1, 1), 1e-12);
        Assert.Equal(-1.3158244925505447, Family.Gamma.LogDensity(2.4, 1.9, 2, 0.6), 1e-12);
        Assert.Equal(-2.6393520407530922, Family.NegativeBinomial(1.5).LogDensity(5, 3.2, 1, 1), 1e-12);
    }
}
