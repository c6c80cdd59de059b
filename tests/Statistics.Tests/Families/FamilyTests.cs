using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Statistics.Tests.Families;

public sealed class FamilyTests
{
    private static readonly Family[] All =
        [Family.Binomial, Family.Gaussian, Family.Poisson, Family.Gamma, Family.InverseGaussian, Family.NegativeBinomial(1.5)];

    [Fact]
    public void Variances_are_the_textbook_functions()
    {
        double[] expected = [0.1875, 1, 0.25, 0.0625, 0.015625, 0.25 + (0.0625 / 1.5)];
        for (var i = 0; i < All.Length; i++)
        {
            Assert.Equal(expected[i], All[i].Variance(0.25), 1e-16);
            var means = new double[7];
            Array.Fill(means, 0.25);
            All[i].Variance(means, means);
            Assert.All(means, value => Assert.Equal(expected[i], value, 1e-16));
        }
    }

    [Fact]
    public void Slope_of_the_variance_is_that_of_differences()
    {
        const double H = 1e-6;
        foreach (var family in All)
        {
            foreach (var mean in new[] { 0.02, 0.3, 0.9 })
            {
                var difference = (family.Variance(mean + H) - family.Variance(mean - H)) / (2 * H);
                Assert.Equal(difference, family.VarianceSlope(mean), 1e-8);
            }
        }
    }

    [Fact]
    public void Unit_deviance_is_zero_at_the_response_and_positive_elsewhere()
    {
        foreach (var family in All)
        {
            Assert.Equal(0, family.UnitDeviance(0.4, 0.4), 1e-15);
            Assert.True(family.UnitDeviance(0.4, 0.5) > 0.001, family.Name);
            Assert.True(family.UnitDeviance(0.4, 0.3) > 0.001, family.Name);
        }
    }

    [Fact]
    public void Deviance_is_twice_the_drop_in_quasi_likelihood()
    {
        foreach (var family in All)
        {
            var drop = family.QuasiLikelihood(0.4, 0.4) - family.QuasiLikelihood(0.4, 0.7);
            Assert.Equal(2 * drop, family.UnitDeviance(0.4, 0.7), 1e-14);
        }
    }

    [Fact]
    public void Slope_of_the_quasi_likelihood_is_the_residual_over_the_variance()
    {
        const double H = 1e-5;
        foreach (var family in All)
        {
            var slope = (family.QuasiLikelihood(0.3, 0.6 + H) - family.QuasiLikelihood(0.3, 0.6 - H)) / (2 * H);
            Assert.Equal((0.3 - 0.6) / family.Variance(0.6), slope, 1e-8);
        }
    }

    [Fact]
    public void Log_density_of_an_exponential_dispersion_family_differs_by_half_the_scaled_deviance()
    {
        foreach (var family in All)
        {
            var (y, weight, dispersion) = family.Name is "poisson" or "negative-binomial"
                ? (3.0, 1.0, 1.0)
                : (0.5, 4.0, family.HasUnitDispersion ? 1 : 0.7);
            var drop = family.LogDensity(y, y, weight, dispersion) - family.LogDensity(y, 0.9 * y, weight, dispersion);
            Assert.Equal(weight * family.UnitDeviance(y, 0.9 * y) / (2 * dispersion), drop, 1e-12);
        }
    }

    /// <summary>As θ grows the negative binomial becomes the Poisson distribution, to 1/θ and without losing digits.</summary>
    [Theory]
    [InlineData(0, 0.3)]
    [InlineData(7, 4.5)]
    [InlineData(1200, 1170)]
    public void Large_theta_is_Poisson(double response, double mean)
    {
        foreach (var theta in (double[])[1e10, 1e14, 1e200])
        {
            var family = Family.NegativeBinomial(theta);
            var near = (1e7 / theta) + 1e-11;
            Assert.Equal(Family.Poisson.LogDensity(response, mean, 1, 1), family.LogDensity(response, mean, 1, 1), near);
            Assert.Equal(Family.Poisson.UnitDeviance(response, mean), family.UnitDeviance(response, mean), near);
        }
    }

    [Fact]
    public void Boundary_responses_have_finite_deviances_and_densities()
    {
        Assert.Equal(-2 * Math.Log(0.7), Family.Binomial.UnitDeviance(0, 0.3), 1e-15);
        Assert.Equal(-2 * Math.Log(0.3), Family.Binomial.UnitDeviance(1, 0.3), 1e-15);
        Assert.Equal(Math.Log(0.3), Family.Binomial.LogDensity(1, 0.3, 1, 1), 1e-15);
        Assert.Equal(4, Family.Poisson.UnitDeviance(0, 2), 1e-15);
        Assert.Equal(-2, Family.Poisson.LogDensity(0, 2, 1, 1), 1e-15);
        Assert.Equal(Math.Log(1.0 / 9), Family.NegativeBinomial(2).LogDensity(0, 4, 1, 1), 1e-14);
    }

    [Fact]
    public void Responses_and_means_outside_the_domain_are_recognised()
    {
        Assert.False(Family.Binomial.IsResponseValid(1.5));
        Assert.False(Family.Binomial.IsMeanValid(1));
        Assert.False(Family.Poisson.IsResponseValid(-1));
        Assert.True(Family.Poisson.IsResponseValid(0));
        Assert.False(Family.Gamma.IsResponseValid(0));
        Assert.False(Family.InverseGaussian.IsMeanValid(-1));
        Assert.False(Family.Gaussian.IsResponseValid(double.NaN));
        Assert.False(Family.NegativeBinomial(1).IsMeanValid(0));
    }

    [Fact]
    public void Starting_means_are_inside_the_domain_for_every_valid_response()
    {
        foreach (var family in All)
        {
            foreach (var response in new[] { 0, 0.5, 1, 40 })
            {
                Assert.True(
                    !family.IsResponseValid(response) || family.IsMeanValid(family.StartingMean(response, 1)),
                    $"{family} {response}");
            }
        }
    }

    [Fact]
    public void A_link_that_does_not_suit_is_refused_with_the_ones_that_do()
    {
        Assert.True(Family.Binomial.Allows(Link.Probit, out var reason));
        Assert.Equal("", reason);
        Assert.False(Family.Binomial.Allows(Link.Sqrt, out reason));
        Assert.Equal(
            "The sqrt link does not suit the binomial family: its means must be between 0 and 1. "
            + "Choose one of: logit, probit, cloglog, log, identity.",
            reason);
        Assert.All(All, family => Assert.True(family.Allows(family.DefaultLink, out _)));
    }

    [Fact]
    public void Names_are_parsed_with_the_parameter_of_the_negative_binomial()
    {
        Assert.True(Family.TryParse("inverse-gaussian", out var family));
        Assert.Same(Family.InverseGaussian, family);
        Assert.True(Family.TryParse("negative-binomial(2.5)", out family));
        Assert.Equal(2.5, Assert.IsType<Family.NegativeBinomialFamily>(family).Theta);
        Assert.Equal("negative-binomial(2.5)", family.ToString());
        Assert.False(Family.TryParse("negative-binomial", out _, out var problem));
        Assert.Contains("negative-binomial(1.5)", problem, StringComparison.Ordinal);
        Assert.False(Family.TryParse("negative-binomial(-1)", out _));
        Assert.False(Family.TryParse("tweedie", out _, out problem));
        Assert.StartsWith("There is no family \"tweedie\".", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    public void Theta_must_be_positive_and_finite(double theta) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Family.NegativeBinomial(theta));
}
