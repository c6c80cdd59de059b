using MarginalConditional.Compare.Simulation.Calibration;
using MarginalConditional.Compare.Simulation.Effects;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.Simulation.Calibration;

/// <summary>
/// Means and correlations of clusters whose effects have a moment-generating function, M(t) = E exp(tb), that one can write down: that of
/// gamma effects, exp(−tσ√a)(1 − tσ/√a)⁻ᵃ, is finite for tσ below √a only.
/// </summary>
public sealed class OutcomePopulationTests
{
    /// <summary>Counts of mean exp(η + b): between clusters e²ᶯ{M(2) − M(1)²}, within them eᶯM(1).</summary>
    [Theory]
    [InlineData(0.5, 0.3)]
    [InlineData(0.8, -1)]
    [InlineData(0.2, 2)]
    public void Counts_have_the_mean_and_the_correlation_of_their_moments(double sigma, double predictor)
    {
        var population = new OutcomePopulation(Family.Poisson, Link.Log, 1, EffectLaw.Gamma(sigma, 4));
        var (first, second) = (Moment(1, sigma, 4), Moment(2, sigma, 4));
        var (mean, between) = (Math.Exp(predictor) * first, Math.Exp(2 * predictor) * (second - (first * first)));
        Assert.Equal(mean, population.ControlMean(predictor), 1e-9 * mean);
        Assert.Equal(between / (between + mean), population.Icc(predictor), 1e-7);
        Assert.Equal(predictor, population.ControlPredictor(mean), 1e-9);
        Assert.Equal(predictor, population.TreatedPredictor(mean), 1e-9);
    }

    /// <summary>For σ/√a from ½ to 1 the mean exists, and the variance does not; of Student's t neither does.</summary>
    [Fact]
    public void Where_means_of_clusters_have_no_variance_there_is_no_correlation()
    {
        Assert.Equal(double.NaN, new OutcomePopulation(Family.Poisson, Link.Log, 1, EffectLaw.Gamma(1.4, 4)).Icc(0));
        Assert.Equal(double.NaN, new OutcomePopulation(Family.Poisson, Link.Log, 1, EffectLaw.Student(0.5, 5)).Icc(0));
        Assert.Equal(double.NaN, new OutcomePopulation(Family.Poisson, Link.Log, 1, EffectLaw.Normal(0.5)).Icc(800));
        Assert.InRange(new OutcomePopulation(Family.Binomial, Link.Logit, 1, EffectLaw.Student(0.5, 5)).Icc(0), 0.01, 0.1);
    }

    /// <summary>Two points lie at the ends, and have moments all the same: σ² and 1 of a normal outcome.</summary>
    [Fact]
    public void Two_points_have_a_correlation()
    {
        var population = new OutcomePopulation(Family.Gaussian, Link.Identity, 3, EffectLaw.TwoPoint(2, 0.3));
        Assert.Equal(4.0 / 13, population.Icc(5), 1e-12);
        Assert.Equal(0, new OutcomePopulation(Family.Gaussian, Link.Identity, 3, EffectLaw.Normal(0)).Icc(5));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1.5)]
    public void Means_that_no_outcome_has_have_no_predictor(double mean) => Assert.Equal(
        double.NaN, new OutcomePopulation(Family.Binomial, Link.Logit, 1, EffectLaw.Normal(1)).ControlPredictor(mean));

    private static double Moment(double t, double sigma, double shape) =>
        Math.Exp(-t * sigma * Math.Sqrt(shape)) * Math.Pow(1 - (t * sigma / Math.Sqrt(shape)), -shape);
}
