using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Residual;

namespace MarginalConditional.Lmm.Tests.Residual;

/// <summary>
/// R 4.2.2, nlme 3.1.162: gls (and lme for the random intercept) of Weight ~ Time + Cu on the pigs of dietox, 861 rows with weeks missing.
/// </summary>
public sealed class ResidualStructureGolden
{
    [Theory]
    [InlineData("cs", -2400.798348, -2401.856811)]
    [InlineData("ar1", -2064.888929, -2066.638339)]
    [InlineData("car1", -2064.888929, -2066.638339)]
    [InlineData("diag", -2865.306028, -2863.276077)]
    [InlineData("csh", -2300.857362, -2300.497201)]
    public void Log_likelihoods_are_those_of_nlme(string name, double restricted, double full)
    {
        Assert.True(ResidualStructure.TryParse(name, out var structure));
        var frame = LmmGolden.Frame("dietox", "Weight ~ Time + Cu", "Pig", "Time");
        Assert.Equal(restricted, LmmFitter.Fit(frame, new LmmOptions { Residual = structure }).LogLikelihood, 4);
        Assert.Equal(full, LmmFitter.Fit(frame, new LmmOptions { Residual = structure, Restricted = false }).LogLikelihood, 4);
    }

    /// <summary>nlme ends with −2027.899 here, at a point where its own likelihood still rises.</summary>
    [Fact]
    public void A_heterogeneous_autoregression_is_at_least_as_likely_as_that_of_nlme()
    {
        var frame = LmmGolden.Frame("dietox", "Weight ~ Time + Cu", "Pig", "Time");
        var fit = LmmFitter.Fit(frame, new LmmOptions { Residual = ResidualStructure.HeterogeneousFirstOrderAutoregression });
        Assert.True(fit.Convergence.Converged);
        Assert.True(fit.LogLikelihood > -2027.899002);
        Relative.Equal(DenseLikelihood.LogLikelihood(fit), fit.LogLikelihood, 1e-9);
    }

    [Fact]
    public void A_random_intercept_with_autoregression_is_that_of_lme()
    {
        var frame = LmmGolden.Frame("dietox", "Weight ~ Time + Cu + (1 | Pig)", "Pig", "Time");
        var fit = LmmFitter.Fit(frame, new LmmOptions { Residual = ResidualStructure.FirstOrderAutoregression });
        Assert.Equal(-2064.888930, fit.LogLikelihood, 4);
    }

    [Fact]
    public void Groups_have_covariances_of_their_own()
    {
        var frame = LmmGolden.Frame("orthodont", "distance ~ age * Sex", "Subject", "visit", ["Sex"]);
        var fit = LmmFitter.Fit(frame, new LmmOptions { Residual = ResidualStructure.CompoundSymmetry, ResidualBy = "Sex" });
        Assert.Equal(2, fit.ResidualCovariances.Count);
        Assert.Equal(["Female", "Male"], fit.ResidualCovariances.Select(residual => residual.Group));
        var single = LmmFitter.Fit(frame, new LmmOptions { Residual = ResidualStructure.CompoundSymmetry });
        Assert.True(fit.LogLikelihood > single.LogLikelihood);
        Assert.Equal(single.ParameterCount + 2, fit.ParameterCount);
    }
}
