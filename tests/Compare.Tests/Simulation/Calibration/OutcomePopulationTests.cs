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

    /// <summary>Risks and differences have no such bounds by their link.</summary>
    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.5)]
    public void A_straight_link_does_not_make_a_risk_of_any_number(double mean) => Assert.Equal(
        double.NaN, new OutcomePopulation(Family.Binomial, Link.Identity, 1, EffectLaw.Normal(0.1)).ControlPredictor(mean));

    /// <summary>Normal outcomes may have a negative mean, but not under a log link.</summary>
    [Fact]
    public void A_mean_that_the_link_cannot_give_has_no_predictor() => Assert.Equal(
        double.NaN, new OutcomePopulation(Family.Gaussian, Link.Log, 1, EffectLaw.Normal(0.5)).ControlPredictor(-2));

    /// <summary>
    /// Under a logit link and effects of many σ the predictor lies far beyond the mean's logit; the mean there is asked for by brute force.
    /// </summary>
    [Theory]
    [InlineData(0.02, 1)]
    [InlineData(0.02, 6)]
    [InlineData(0.97, 6)]
    [InlineData(0.4, 2.5)]
    public void However_much_clusters_differ_the_predictor_has_the_mean(double mean, double sigma)
    {
        var predictor = new OutcomePopulation(Family.Binomial, Link.Logit, 1, EffectLaw.Normal(sigma)).ControlPredictor(mean);
        Assert.Equal(mean, BruteForce.NormalMean(z => 1 / (1 + Math.Exp(-predictor - (sigma * z))), sigma), 1e-9);
    }

    /// <summary>Moments in another unit of the outcome: the shares of the variance are the same, or none exists, in each.</summary>
    [Theory]
    [InlineData(-30)]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(150)]
    public void Whether_there_is_a_variance_does_not_depend_on_how_large_counts_are(double predictor)
    {
        Assert.Equal(double.NaN, new OutcomePopulation(Family.Poisson, Link.Log, 1, EffectLaw.Gamma(1.4, 4)).Icc(predictor));
        var (first, second) = (Moment(1, 0.5, 4), Moment(2, 0.5, 4));
        var ratio = Math.Exp(predictor) * (second - (first * first)) / first;
        var icc = new OutcomePopulation(Family.Poisson, Link.Log, 1, EffectLaw.Gamma(0.5, 4)).Icc(predictor);
        Assert.Equal(1, icc / (ratio / (1 + ratio)), 1e-6);
    }

    /// <summary>4 / (4 + 9), wherever outcomes lie.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1e6)]
    [InlineData(-1e6)]
    public void The_correlation_of_normal_outcomes_does_not_depend_on_their_mean(double mean) => Assert.Equal(
        4.0 / 13, new OutcomePopulation(Family.Gaussian, Link.Identity, 3, EffectLaw.Normal(2)).Icc(mean), 1e-9);

    private static double Moment(double t, double sigma, double shape) =>
        Math.Exp(-t * sigma * Math.Sqrt(shape)) * Math.Pow(1 - (t * sigma / Math.Sqrt(shape)), -shape);
}
